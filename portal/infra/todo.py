"""What waits for people: each capability's kinds of it, asked for all at once, and the lines that pages make of them.

A capability's `todo.py` holds, for each kind, a row, the SELECT that finds such rows, and the sentences that say them.
`ask` runs the SELECTs of many kinds as one UNION ALL, whatever columns each of them has. The UNION is made once for all
who are alike, and kept: making it takes longer than running it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    Date,
    Integer,
    Select,
    String,
    Uuid,
    cast,
    literal,
    null,
    union_all,
)

from portal.access.roles import SOMEWHERE, Viewer
from portal.core import clock
from portal.core.by_when import in_order
from portal.core.text import together as together_words
from portal.infra.database import UtcMoment, db
from portal.infra.kept import Asking, PutIn, Whoever, finds_nothing
from portal.infra.scope import keep
from portal.infra.todo_line import Line, told_apart

Found = TypeVar("Found")
Key = TypeVar("Key")
Rows = Select[*tuple[Any, ...]]  # with whatever columns
Slot = tuple[type, int]  # the first text, the second text, the first day …
NOBODY = Viewer(SOMEWHERE)
MOST_KEPT = 200  # statements, of so many pages and people who are not alike

EMPTY: Mapping[type, ColumnElement[Any]] = {  # PostgreSQL asks what a column holds, even where it is empty
    datetime: cast(null(), UtcMoment()),
    date: cast(null(), Date()),
    str: cast(null(), String()),
    int: cast(null(), Integer()),
    bool: cast(null(), Boolean()),
    UUID: cast(null(), Uuid()),
}


class Whom(Enum):
    """For whom a kind of thing waits; what waits for nobody tells where a rep stands."""

    THEMSELVES = "themselves"
    STAFF = "staff of a board"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Says(Generic[Found]):
    """How a page says the rows of a kind: in which lines, and where what they say is done.

    Each board's rows are said by themselves and with its name, where somebody belongs to several; but for what
    `names_board` in its own words, and for `all_boards`, which one page does together.
    """

    endpoint: str
    lines: Callable[[Sequence[Found], date], Iterable[Line]]
    names_board: bool = False
    all_boards: bool = False

    def of_boards(self, rows: Sequence[Found], boards: Viewer, today: date) -> Iterable[Line]:
        """The lines of all rows, each with the name of its board where there are several."""
        if self.names_board:
            return told_apart(self.lines(rows, today))
        names = [(boards.name_apart(getattr(row, "board_id", None)), row) for row in rows]
        if self.all_boards:
            every = together_words(sorted({name for name, _ in names if name}))
            return [line.on(every) for line in told_apart(self.lines(rows, today))]
        by_name = together(names, lambda named: named[0])
        said = ((name, self.lines([row for _, row in of], today)) for name, of in by_name.items())
        return [line.on(name) for name, lines in said for line in told_apart(lines)]


@dataclass(frozen=True, eq=False)
class ToDo(Generic[Found]):
    """One kind of thing that waits for people.

    `rows` gives the SELECT of what waits for whoever asks. It is kept, so it holds nobody's ids and no day: they are
    put in when it runs. Its columns have the names and the order of the fields of `row`, a dataclass. One of them is
    `board_id`. `first_page` and `desk` say the rows there. What only the first page says the desk says alike, but for
    what `is_summary`: another kind says it there, one by one. `in_table`: the desk's table of reps is made of them, by
    their `person_id`.
    """

    name: str
    whom: Whom
    row: type[Found]
    rows: Callable[[Whoever], Rows]
    first_page: Says[Found] | None = None
    desk: Says[Found] | None = None
    is_summary: bool = False
    in_table: bool = False

    @property
    def on_desk(self) -> Says[Found] | None:
        """How the desk says it."""
        return self.desk or (None if self.is_summary else self.first_page)


AnyToDo = ToDo[Any]  # of whichever row; each kind is a name without a type: mypy compares its row with its sentences
Page = Callable[[AnyToDo], Says[Any] | None]  # of whichever row


@dataclass(frozen=True)
class Waiting:
    """The rows of some kinds, as they are now."""

    rows: Mapping[AnyToDo, Sequence[Any]]  # of each kind its own
    whose: Viewer = NOBODY  # whose boards are told apart

    def lines(self, page: Page, today: date) -> list[Line]:
        """What a page says of them, in order."""
        said = ((page(kind), rows) for kind, rows in self.rows.items())
        found = [
            line.shown(says.endpoint, today)
            for says, rows in said
            if says and rows
            for line in says.of_boards(rows, self.whose, today)
        ]
        return in_order(found)

    def of(self, kind: ToDo[Found]) -> Sequence[Found]:
        return self.rows.get(kind, ())

    def about(self, kind: ToDo[Found], person_id: UUID) -> Sequence[Found]:
        """The rows of a kind of the desk's table that are about one rep."""
        return self._by_person.get((kind, person_id), ())

    @cached_property
    def _by_person(self) -> Mapping[tuple[AnyToDo, UUID], Sequence[Any]]:  # likewise
        found = defaultdict(list)
        for kind, rows in self.rows.items():
            for row in rows if kind.in_table else ():
                found[kind, row.person_id].append(row)
        return found


