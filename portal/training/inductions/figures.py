"""How many reps of each board were inducted in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, case, select

from portal.boards.models import Appointment
from portal.core.clock import london_day
from portal.core.late import is_late_record
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.training.inductions.queries import done_at, first_meeting, followed
from portal.training.inductions.rules import IN_TIME, asked_by, is_in_time, starts_on
from portal.training.models import (
    InductionMark,
    InductionStep,
)

Step = tuple[date | None, date | None]  # by which day it is due (None: dropped), and on which it was done


@dataclass(frozen=True)
class InTime:
    """Inductions that were done within three months, of those older than that and still followed.

    The three months count from the first day, or from the day the appointment was recorded if that is later. Those of
    which no step was due within them are left out: they can be neither in time nor late. Of those counted, `late` were
    recorded more than 30 days after the first day.
    """

    done: int
    inductions: int
    late: int = 0


def _day(moment: datetime | None) -> date | None:
    return london_day(moment) if moment else None


def inducted_of_boards(today: date) -> dict[UUID, InTime]:
    """Of every board: for totals of all boards."""
    marked = and_(
        InductionMark.board_id == Appointment.board_id,
        InductionMark.appointment_id == Appointment.id,
        InductionMark.step_id == InductionStep.id,
    )
    of_term = (Appointment.from_on, Appointment.until_on, Appointment.made_at)
    of_appointment = (Appointment.board_id, Appointment.id, *of_term)
    meets_at = case((InductionStep.at_first_meeting.is_(True), first_meeting()), else_=None)
    columns = (*of_appointment, InductionStep.days, meets_at, done_at())
    statement = (
        select(*columns)
        .join(InductionStep, InductionStep.board_id == Appointment.board_id)
        .outerjoin(InductionMark, marked)
        .where(InductionStep.closed_at.is_(None), Appointment.from_on <= today - IN_TIME, *followed(today))
        .order_by(Appointment.board_id, Appointment.id, InductionStep.id)
    )
    found: dict[tuple[UUID, UUID, date, date | None], list[Step]] = defaultdict(list)
    for board_id, key, from_on, until_on, made_at, days, meets, was_done in db.session.execute(
        across_boards(statement, CrossBoardReason.COORDINATOR)
    ):
        due = asked_by(starts_on(from_on, _day(made_at)), until_on, days, _day(meets))
        found[board_id, key, from_on, _day(made_at)].append((due, _day(was_done)))
    return _counted(found, today)


def _counted(found: Mapping[tuple[UUID, UUID, date, date | None], list[Step]], today: date) -> dict[UUID, InTime]:
    """Of each board, from the steps of each appointment with its board, its first day and the day it was made."""
    counted: dict[UUID, list[tuple[bool, bool]]] = defaultdict(list)
    for (board_id, _, from_on, made_on), steps in found.items():
        start = starts_on(from_on, made_on)
        if start <= today - IN_TIME and (in_time := is_in_time(start, steps)) is not None:
            counted[board_id].append((in_time, is_late_record(from_on, made_on)))
    return {
        board_id: InTime(sum(done for done, _ in each), len(each), sum(late for _, late in each))
        for board_id, each in counted.items()
    }
