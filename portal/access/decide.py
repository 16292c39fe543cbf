"""One question, answered for one thing or as the limits of a list, from the same cells of the table."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.access.permissions import AFTER, ALL, BOARD, GROUPS, MEETING, MINUTES, NEVER_OVER_OWN, NO, OWN, TABLE
from portal.access.roles import Viewer

LISTED = (BOARD, GROUPS, MEETING, AFTER, MINUTES)  # of such a board there is a list to see


@dataclass(frozen=True)
class Reach:
    """How far a permission reaches for one person. A thing within any of these is within reach."""

    everything: bool = False
    boards: frozenset[UUID] = frozenset()
    groups: frozenset[UUID] = frozenset()
    meetings: frozenset[UUID] = frozenset()
    minutes: frozenset[UUID] = frozenset()
    own: UUID | None = None
    never_of: UUID | None = None  # what is about this person, or done by them for another, is out of reach

    def __bool__(self) -> bool:
        return bool(self.everything or self.boards or self.groups or self.meetings or self.minutes or self.own)

    def covers(self, thing: object) -> bool:
        """Whether a thing with a board_id, group_id, meeting_id, minutes_id or person_id lies within reach."""
        parties = (getattr(thing, "person_id", None), getattr(thing, "helped_by_id", None))
        if self.never_of is not None and self.never_of in parties:
            return False
        return (
            self.everything
            or getattr(thing, "board_id", None) in self.boards
            or getattr(thing, "group_id", None) in self.groups
            or getattr(thing, "meeting_id", None) in self.meetings
            or getattr(thing, "minutes_id", None) in self.minutes
            or (self.own is not None and getattr(thing, "person_id", None) == self.own)
        )


def reach(person: Viewer, permission: str) -> Reach:
    """What the table gives this person for a permission. Raises KeyError for one that is not in the table.

    It is worked out once for each person who looks: a page asks for it many times.
    """
    if permission not in person.reaches:
        person.reaches[permission] = _reach(person, permission)
    return person.reaches[permission]


def _reach(person: Viewer, permission: str) -> Reach:
    row = TABLE[permission]
    cells = {role: row[role] for role in person.held if row.get(role, NO) != NO}
    kinds = set(cells.values())
    boards = frozenset[UUID]().union(*(person.boards_with(r) for r, cell in cells.items() if cell == BOARD))
    sits, stands_in = GROUPS in kinds, bool(kinds & {MEETING, AFTER, MINUTES})
    meetings = person.meetings if sits or stands_in else frozenset[UUID]()
    return Reach(
        everything=ALL in kinds,
        boards=boards,
        groups=person.groups if sits else frozenset(),
        meetings=meetings | person.after if AFTER in kinds else meetings,
        minutes=person.minutes if MINUTES in kinds else frozenset(),
        own=person.id if OWN in kinds else None,
        never_of=person.id if permission in NEVER_OVER_OWN else None,
    )


def boards_for(person: Viewer, permission: str) -> list[tuple[UUID, str, str]]:
    """(id, key, short name) of each board on which a role gives this person something of a permission, by name."""
    roles = [role for role, cell in TABLE[permission].items() if cell != NO]
    return [board for board in person.boards if any(board[0] in person.boards_with(role) for role in roles)]


def boards_listing(person: Viewer, permission: str) -> frozenset[UUID]:
    """The boards of which a role shows this person a list: of everything, or of their groups or meetings."""
    roles = [role for role, cell in TABLE[permission].items() if cell in LISTED]
    return frozenset[UUID]().union(*(person.boards_with(role) for role in roles))


def can(person: Viewer | None, permission: str, thing: object = None) -> bool:
    """Whether this person may do this to this thing; without a thing, whether they may do it to any."""
    if person is None:
        return False
    within = reach(person, permission)
    return bool(within) if thing is None else within.covers(thing)
