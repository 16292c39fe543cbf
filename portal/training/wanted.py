"""What inductions and records want of people, and where each rep of a board stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, case, or_

from portal.access.decide import reach
from portal.access.permissions import TRAINING_OWN
from portal.access.roles import CLERK, OFFICER, Viewer
from portal.accounts.models import Person
from portal.boards.models import Appointment
from portal.infra.scope import within
from portal.infra.wanted import wants
from portal.training.inductions.queries import first_meeting, followed
from portal.training.inductions.rules import REP as BY_REP
from portal.training.models import InductionMark, InductionStep, TrainingRecord
from portal.training.records.rules import CONFIRMED, SAID

STEP, OFFICERS_STEP, OTHERS_STEP, STEP_DONE = "step", "officers_step", "others_step", "step_done"
RECORD, TO_CONFIRM = "record", "training_to_confirm"


def _steps(kind: Any) -> Select[Any]:
    """Each step of each induction that is followed, done or not: from when, within how many days, until when.

    `moment` is of the meeting to which a step belongs, where one is planned.
    """
    more: dict[str, Any] = {
        "person_id": Appointment.person_id,
        "day": Appointment.from_on,
        "other_day": Appointment.until_on,
    }
    more |= {"number": InductionStep.days, "label": InductionStep.title, "name": Person.name}
    more["moment"] = case((InductionStep.at_first_meeting.is_(True), first_meeting()), else_=None)
    marked = and_(
        InductionMark.board_id == Appointment.board_id,
        InductionMark.appointment_id == Appointment.id,
        InductionMark.step_id == InductionStep.id,
    )
    return (
        wants(kind, Appointment.id, Appointment.board_id, **more)
        .select_from(Appointment)
        .join(InductionStep, InductionStep.board_id == Appointment.board_id)
        .join(Person, Person.id == Appointment.person_id)
        .outerjoin(InductionMark, marked)
        .where(InductionStep.closed_at.is_(None))
    )


def of_person(person: Viewer, today: date) -> Iterator[Select[Any]]:
    """Steps that are somebody's to do, of their own induction, or as officer or clerk of others'."""
    open_steps = and_(InductionMark.id.is_(None), *followed(today))
    if own := reach(person, TRAINING_OWN):
        yield _steps(STEP).where(open_steps, InductionStep.owner == BY_REP, within(own, Appointment))
    staff = [
        and_(InductionStep.owner == role, Appointment.board_id.in_(boards))
        for role in (OFFICER, CLERK)
        if (boards := person.boards_with(role))
    ]
    if staff:
        yield _steps(OTHERS_STEP).where(open_steps, or_(*staff))


def of_board(board_id: UUID, today: date) -> Iterator[Select[Any]]:
    """Every step of the inductions of a board, and the records that its officers confirm."""
    is_open, of_officer = InductionMark.id.is_(None), InductionStep.owner == OFFICER
    kinds = (
        (OFFICERS_STEP, and_(is_open, of_officer)),
        (OTHERS_STEP, and_(is_open, ~of_officer)),
        (STEP_DONE, InductionMark.id.is_not(None)),
    )
    for kind, which in kinds:
        yield _steps(kind).where(Appointment.board_id == board_id, which, *followed(today))
    more: dict[str, Any] = {
        "person_id": TrainingRecord.person_id,
        "day": TrainingRecord.valid_until,
        "label": TrainingRecord.title,
        "name": Person.name,
    }
    more |= {"number": case((TrainingRecord.status == SAID, 1), else_=0), "moment": TrainingRecord.created_at}
    records = wants(RECORD, TrainingRecord.course_id, TrainingRecord.board_id, **more)
    records = records.join(Person, Person.id == TrainingRecord.person_id)
    yield records.where(TrainingRecord.board_id == board_id, TrainingRecord.status.in_((CONFIRMED, SAID)))
