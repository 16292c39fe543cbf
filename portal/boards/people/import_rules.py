"""Reading a list of people: each row checked, every problem said in plain words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from uuid import UUID

from portal.access.roles import REP, ROLE_NAMES, STAFF_ROLES
from portal.boards.seats.rules import CAPACITIES, SeatDays, last_day_of_longest_term, overlaps, seat_for
from portal.core.days import NotADay, day_of_line
from portal.core.text import clean_line, date_words
from portal.core.values import Typed

COLUMNS = ("name", "email", "role", "group", "capacity", "from", "until")


MOST_ROWS = 300


ROLES_BY_WORD = {
    word: role for role in (REP, *STAFF_ROLES) for word in (role, ROLE_NAMES[role], ROLE_NAMES[role].split()[-1])
}


CAPACITIES_BY_WORD = {"": "unpaid_carer"} | {
    word: value for value, label in CAPACITIES for word in (value, label.lower())
}


EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")


@dataclass(frozen=True)
class GroupToFill:
    """A group that reps of a list may join: its seats, and when each person sits on it, by email address."""

    name: str
    seats: Sequence[SeatDays] = ()
    terms: Mapping[str, Sequence[tuple[date, date]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One person to import, as understood, with the seat a rep gets and what is wrong with the row."""

    number: int
    name: str
    email: str
    role: str
    group: str = ""
    capacity: str = ""
    from_on: str = ""
    until_on: str = ""
    seat_id: UUID | None = None
    problems: tuple[str, ...] = ()

    def as_typed(self) -> Typed:
        return {name: value for name, value in asdict(self).items() if name not in ("number", "seat_id", "problems")}


class Seating:
    """The seats of all groups, as the reps of a list take them one after the other."""

    def __init__(self, groups: Mapping[str, GroupToFill]) -> None:
        """Groups by their names in lower case."""
        self._groups = dict(groups)
        self._listed: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)

    def problem_with_group(self, name: str) -> str:
        if name.lower() in self._groups:
            return ""
        return f"There is no group called “{name[:60]}”" if name else "A carer rep needs a group"

    def take(self, name: str, email: str, from_on: date, until_on: date) -> SeatDays:
        """The seat of a group that somebody gets for this term. Raises NoSeat."""
        key = name.lower()
        group, listed = self._groups[key], self._listed[key, email]
        if overlaps(from_on, until_on, listed):
            raise NoSeat("This person is in the list twice, for the same group and days. Remove one of the rows")
        if overlaps(from_on, until_on, group.terms.get(email, ())):
            raise NoSeat("This person has this role already on some of these days. Remove the row, or change its days")
        seat = seat_for(group.seats, from_on, until_on)
        if seat is None:
            raise NoSeat(_no_seat(group, from_on, until_on))
        listed.append((from_on, until_on))
        seats = [one.with_term(from_on, until_on) if one is seat else one for one in group.seats]
        self._groups[key] = replace(group, seats=seats)
        return seat


class NoSeat(ValueError):
    """Somebody gets no seat of a group for a term; the message says why, in a sentence."""


def _no_seat(group: GroupToFill, from_on: date, until_on: date) -> str:
    if not group.seats:
        return f"There is no seat on {group.name}. Add one first"
    days = f"from {date_words(from_on)} to {date_words(until_on)}"
    return f"{group.name} has no seat free {days}. Add a seat to the group, or change these days"


def read_rows(
    rows: Sequence[Typed],
    groups: Mapping[str, GroupToFill],
    held: frozenset[tuple[str, str]],
    today: date,
) -> list[Row]:
    """Check rows of plain cells, in order, and give each rep a seat that is free for their whole term.

    `groups` by lower-case name; `held` is (email, role) of staff given already.
    """
    seen: set[tuple[str, str]] = set()
    seating = Seating(groups)
    return [_read(number, row, seating, held, seen, today) for number, row in enumerate(rows, start=2)]


def _read(
    number: int,
    cells: Typed,
    seating: Seating,
    held: frozenset[tuple[str, str]],
    seen: set[tuple[str, str]],
    today: date,
) -> Row:
    def get(column: str) -> str:
        return _cell(cells.get(column))

    name, email, word = get("name"), get("email").lower(), get("role").lower()
    role = ROLES_BY_WORD.get(word, "")
    problems = _who_problems(name, email, word, role)
    if role == REP:
        return _rep(Row(number, name, email, role, get("group")), get, seating, today, problems)
    if (email, role) in seen:
        problems.append("This person is in the list twice with the same role")
    if (email, role) in held:
        problems.append("This person has this role already")
    seen.add((email, role))
    return Row(number, name, email, role, problems=tuple(problems))


def _rep(row: Row, get: Callable[[str], str], seating: Seating, today: date, problems: list[str]) -> Row:
    term = _term(get("from"), get("until"), today, problems)
    problem = seating.problem_with_group(row.group)
    seat = None
    if term and not problem:
        try:
            seat = seating.take(row.group, row.email, *term)
        except NoSeat as none:
            problem = str(none)
    capacity = CAPACITIES_BY_WORD.get(get("capacity").lower(), "")
    if not capacity:
        problems.append("Capacity must be unpaid carer, former carer or staff of a carers' organisation")
    from_on, until_on = (day.isoformat() for day in term) if term else (get("from"), get("until"))
    return replace(
        row,
        capacity=capacity,
        from_on=from_on,
        until_on=until_on,
        seat_id=seat.seat_id if seat else None,
        problems=tuple(problems + ([problem] if problem else [])),
    )


def _cell(value: object) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    return clean_line(str(value) if value is not None else "")


def _who_problems(name: str, email: str, word: str, role: str) -> list[str]:
    problems = []
    if not name:
        problems.append("Name is missing")
    if len(name) > 200:
        problems.append("Name must be 200 characters or fewer")
    if not EMAIL.fullmatch(email) or len(email) > 254:
        problems.append("Email must look like name@example.com")
    if not role:
        problems.append(f"Role “{word[:40]}” is not one of: " + ", ".join(ROLE_NAMES[r] for r in (REP, *STAFF_ROLES)))
    return problems


def _term(start: str, end: str, today: date, problems: list[str]) -> tuple[date, date] | None:
    from_on = _day("From", start, problems) if start else today
    until_on = _day("Until", end, problems) if end else from_on and last_day_of_longest_term(from_on)
    if not from_on or not until_on:
        return None
    if until_on < from_on:
        problems.append("Until must be after from")
        return None
    if until_on > last_day_of_longest_term(from_on):
        problems.append("A term is at most three years")
    return from_on, until_on


def _day(column: str, typed: str, problems: list[str]) -> date | None:
    try:
        return day_of_line(typed)
    except NotADay as problem:
        problems.append(f"{column} {problem}")
        return None
