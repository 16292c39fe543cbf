"""Counts of Carer Awareness by group."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from portal.boards import queries as boards
from portal.core import clock
from portal.core.values import Typed
from portal.corrections.models import Correction
from portal.infra.correctable import Figure, Figures
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.training.awareness import queries
from portal.training.awareness.rules import ALL, AWARENESS_COUNTS_FOR, counts_today, coverage
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


def uncorrected(board_id: UUID, made: Sequence[Correction], today: date) -> list[Coverage]:
    """The same groups as the record said before some corrections, which come with the latest first."""
    had, members = _had_before(board_id, made, today), queries.other_members(board_id)
    return [
        Coverage(one.name, had[one.id], members[one.id].members if one.id in members else 0)
        for one in boards.groups(board_id)
    ]


def _had_before(board_id: UUID, made: Sequence[Correction], today: date) -> Counter[UUID]:
    """By group, how many had it in sessions that count today, each number as it was first recorded."""
    sessions, counts = queries.every_session(board_id)
    for one in made:
        what, was = one.was_value.split(":")
        if what == ALL:
            sessions[one.thing_id] = (sessions[one.thing_id][0], True)
        else:
            counts[one.thing_id, UUID(what)] = int(was)
    had: Counter[UUID] = Counter()
    for (session_id, group_id), number in counts.items():
        held_on, took_place = sessions[session_id]
        had[group_id] += number if took_place and counts_today(held_on, today) else 0
    return had


@dataclass(frozen=True)
class Total(Coverage):
    """Of several groups; `is_known` says whether the numbers of all of them are."""

    is_known: bool = True

    @property
    def percent(self) -> int | None:
        return super().percent if self.is_known else None


def in_all(groups: Iterable[Coverage]) -> Total:
    """The sum of its rows. Where one of them has no share, there is none in all either."""
    every = list(groups)
    total = Total("Total", sum(one.had_it for one in every), sum(one.members for one in every))
    return replace(total, is_known=all(one.percent is not None for one in every if one.had_it or one.members))


def awareness_of_boards(today: date) -> dict[UUID, Total]:
    """Of every board in all: for the coordinator."""
    had: dict[tuple[UUID, UUID], int] = defaultdict(int)
    counts = (
        select(AwarenessCount.board_id, AwarenessCount.group_id, func.sum(AwarenessCount.members))
        .join(AwarenessSession, AwarenessSession.id == AwarenessCount.session_id)
        .where(AwarenessSession.held_on > today - AWARENESS_COUNTS_FOR, AwarenessSession.withdrawn_on.is_(None))
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


def figures(board_id: UUID, _session_id: UUID) -> Figures:
    """What a correction of a session changes: who had it, of each group and in all."""
    groups = by_group(board_id, clock.today())
    board = replace(in_all(groups), name="board")
    return {f"Members who had Carer Awareness ({one.name})": _figure(one) for one in (*groups, board)}


def _figure(one: Coverage) -> Figure:
    return Figure(f"{one.had_it} of {one.members}" if one.members else str(one.had_it), float(one.had_it))


def page(session_id: UUID) -> tuple[str, Typed]:
    return "training.correct_awareness", {"session_id": session_id.hex}
