"""Every change to induction plans and their steps."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from portal.boards.models import Appointment
from portal.core import clock
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import record
from portal.training.events import (
    InductionBegan,
    InductionPlanChanged,
    InductionStepDone,
    InductionStepTakenBack,
)
from portal.training.inductions import queries
from portal.training.inductions.rules import FIRST_MEETING_STEP, FIRST_PLAN
from portal.training.models import InductionMark, InductionStep


def begin(board_id: UUID, appointment_id: UUID, person_id: UUID) -> None:
    """The induction of an appointment starts; a board that has no plan yet gets the usual one."""
    set_up_plan(board_id)
    record(InductionBegan(board_id=board_id, appointment_id=appointment_id, person_id=person_id))


def set_up_plan(board_id: UUID) -> None:
    """The usual plan, for a board that has none."""
    if not queries.steps([board_id]):
        for title, owner, days in FIRST_PLAN:
            first = title == FIRST_MEETING_STEP
            of = {"title": title, "owner": owner, "days": days, "at_first_meeting": first}
            db.session.add(InductionStep(board_id=board_id, **of))
        db.session.flush()
        record(InductionPlanChanged(board_id=board_id, thing="the usual steps", done="added"))


def add_step(board_id: UUID, title: str, owner: str, days: int, at_first_meeting: bool = False) -> None:
    of = {"title": title, "owner": owner, "days": days, "at_first_meeting": at_first_meeting}
    db.session.add(InductionStep(board_id=board_id, **of))
    db.session.flush()
    record(InductionPlanChanged(board_id=board_id, thing=f"“{title}”", done="added"))


def close_step(step: InductionStep) -> None:
    """It is asked of nobody any more; who has done it stays on record."""
    step.closed_at = clock.now()
    record(InductionPlanChanged(board_id=step.board_id, thing=f"“{step.title}”", done="removed"))


def mark_done(appointment: Appointment, step_id: UUID, by_id: UUID) -> None:
    """A step is done. Pressed twice, it happens once."""
    one = select(InductionMark.id).where(
        InductionMark.appointment_id == appointment.id,
        InductionMark.board_id == appointment.board_id,
        InductionMark.step_id == step_id,
    )
    if db.session.scalar(one) is not None:
        return
    of = {"board_id": appointment.board_id, "appointment_id": appointment.id, "person_id": appointment.person_id}
    try:
        with db.session.begin_nested():
            db.session.add(InductionMark(**of, step_id=step_id, done_by_id=by_id, done_at=clock.now()))
    except IntegrityError:  # another press came first
        return
    record(InductionStepDone(**of, step_id=step_id))


def take_back(appointment: Appointment, step_id: UUID) -> None:
    """A step was marked as done by mistake."""
    one = delete(InductionMark).where(
        InductionMark.appointment_id == appointment.id,
        InductionMark.board_id == appointment.board_id,
        InductionMark.step_id == step_id,
    )
    of = {"board_id": appointment.board_id, "appointment_id": appointment.id, "person_id": appointment.person_id}
    if rows_changed(one) == 1:
        record(InductionStepTakenBack(**of, step_id=step_id))
