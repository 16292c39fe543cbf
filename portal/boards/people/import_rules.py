"""Reading a list of people: each row checked, every problem said in plain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from uuid import UUID

from portal.access.roles import MENTOR, REP, ROLE_NAMES, STAFF_ROLES
from portal.boards.people.headings import COLUMNS
from portal.boards.people.seating import GroupToFill, NoneFree, NoSeat, Seating, Terms
from portal.boards.seats.rules import CAPACITIES, TO_ONESELF, last_day_of_longest_term, overlaps
from portal.core.addresses import NotAnAddress, email_address
from portal.core.days import NotADay, day_of_line
from portal.core.names import name_key, problem_with_name
from portal.core.text import clean_line
from portal.core.values import Typed

MOST_ROWS = 300


ROLES_BY_WORD = {
    word: role for role in (REP, *STAFF_ROLES) for word in (role, ROLE_NAMES[role], ROLE_NAMES[role].split()[-1])
}


CAPACITIES_BY_WORD = {"": "unpaid_carer"} | {
    name_key(word): value for value, label in CAPACITIES for word in (value, label)
}


DAMAGED = "\ufffd"  # what programs put in the place of a letter that they could not read


@dataclass(frozen=True)
class BoardAsItIs:
    """What a list is judged against: groups by the key of their names, staff roles held by (email, role), and the
    names that the board's people have, by email address."""

    groups: Mapping[str, GroupToFill] = field(default_factory=dict)
    held: Mapping[tuple[str, str], Terms] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    own: str = ""  # the address of whoever imports it


@dataclass(frozen=True)
class Row:
    """One person to import, as understood, with the seat a rep gets, what is wrong with the row, and what else to say.

    Days are ISO days, or as typed where they are no days; a rep's are always both there if they can be.
    """

    where: str
    name: str
    email: str
    role: str
    group: str = ""
    capacity: str = ""
    from_on: str = ""
    until_on: str = ""
    seat_id: UUID | None = None
    is_new_seat: bool = False
    lacks_seat: bool = False
    term: tuple[date, date | None] | None = None  # as it will be saved; None for staff means from today
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_typed(self) -> Typed:
        return {name: value for name, value in asdict(self).items() if name not in OF_JUDGING}


OF_JUDGING = ("seat_id", "is_new_seat", "lacks_seat", "term", "problems", "notes")


def read_rows(rows: Sequence[Typed], board: BoardAsItIs, today: date, may_add_seats: bool = False) -> list[Row]:
    """Check rows of plain cells, in order, and give each rep a seat that is there and free for their whole term."""
    reading = _Reading(board, today, may_add_seats)
    return [reading.read(cells) for cells in rows]


class _Reading:
    """A list as it is read: each row is judged by the board and by the rows before it."""

    def __init__(self, board: BoardAsItIs, today: date, may_add_seats: bool) -> None:
        self._board = board
        self._today = today
        self._seating = Seating(board.groups, may_add_seats)
        self._given: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
        self._named: dict[str, str] = {}

    def read(self, cells: Typed) -> Row:
        typed = {column: _cell(cells.get(column)) for column in (*COLUMNS, "where", "unread")}
        problems = [*_problems_of_cells(cells, typed["unread"]), *_problems_of_name(typed["name"])]
        email = _email(typed["email"], problems)
        role = _role(typed["role"], problems)
        row = Row(typed["where"][:80], typed["name"], email, role, typed["group"], typed["capacity"])
        row = replace(row, from_on=typed["from"], until_on=typed["until"])
        row = self._rep(row, problems) if role == REP else self._staff(row, problems)
        problems += self._problem_of_two_names(row)
        return replace(row, problems=tuple(problems), notes=(*row.notes, *self._note_of_name(row)))

    def _rep(self, row: Row, problems: list[str]) -> Row:
        term = _term_of_rep(row, self._today, problems)
        if not (capacity := CAPACITIES_BY_WORD.get(name_key(row.capacity), "")):
            problems.append("Capacity must be unpaid carer, former carer or staff of a carers' organisation")
        if row.email and row.email == self._board.own:
            problems.append(TO_ONESELF)
        notes = _days_not_given(row)
        row = replace(row, capacity=capacity or row.capacity, group=self._seating.name_of_group(row.group), notes=notes)
        if problem := self._seating.problem_with_group(row.group):
            problems.append(problem)
        elif term:
            row = self._seated(row, term, problems)
        return _with_days(row, term)

    def _seated(self, row: Row, term: tuple[date, date], problems: list[str]) -> Row:
        try:
            place = self._seating.take(row.group, row.email, *term)
        except NoSeat as none:
            problems.append(str(none))
            return replace(row, lacks_seat=isinstance(none, NoneFree))
        notes = (*row.notes, f"A new seat is added to {row.group}") if place.is_new else row.notes
        return replace(row, seat_id=place.seat.seat_id, is_new_seat=place.is_new, notes=notes)

    def _staff(self, row: Row, problems: list[str]) -> Row:
        term = _term_of_staff(row, self._today, problems)
        notes = ["Works for the whole board, so the group is not used"] if row.group else []
        notes += ["Capacity is for carer reps only, so it is not used"] if row.capacity else []
        key = (row.email, row.role)
        if term and row.role:
            if overlaps(*term, self._given[key]):
                problems.append("This person is in the list twice with the same role")
            if overlaps(*term, self._board.held.get(key, ())):
                problems.append("This person has this role already")
            self._given[key].append(term)
        row = replace(row, group="", capacity="", notes=tuple(notes))
        return _with_days(row, term) if row.from_on or row.until_on else row

    def _problem_of_two_names(self, row: Row) -> list[str]:
        """One address of two people: the second would get the first one's account."""
        first = self._named.setdefault(row.email, row.name)
        if not row.email or name_key(first) == name_key(row.name):
            return []
        return [f"{first[:60]} has this email address too, further up. Each person needs an address of their own"]

    def _note_of_name(self, row: Row) -> list[str]:
        name = self._board.names.get(row.email, row.name)
        return [f"Has an account here as {name}, and keeps that name"] if name != row.name else []


