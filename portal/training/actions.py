"""Every change to induction plans, courses and records of training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.boards.models import Appointment
from portal.core import clock
from portal.infra import files
from portal.infra.database import db
from portal.infra.unit_of_work import record
from portal.training import queries
from portal.training.events import (
    CourseChanged,
    EvidenceOpened,
    InductionBegan,
    InductionPlanChanged,
    InductionStepDone,
    TrainingAnswered,
    TrainingRecorded,
    TrainingRemoved,
)
from portal.training.models import Course, InductionMark, InductionStep, TrainingRecord
from portal.training.rules import CONFIRMED, DECLINED, FIRST_MEETING_STEP, FIRST_PLAN, FOR_WHOM, NATIONAL_COURSES, SAID


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
            db.session.add(InductionStep(id=uuid4(), board_id=board_id, **of))
        db.session.flush()
        record(InductionPlanChanged(board_id=board_id))


def add_step(board_id: UUID, title: str, owner: str, days: int, at_first_meeting: bool = False) -> None:
    of = {"title": title, "owner": owner, "days": days, "at_first_meeting": at_first_meeting}
    db.session.add(InductionStep(id=uuid4(), board_id=board_id, **of))
    db.session.flush()
    record(InductionPlanChanged(board_id=board_id))


def close_step(step: InductionStep) -> None:
    """It is asked of nobody any more; who has done it stays on record."""
    step.closed_at = clock.now()
    record(InductionPlanChanged(board_id=step.board_id))


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
            db.session.add(InductionMark(id=uuid4(), **of, step_id=step_id, done_by_id=by_id, done_at=clock.now()))
    except IntegrityError:  # another press came first
        return
    record(InductionStepDone(**of, step_id=step_id))


def add_course(board_id: UUID | None, typed: Mapping[str, Any], file: tuple[str, str, bytes] | None = None) -> Course:
    """A course of a board; None for a national one. `file` is checked: name, kind and content."""
    course = Course(id=uuid4(), board_id=board_id, **typed)
    if file:
        course.file_name, course.kind, content = file
        course.stored_as = f"courses/{course.id.hex}"
        files.keep(course.stored_as, content)
    db.session.add(course)
    db.session.flush()
    record(CourseChanged(board_id=board_id, course_id=course.id))
    return course


def add_national_courses() -> None:
    """The nine that every board needs, without a link until the coordinator knows one."""
    everybody = [key for key, _ in FOR_WHOM[:2]]
    for title, why in NATIONAL_COURSES:
        add_course(None, {"title": title, "why": why, "minutes": 45, "how": "read", "for_whom": everybody})


def close_course(course: Course) -> None:
    """Out of the catalogue; records of it stay."""
    course.closed_at = clock.now()
    record(CourseChanged(board_id=course.board_id, course_id=course.id))


def add_record(
    record_id: UUID, board_id: UUID, person_id: UUID, typed: Mapping[str, Any], evidence: tuple[str, str, bytes] | None
) -> TrainingRecord:
    """Training that somebody had; an officer confirms it. `evidence` is a checked file: name, kind and content.

    The same id twice, from a form sent twice, is one record.
    """
    found = queries.own_record_by_id(person_id, record_id)
    if found is not None:
        return found
    one = TrainingRecord(id=record_id, board_id=board_id, person_id=person_id, status=SAID, made_at=clock.now())
    for name, value in typed.items():
        setattr(one, name, value)
    one.file_name = one.kind = one.stored_as = ""
    if evidence:
        one.file_name, one.kind, content = evidence
        one.stored_as = f"training/{board_id.hex}/{one.id.hex}"
        files.keep(one.stored_as, content)
    db.session.add(one)
    db.session.flush()
    record(TrainingRecorded(**_of(one)))
    return one


def _of(one: TrainingRecord) -> dict[str, Any]:
    return {"board_id": one.board_id, "record_id": one.id, "person_id": one.person_id}


def answer_record(one: TrainingRecord, officer_id: UUID, is_confirmed: bool) -> None:
    """An officer's word on a record, once."""
    if one.status == SAID:
        one.status = CONFIRMED if is_confirmed else DECLINED
        one.confirmed_by_id, one.confirmed_on = officer_id, clock.today()
        db.session.flush()
        record(TrainingAnswered(**_of(one), status=one.status))


def open_evidence(one: TrainingRecord) -> bytes:
    """The certificate, for whoever may see it; the trail has a line for each time."""
    record(EvidenceOpened(**_of(one)))
    return files.read(one.stored_as)


def remove_record(one: TrainingRecord) -> None:
    """Take back what is not confirmed, with its file."""
    if one.status != CONFIRMED:
        if one.stored_as:
            files.let_go(one.stored_as)
        db.session.delete(one)
        record(TrainingRemoved(**_of(one)))


def take_back_record(person_id: UUID, record_id: UUID) -> None:
    """What was confirmed by mistake, because somebody was not at a session after all."""
    one = queries.own_record_by_id(person_id, record_id)
    if one is not None:
        db.session.delete(one)
        record(TrainingRemoved(**_of(one)))


def forget_person(person_id: UUID) -> None:
    """An account ended: its records go, with their files. The trail has its line."""
    records = select(TrainingRecord).where(TrainingRecord.person_id == person_id).order_by(TrainingRecord.id)
    for one in db.session.scalars(records):
        if one.stored_as:
            files.let_go(one.stored_as)
        db.session.delete(one)
