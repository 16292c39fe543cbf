"""Who may do a thing, and how far it reaches, in words: the table of permissions as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from portal.access.permissions import AFTER, ALL, BOARD, GROUPS, MEETING, MINUTES, NO, OWN, TABLE
from portal.access.roles import ANYONE, ROLE_NAMES
from portal.core.text import together

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


def only_for(role: str) -> list[str]:
    """What nobody else may for a whole board than those with this role."""
    return [name for name, row in TABLE.items() if {one for one, cell in row.items() if cell in (BOARD, ALL)} == {role}]


def _by_reach(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    order = list(REACHES)
    more = [(cell, role) for role, cell in row.items() if role != ANYONE and cell not in (NO, row[ANYONE])]
    found = sorted(more, key=lambda one: order.index(one[0]))
    for cell, roles in groupby(found, key=lambda one: one[0]):
        yield cell, together([f"{ROLE_NAMES[role]}s" for _, role in roles])