def _cell(value: object) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return clean_line(str(value) if value is not None else "")


def is_cell(value: object) -> bool:
    """Whether a cell that comes back from the preview is as it was sent there: text, and all of it on one line."""
    return isinstance(value, str) and value == _cell(value)


def _problems_of_cells(cells: Typed, unread: str) -> list[str]:
    problems = []
    if unread:
        problems.append(f"There is something in column {unread[:40]}, which has no heading. Add a heading, or empty it")
    texts = [str(cell) for cell in cells.values() if cell is not None]
    if any(DAMAGED in text for text in texts):
        problems.append("Some letters are damaged. Type them again, and save the list as UTF-8")
    if any("@" in text and len(text.strip().splitlines()) > 1 for text in texts):
        problems.append("A cell holds several lines. Look for a quotation mark that should not be there")
    return problems


def _problems_of_name(name: str) -> list[str]:
    if not name:
        return ["Name is missing"]
    if len(name) > 200:
        return ["Name must be 200 characters or fewer"]
    return [problem] if (problem := problem_with_name(name)) else []


def _email(typed: str, problems: list[str]) -> str:
    """As it is kept, or as it was typed where it is wrong."""
    if not typed:
        problems.append("Email address is missing")
        return ""
    try:
        return email_address(typed)
    except NotAnAddress as problem:
        problems.append(str(problem))
        return typed


def _role(typed: str, problems: list[str]) -> str:
    role = ROLES_BY_WORD.get(typed.lower(), "")
    if typed.lower() == MENTOR:
        problems.append("Mentors are not added from a list. An engagement officer adds them, on the mentoring page")
    elif not role:
        known = ", ".join(ROLE_NAMES[role] for role in (REP, *STAFF_ROLES))
        problems.append(f"Role “{typed.lower()[:40]}” is not one of: {known}")
    return role


def _with_days(row: Row, term: tuple[date, date] | None) -> Row:
    if not term:
        return row
    from_on, until_on = term[0], None if term[1] == date.max else term[1]
    last_day = until_on.isoformat() if until_on else ""
    return replace(row, from_on=from_on.isoformat(), until_on=last_day, term=(from_on, until_on))


def _days_not_given(row: Row) -> tuple[str, ...]:
    if row.from_on and row.until_on:
        return ()
    if row.from_on:
        return ("No last day in the list: the longest term, three years",)
    if row.until_on:
        return ("No first day in the list: from today",)
    return ("No days in the list: from today, for the longest term, three years",)


def _term_of_rep(row: Row, today: date, problems: list[str]) -> tuple[date, date] | None:
    from_on = _day("From", row.from_on, problems) if row.from_on else today
    until_on = _day("Until", row.until_on, problems) if row.until_on else from_on and last_day_of_longest_term(from_on)
    term = _in_order(from_on, until_on, problems)
    if term and term[1] > last_day_of_longest_term(term[0]):
        problems.append("A term is at most three years")
    return term


def _term_of_staff(row: Row, today: date, problems: list[str]) -> tuple[date, date] | None:
    from_on = _day("From", row.from_on, problems) if row.from_on else today
    until_on = _day("Until", row.until_on, problems) if row.until_on else date.max
    return _in_order(from_on, until_on, problems)


def _in_order(from_on: date | None, until_on: date | None, problems: list[str]) -> tuple[date, date] | None:
    if not from_on or not until_on:
        return None
    if until_on < from_on:
        problems.append("Until must be after from")
        return None
    return from_on, until_on


def _day(column: str, typed: str, problems: list[str]) -> date | None:
    try:
        return day_of_line(typed)
    except NotADay as problem:
        problems.append(f"{column} {problem}")
        return None
