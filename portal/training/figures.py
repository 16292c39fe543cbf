"""Counts of Carer Awareness by group, and how many reps of a board were inducted in time and are trained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, select

from portal.boards import queries as boards
from portal.boards.models import Appointment
from portal.core.clock import london_day
from portal.infra.database import db
from portal.infra.scope import Across, across_boards
from portal.training import session_queries as queries
from portal.training.models import (
    AwarenessCount,
    AwarenessSession,
    InductionMark,
    InductionStep,
    OtherMembers,
    TrainingRecord,
)
from portal.training.queries import followed
from portal.training.rules import AWARENESS_COUNTS_FOR, CONFIRMED, IN_TIME, coverage, is_in_time

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
    for board_id, group_id, number in db.session.execute(across_boards(counts, Across.COORDINATOR)):
        had[board_id, group_id] = int(number)
    members = select(OtherMembers).order_by(OtherMembers.board_id, OtherMembers.id)
    found: dict[UUID, list[Coverage]] = defaultdict(list)
    for one in db.session.scalars(across_boards(members, Across.COORDINATOR)):
        found[one.board_id].append(Coverage("", had[one.board_id, one.group_id], one.members))
    return {board_id: in_all(each) for board_id, each in found.items()}


def trained_of_boards(today: date) -> dict[UUID, int]:
    """How many reps who sit today have training that their board confirmed, by board: for totals of all boards."""
    sits = (Appointment.from_on <= today, Appointment.until_on >= today)
    same = and_(TrainingRecord.board_id == Appointment.board_id, TrainingRecord.person_id == Appointment.person_id)
    statement = (
        select(Appointment.board_id, func.count(func.distinct(Appointment.person_id)))
        .join(TrainingRecord, same)
        .where(*sits, TrainingRecord.status == CONFIRMED)
        .group_by(Appointment.board_id)
        .order_by(Appointment.board_id)
    )
    rows = db.session.execute(across_boards(statement, Across.COORDINATOR))
    return {board_id: int(number) for board_id, number in rows}


@dataclass(frozen=True)
class InTime:
    """Inductions that were done within three months, of those that are older than that and still followed."""

    done: int
    inductions: int


def inducted_of_boards(today: date) -> dict[UUID, InTime]:
    """Of every board: for totals of all boards."""
    marked = and_(
        InductionMark.board_id == Appointment.board_id,
        InductionMark.appointment_id == Appointment.id,
        InductionMark.step_id == InductionStep.id,
    )
    columns = (Appointment.board_id, Appointment.id, Appointment.from_on, InductionStep.days, InductionMark.done_at)
    statement = (
        select(*columns)
        .join(InductionStep, InductionStep.board_id == Appointment.board_id)
        .outerjoin(InductionMark, marked)
        .where(InductionStep.closed_at.is_(None), Appointment.from_on <= today - IN_TIME, *followed(today))
        .order_by(Appointment.board_id, Appointment.id, InductionStep.id)
    )
    found: dict[tuple[UUID, UUID, date], list[tuple[int, date | None]]] = defaultdict(list)
    for board_id, key, from_on, days, done_at in db.session.execute(across_boards(statement, Across.COORDINATOR)):
        found[board_id, key, from_on].append((days, london_day(done_at) if done_at else None))
    boards_found: dict[UUID, list[bool]] = defaultdict(list)
    for (board_id, _, from_on), steps in found.items():
        boards_found[board_id].append(is_in_time(from_on, steps))
    return {board_id: InTime(sum(each), len(each)) for board_id, each in boards_found.items()}
