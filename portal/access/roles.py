"""The roles a person can hold, and what the portal knows about whoever is asking."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from portal.access.decide import Reach

ANYONE = "anyone"  # every signed-in person
REP, DEPUTE, MENTOR, OFFICER, CLERK = "rep", "depute", "mentor", "officer", "clerk"
APPROVER, ADMIN, COORDINATOR = "approver", "admin", "coordinator"
ROLES = (ANYONE, REP, DEPUTE, MENTOR, OFFICER, CLERK, APPROVER, ADMIN, COORDINATOR)
STAFF_ROLES = (
    DEPUTE,
    OFFICER,
    CLERK,
    APPROVER,
    ADMIN,
)  # given on a board; rep comes with an appointment, mentor from an officer
WITH_SECOND_FACTOR = (OFFICER, CLERK, APPROVER, ADMIN, COORDINATOR)
BEGINS_WITH_ANOTHER = (
    OFFICER,
    APPROVER,
    ADMIN,
)  # care, money, administration: told at once
WAITS_FOR_ANOTHER = STAFF_ROLES  # given to oneself, none of these begins
ROLE_NAMES = {
    REP: "carer rep",
    DEPUTE: "depute",
    MENTOR: "mentor",
    OFFICER: "engagement officer",
    CLERK: "clerk",
    APPROVER: "expense approver",
    ADMIN: "board administrator",
    COORDINATOR: "national coordinator",
}
WHAT_ROLES_DO = {  # as an invitation says it
    REP: "you read meeting papers, claim expenses and ask for support",
    DEPUTE: "you go to meetings when a rep cannot, if you agree. When you’ve signed in, we’ll ask you",
    MENTOR: "you support other carer reps",
    OFFICER: "you support carer reps, and arrange care for them",
    CLERK: "you add meetings and publish their papers",
    APPROVER: "you decide on expense claims",
    ADMIN: "you look after people, seats and settings",
    COORDINATOR: "you see figures of all boards",
}
SOMEWHERE = UUID(int=0)  # the id of no board, group, meeting or person


@dataclass(frozen=True)
class Viewer:
    """A signed-in person as the rules see them: roles by board, groups they sit on, single meetings they may see."""

    id: UUID
    name: str = ""
    email: str = ""
    roles: frozenset[tuple[str, UUID | None]] = field(default_factory=frozenset)
    groups: frozenset[UUID] = field(default_factory=frozenset)
    meetings: frozenset[UUID] = field(default_factory=frozenset)
    after: frozenset[UUID] = field(default_factory=frozenset)  # meetings they stood in for, whose minutes came lately
    minutes: frozenset[UUID] = field(default_factory=frozenset)  # these minutes
    kept_out: tuple[tuple[str, str, str], ...] = ()  # (key, short name, why) of boards that show them nothing now
    boards: tuple[tuple[UUID, str, str], ...] = ()  # (id, key, short name) of every board with a role, by name

    def boards_with(self, role: str) -> frozenset[UUID]:
        return frozenset(board for held, board in self.roles if held == role and board is not None)

    def boards_with_any(self) -> frozenset[UUID]:
        return frozenset(board for _, board in self.roles if board is not None)

    def name_apart(self, board_id: UUID | None) -> str:
        """The short name of a board of theirs, where they belong to several; '' for whoever belongs to one."""
        names = {board: name for board, _, name in self.boards}
        return names.get(board_id, "") if board_id and len(names) > 1 else ""

    @cached_property
    def held(self) -> frozenset[str]:
        """The roles that they hold, on whichever boards."""
        return frozenset((ANYONE, *(role for role, _ in self.roles)))

    def holds(self, role: str) -> bool:
        return role in self.held

    @cached_property
    def reaches(self) -> dict[str, Reach]:
        """How far each permission reaches, as decide.py has worked it out."""
        return {}

    def without_ids(self) -> Viewer:
        """Somebody like them: of the same roles, seated or not, but on no board, group or meeting in particular."""
        roles = frozenset((role, board and SOMEWHERE) for role, board in self.roles)
        held = (self.groups, self.meetings, self.after, self.minutes)
        groups, meetings, after, minutes = (frozenset({SOMEWHERE} if ids else ()) for ids in held)
        return Viewer(SOMEWHERE, roles=roles, groups=groups, meetings=meetings, after=after, minutes=minutes)
