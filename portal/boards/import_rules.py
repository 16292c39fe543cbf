"""Reading a list of people: each row checked, every problem said in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from portal.access.roles import REP, ROLE_NAMES, STAFF_ROLES
from portal.boards.rules import CAPACITIES, last_day_of_longest_term
from portal.core.days import NotADay, day_of_line
from portal.core.text import clean_line

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
class Row:
    """One person to import, as understood, with what is wrong with the row."""

    number: int
    name: str
    email: str
    role: str
    group: str = ""
    capacity: str = ""
    from_on: str = ""
    until_on: str = ""
    problems: tuple[str, ...] = field(default=())

    def as_typed(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name not in ("number", "problems")}


def read_rows(
    rows: Sequence[Mapping[str, Any]], groups: Mapping[str, int], held: frozenset[tuple[str, str]], today: date
) -> list[Row]:
    """Check rows of plain cells.

    `groups` is the number of empty seats by lower-case group name; `held` is (email, role) given already.
    """
    seen: set[tuple[str, str]] = set()
    free = dict(groups)
    return [_read(number, row, free, held, seen, today) for number, row in enumerate(rows, start=2)]


def _read(
    number: int,
    cells: Mapping[str, Any],
    free: dict[str, int],
    held: frozenset[tuple[str, str]],
    seen: set[tuple[str, str]],
    today: date,
) -> Row:
    def get(column: str) -> str:
        return _cell(cells.get(column))

    name, email, word = get("name"), get("email").lower(), get("role").lower()
    role = ROLES_BY_WORD.get(word, "")
    problems = _who_problems(name, email, word, role)
    if (email, role) in seen:
        problems.append("This person is in the list twice with the same role")
    if (email, role) in held:
        problems.append("This person has this role already")
    seen.add((email, role))
    if role != REP:
        return Row(number, name, email, role, problems=tuple(problems))
    term = _term(get("from"), get("until"), today, problems)
    group = _group(get("group"), free, problems)
    capacity = CAPACITIES_BY_WORD.get(get("capacity").lower(), "")
    if not capacity:
        problems.append("Capacity must be unpaid carer, former carer or staff of a carers' organisation")
    return Row(number, name, email, role, group, capacity, *term, problems=tuple(problems))


def _cell(value: Any) -> str:
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


def _group(name: str, free: dict[str, int], problems: list[str]) -> str:
    if name.lower() not in free:
        problems.append(f"There is no group called “{name[:60]}”" if name else "A carer rep needs a group")
    elif free[name.lower()] < 1:
        problems.append(f"There is no empty seat on {name}. Add one first")
    else:
        free[name.lower()] -= 1
    return name


def _term(start: str, end: str, today: date, problems: list[str]) -> tuple[str, str]:
    from_on = _day("From", start, problems) if start else today
    until_on = _day("Until", end, problems) if end else from_on and last_day_of_longest_term(from_on)
    if not from_on or not until_on:
        return start, end
    if until_on < from_on:
        problems.append("Until must be after from")
    if until_on > last_day_of_longest_term(from_on):
        problems.append("A term is at most three years")
    return from_on.isoformat(), until_on.isoformat()


def _day(column: str, typed: str, problems: list[str]) -> date | None:
    try:
        return day_of_line(typed)
    except NotADay as problem:
        problems.append(f"{column} {problem}")
        return None
