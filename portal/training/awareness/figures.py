"""Counts of Carer Awareness by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from portal.boards import queries as boards
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.training.awareness import queries
from portal.training.awareness.rules import AWARENESS_COUNTS_FOR, coverage
from portal.training.models import (
    AwarenessCount,
    AwarenessSession,
    OtherMembers,
)

DEFINITION = (
    "Other members who had Carer Awareness in the last three years, of all other members of the group. "
    "A member counts once, at their first session."
)


@dataclass(frozen=True)
class Coverage:
    """Carer Awareness of one group, or of a board in all."""

    name: str
    had_it: int
    members: int

    @property
    def percent(self) -> int | None:
        return coverage(self.had_it, self.members)


def by_group(board_id: UUID, today: date) -> list[Coverage]:
    """Each open group of a board, with how many of its other members had it."""
    had, members = queries.had_awareness(board_id, today), queries.other_members(board_id)
    return [
        Coverage(one.name, had[one.id], members[one.id].members if one.id in members else 0)
        for one in boards.groups(board_id)
    ]


def in_all(groups: Iterable[Coverage]) -> Coverage:
    """The sum of those groups of which somebody said how many members there are."""
    known = [one for one in groups if one.members]
    return Coverage("In all", sum(min(one.had_it, one.members) for one in known), sum(one.members for one in known))


def awareness_of_boards(today: date) -> dict[UUID, Coverage]:
    """Of every board in all: for the coordinator."""
    had: dict[tuple[UUID, UUID], int] = defaultdict(int)
    counts = (
        select(AwarenessCount.board_id, AwarenessCount.group_id, func.sum(AwarenessCount.members))
        .join(AwarenessSession, AwarenessSession.id == AwarenessCount.session_id)
        .where(AwarenessSession.held_on > today - AWARENESS_COUNTS_FOR)
        .group_by(AwarenessCount.board_id, AwarenessCount.group_id)
        .order_by(AwarenessCount.board_id, AwarenessCount.group_id)
    )
    for board_id, group_id, number in db.session.execute(across_boards(counts, CrossBoardReason.COORDINATOR)):
        had[board_id, group_id] = int(number)
    members = select(OtherMembers).order_by(OtherMembers.board_id, OtherMembers.id)
    found: dict[UUID, list[Coverage]] = defaultdict(list)
    for one in db.session.scalars(across_boards(members, CrossBoardReason.COORDINATOR)):
        found[one.board_id].append(Coverage("", had[one.board_id, one.group_id], one.members))
    return {board_id: in_all(each) for board_id, each in found.items()}
