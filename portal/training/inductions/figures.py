"""How many reps of each board were inducted in time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, case, select

from portal.boards.models import Appointment
from portal.core.clock import london_day
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.training.inductions.queries import first_meeting, followed
from portal.training.inductions.rules import IN_TIME, asked_by, is_in_time
from portal.training.models import (
    InductionMark,
    InductionStep,
)


@dataclass(frozen=True)
class InTime:
    """Inductions that were done within three months, of those older than that and still followed.

    Those of which no step was due within three months are left out: they can be neither in time nor late.
    """

    done: int
    inductions: int


def _day(moment: datetime | None) -> date | None:
    return london_day(moment) if moment else None


def inducted_of_boards(today: date) -> dict[UUID, InTime]:
    """Of every board: for totals of all boards."""
    marked = and_(
        InductionMark.board_id == Appointment.board_id,
        InductionMark.appointment_id == Appointment.id,
        InductionMark.step_id == InductionStep.id,
    )
    of_appointment = (Appointment.board_id, Appointment.id, Appointment.from_on, Appointment.until_on)
    meets_at = case((InductionStep.at_first_meeting.is_(True), first_meeting()), else_=None)
    columns = (*of_appointment, InductionStep.days, meets_at, InductionMark.done_at)
    statement = (
        select(*columns)
        .join(InductionStep, InductionStep.board_id == Appointment.board_id)
        .outerjoin(InductionMark, marked)
        .where(InductionStep.closed_at.is_(None), Appointment.from_on <= today - IN_TIME, *followed(today))
        .order_by(Appointment.board_id, Appointment.id, InductionStep.id)
    )
    found: dict[tuple[UUID, UUID, date], list[tuple[date | None, date | None]]] = defaultdict(list)
    for board_id, key, from_on, until_on, days, meets, done_at in db.session.execute(
        across_boards(statement, CrossBoardReason.COORDINATOR)
    ):
        due = asked_by(from_on, until_on, days, _day(meets))
        found[board_id, key, from_on].append((due, _day(done_at)))
    boards_found: dict[UUID, list[bool]] = defaultdict(list)
    for (board_id, _, from_on), steps in found.items():
        if (in_time := is_in_time(from_on, steps)) is not None:
            boards_found[board_id].append(in_time)
    return {board_id: InTime(sum(each), len(each)) for board_id, each in boards_found.items()}