def together(rows: Iterable[Found], key: Callable[[Found], Key]) -> dict[Key, list[Found]]:
    """Rows that become one line, by what they have in common."""
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def ask(kinds: Iterable[AnyToDo], person: Viewer, today: date, board_id: UUID | None = None) -> Waiting:
    """What of some kinds waits for somebody, in one query; of one board or of all of theirs."""
    question = _question(tuple(kinds), person.without_ids(), board_id is not None)
    whose = NOBODY if board_id else person  # a page of one board names it above
    return Waiting(question.answer(Asking(person, today, clock.now(), board_id)) if question else {}, whose)


@dataclass(frozen=True)
class Question:
    """The SELECTs of some kinds as one, for whoever is alike."""

    statement: CompoundSelect[*tuple[Any, ...]]  # of whatever columns
    kinds: Mapping[AnyToDo, Sequence[int]]  # by their numbers; where in a row of the union the columns of each stand
    values: Mapping[str, PutIn]

    def answer(self, asking: Asking) -> dict[AnyToDo, list[Any]]:  # of each kind its own
        found: dict[AnyToDo, list[Any]] = {kind: [] for kind in self.kinds}  # likewise
        by_number = [(kind.row, places, found[kind]) for kind, places in self.kinds.items()]
        values = {name: value(asking) for name, value in self.values.items()}
        for union in db.session.execute(self.statement, values):
            row, places, rows = by_number[union[0]]
            rows.append(row(*(union[place] for place in places)))
        return found


@lru_cache(maxsize=MOST_KEPT)
def _question(kinds: Sequence[AnyToDo], like: Viewer, of_one_board: bool) -> Question | None:
    """What is asked about some kinds, or None where none of them ever waits for anybody like this."""
    selects: dict[AnyToDo, Rows] = {}
    values: dict[str, PutIn] = {}
    for kind in kinds:
        who = Whoever(like)
        rows = kind.rows(who)
        if not finds_nothing(rows.whereclause):
            selects[kind] = rows.where(rows.selected_columns["board_id"] == who.board_id) if of_one_board else rows
            values |= who.values
    return _united(selects, values) if selects else None


def _united(selects: Mapping[AnyToDo, Rows], values: Mapping[str, PutIn]) -> Question:
    columns = [_slots(kind, rows) for kind, rows in selects.items()]
    slots = list(dict.fromkeys(slot for each in columns for slot in each))
    aligned = (_aligned(number, rows, columns[number], slots) for number, rows in enumerate(selects.values()))
    statement = union_all(*aligned).order_by("kind", *map(_name, slots))
    places = ([1 + slots.index(slot) for slot in each] for each in columns)  # after the number of the kind
    return Question(keep(statement), dict(zip(selects, places, strict=True)), values)


Columns = Mapping[Slot, ColumnElement[Any]]  # a column of any type in each place


def _slots(kind: AnyToDo, rows: Rows) -> dict[Slot, ColumnElement[Any]]:  # a column of any type
    """The columns of a SELECT, each with the place that it takes in the union of all."""
    named = [one.name for one in fields(kind.row)]
    assert list(rows.selected_columns.keys()) == named, f"{kind.name}: {named}"  # noqa: S101 - a mistake of ours
    taken: Counter[type] = Counter()
    found: dict[Slot, ColumnElement[Any]] = {}  # likewise
    for column in rows.selected_columns:
        held = column.type.python_type
        found[held, taken[held]] = column
        taken[held] += 1
    return found


def _aligned(number: int, rows: Rows, columns: Columns, slots: Iterable[Slot]) -> Rows:
    """The same SELECT with the number of its kind and every slot, those that it does not fill being NULL."""
    filled = (columns.get(slot, EMPTY[slot[0]]).label(_name(slot)) for slot in slots)
    return rows.with_only_columns(literal(number).label("kind"), *filled)


def _name(slot: Slot) -> str:
    held, number = slot
    return f"{held.__name__.lower()}_{number}"
