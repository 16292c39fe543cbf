"""Who may do a thing, and how far it reaches, in words: the table of permissions as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from portal.access.in_words import IN_WORDS
from portal.access.permissions import (
    AFTER,
    ALL,
    BOARD,
    BOARDS_READ,
    COURSES_READ,
    GROUPS,
    MEETING,
    MENTORING_OWN,
    MINUTES,
    NO,
    OWN,
    SESSIONS_BOOK,
    TABLE,
    TRAINING_READ,
)
from portal.access.roles import ANYONE, MENTOR, ROLE_NAMES
from portal.core.text import together

OWN_IN_WORDS = {TRAINING_READ: "Open the certificates of their own training"}  # where it reaches no further
MENTOR_IN_WORDS = {  # the same as a mentor meets it
    BOARDS_READ: "See which groups the board has, who is on them, and what a carer rep does",
    MENTORING_OWN: "See who they mentor, agree a plan together, record talks, and write notes",
    SESSIONS_BOOK: "Book a place for themselves at training",
    COURSES_READ: "Open the board's training courses",
}
REACHES = {
    OWN: "for themselves",
    GROUPS: "in the groups where they hold a seat",
    MEETING: "for the meeting they stand in for",
    MINUTES: "for the meeting they stand in for, and its minutes for 14 days after they are published",
    AFTER: "for the meeting they stand in for, and its page for 14 days after its minutes are published",
    BOARD: "on their own board",
    ALL: "on all boards",
}


def who_may(row: Mapping[str, str]) -> list[str]:
    """One line for each reach, like 'Engagement officers and clerks, on their own board'.

    What everyone may, every role may, whether or not its own cell says so.
    """
    everyone = [f"Everyone who is signed in, {REACHES[row[ANYONE]]}"] if row[ANYONE] != NO else []
    return everyone + [f"{names[:1].upper()}{names[1:]}, {REACHES[cell]}" for cell, names in _by_reach(row)]


def what_may(role: str) -> list[tuple[str, list[str]]]:
    """What those with a role may, how far it reaches first: ('On their own board', [permission, …]).

    What everyone may they may as well. Of a permission only what reaches further is said.
    """
    order = list(REACHES)
    reached = ((name, max((row[role], row[ANYONE]), key=[NO, *order].index)) for name, row in TABLE.items())
    found = sorted(((order.index(cell), name) for name, cell in reached if cell != NO), key=lambda one: one[0])
    by_reach = groupby(found, key=lambda one: one[0])
    return [(REACHES[order[place]].capitalize(), [name for _, name in names]) for place, names in by_reach]


def words_for(role: str, permission: str) -> str:
    """What a permission is to those with one role, who may reach less far with it than others, or for another end."""
    is_own = max((TABLE[permission][role], TABLE[permission][ANYONE]), key=[NO, *REACHES].index) == OWN
    words = {**IN_WORDS, **(OWN_IN_WORDS if is_own else {}), **(MENTOR_IN_WORDS if role == MENTOR else {})}
    return words[permission]


def only_for(role: str) -> list[str]:
    """What nobody else may for a whole board than those with this role."""
    return [name for name, row in TABLE.items() if {one for one, cell in row.items() if cell in (BOARD, ALL)} == {role}]


def _by_reach(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    order = list(REACHES)
    more = [(cell, role) for role, cell in row.items() if role != ANYONE and cell not in (NO, row[ANYONE])]
    found = sorted(more, key=lambda one: order.index(one[0]))
    for cell, roles in groupby(found, key=lambda one: one[0]):
        yield cell, together([f"{ROLE_NAMES[role]}s" for _, role in roles])
