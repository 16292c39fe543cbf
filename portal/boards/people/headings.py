"""Which column of a list is which, by the many names that people give to the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal.core.text import clean_line
from portal.core.values import Typed

COLUMNS = ("name", "email", "role", "group", "capacity", "from", "until")
NEEDED = ("email", "name", "role")
IN_WORDS = {
    "name": "the name",
    "email": "the email address",
    "role": "the role",
    "group": "the group",
    "capacity": "the capacity",
    "from": "the first day",
    "until": "the last day",
    "first": "the first name",
    "last": "the surname",
}
NAMES = {
    "name": "name, full name, person, persons name, name of person, display name, whole name",
    "first": "first name, forename, forenames, first names, given name, christian name, firstname, first",
    "last": "last name, surname, family name, second name, lastname, last",
    "email": "email, e mail, email address, e mail address, emailaddress, mail, mail address, emails",
    "role": "role, roles, role on the board, portal role, their role, role in the portal, type of role",
    "group": "group, committee, group or committee, group name, committee name, name of group, board or group, body",
    "capacity": "capacity, sits as, they sit here as, appointed as, in what capacity, status of carer, sits here as",
    "from": "from, start, start date, first day, from date, date from, begins, starts, starts on, appointed from,"
    " appointed on, start of term, term starts, term begins, valid from",
    "until": "until, to, end, end date, last day, until date, to date, date to, ends, ends on, till, appointed until,"
    " end of term, term ends, valid until, valid to",
}
COLUMN_OF = {word.strip(): column for column, words in NAMES.items() for word in words.split(",")}
LOOK_AT = 20  # rows that may stand above the headings, as a title does


class DoubleHeading(ValueError):
    """Two columns of a list hold the same thing; the message says which."""


@dataclass(frozen=True)
class Headings:
    """The row of a list that names its columns."""

    number: int
    columns: dict[int, str]  # by place
    unknown: dict[int, str]  # what other columns are called, by place

    @property
    def missing(self) -> list[str]:
        found = set(self.columns.values())
        found |= {"name"} if {"first", "last"} & found else set()
        return [column for column in NEEDED if column not in found]

    def cells(self, row: Sequence[object]) -> Typed:
        """A row by column. `unread` names columns without a heading that hold something all the same."""
        found = {column: row[place] for place, column in self.columns.items() if place < len(row)}
        if parts := [clean_line(str(found.pop(part))) for part in ("first", "last") if found.get(part) is not None]:
            found.setdefault("name", " ".join(parts))
        known = self.columns.keys() | self.unknown.keys()
        unread = [column_letters(place) for place, cell in enumerate(row) if place not in known and has_words(cell)]
        return {**found, "unread": ", ".join(unread)}


def has_words(cell: object) -> bool:
    return cell is not None and bool(clean_line(str(cell)))


def column_letters(place: int) -> str:
    """What spreadsheet programs call a column: 0 is A, 26 is AA."""
    letters = ""
    while place >= 0:
        place, rest = divmod(place, 26)
        letters, place = chr(ord("A") + rest) + letters, place - 1
    return letters


def best_headings(rows: Sequence[tuple[int, Sequence[object]]]) -> Headings | None:
    """Of the first rows with anything in them the one that names most columns; None where none names any.

    Raises DoubleHeading.
    """
    filled = [(number, cells) for number, cells in rows if any(map(has_words, cells))][:LOOK_AT]
    counts = [len(set(filter(None, map(_column_of, cells)))) for _, cells in filled]
    if not counts or not max(counts):
        return None
    return _headings(*filled[counts.index(max(counts))])


def _headings(number: int, cells: Sequence[object]) -> Headings:
    columns: dict[int, str] = {}
    unknown: dict[int, str] = {}
    for place, cell in enumerate(cells):
        column = _column_of(cell)
        if column in columns.values():
            raise DoubleHeading(f"Two columns are for {IN_WORDS[column]}. Remove one of them")
        if column:
            columns[place] = column
        elif has_words(cell):
            unknown[place] = clean_line(str(cell))
    if "name" in columns.values() and {"first", "last"} & set(columns.values()):
        raise DoubleHeading("There is a column for the whole name, and one for a part of it. Remove one of them")
    return Headings(number, columns, unknown)


def _column_of(cell: object) -> str:
    words = re.sub(r"[^\w]+|_", " ", clean_line(str(cell if cell is not None else "")).lower().replace("'", ""))
    return COLUMN_OF.get(" ".join(words.replace("’", "").split()), "")
