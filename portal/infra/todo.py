"""What waits for people: each capability's kinds of it, asked for all at once, and the lines that pages make of them.

A capability's `todo.py` holds, for each kind, a row, the SELECT that finds such rows, and the sentences that say them.
`ask` runs the SELECTs of many kinds as one UNION ALL, whatever columns each of them has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from flask import url_for
from sqlalchemy import Boolean, ColumnElement, Date, Integer, Select, String, Uuid, cast, literal, null, union_all

from portal.access.roles import Viewer
from portal.infra.database import UtcMoment, db

Found = TypeVar("Found")
Key = TypeVar("Key")
Rows = Select[*tuple[Any, ...]]  # with whatever columns
Slot = tuple[type, int]  # the first text, the second text, the first day …

# PostgreSQL wants to know what a column holds that is empty in the first SELECT of a union.
EMPTY: Mapping[type, ColumnElement[Any]] = {  # columns of each type
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
class Line:
    """One line of a page: what to do, the day by which or since when, and the page where it is done."""

    due_on: date
    title: str
    detail: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)  # the gaps in the address of that page
    is_late: bool = False
    endpoint: str = ""  # put in by whoever knows what page it is

    @property
    def address(self) -> str:
        return url_for(self.endpoint, **self.where)


@dataclass(frozen=True)
class Says(Generic[Found]):
    """How a page says the rows of a kind: in which lines, and where what they say is done."""

    endpoint: str
    lines: Callable[[Sequence[Found], date], Iterable[Line]]


@dataclass(frozen=True, eq=False)
class ToDo(Generic[Found]):
    """One kind of thing that waits for people.

    `rows` gives the SELECT of what waits for somebody, or None where nothing of the kind ever waits for them. Its
    columns have the names and the order of the fields of `row`, a dataclass. One of them is `board_id`. `first_page`
    and `desk` say the rows there. `in_table`: the desk's table of reps is made of them, by their `person_id`.
    """

    name: str
    whom: Whom
    row: type[Found]
    rows: Callable[[Viewer, date], Rows | None]
    first_page: Says[Found] | None = None
    desk: Says[Found] | None = None
    in_table: bool = False


# Each kind is a name of its own without a type, so that mypy compares its row with its sentences.
AnyToDo = ToDo[Any]  # of whichever row
Page = Callable[[AnyToDo], Says[Any] | None]  # of whichever row


@dataclass(frozen=True)
class Waiting:
    """The rows of some kinds, as they are now."""

    rows: Mapping[AnyToDo, Sequence[Any]]  # of each kind its own

    def lines(self, page: Page, today: date) -> list[Line]:
        """What a page says of them, by day and then by title."""
        said = ((page(kind), rows) for kind, rows in self.rows.items())
        found = [
            replace(line, endpoint=says.endpoint)
            for says, rows in said
            if says and rows
            for line in says.lines(rows, today)
        ]
        return sorted(found, key=lambda line: (line.due_on, line.title))

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
    found: dict[AnyToDo, Rows] = {}
    for kind in kinds:
        rows = kind.rows(person, today)
        if rows is not None:
            found[kind] = rows if board_id is None else rows.where(rows.selected_columns["board_id"] == board_id)
    return Waiting(_read(found))


def _read(selects: Mapping[AnyToDo, Rows]) -> dict[AnyToDo, list[Any]]:  # likewise
    """The rows of each SELECT, by its kind."""
    found: dict[AnyToDo, list[Any]] = {kind: [] for kind in selects}  # likewise
    if not selects:
        return found
    kinds, columns = list(selects), [_slots(kind, rows) for kind, rows in selects.items()]
    slots = list(dict.fromkeys(slot for each in columns for slot in each))
    aligned = (_aligned(number, rows, columns[number], slots) for number, rows in enumerate(selects.values()))
    for number, *values in db.session.execute(union_all(*aligned).order_by("kind", *map(_name, slots))):
        by_slot = dict(zip(slots, values, strict=True))
        found[kinds[number]].append(kinds[number].row(*(by_slot[slot] for slot in columns[number])))
    return found


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
