"""Every change to a rep's wish to stop: said, taken back, settled."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import delete

from portal.boards.events import AppointmentEnded
from portal.boards.models import Appointment
from portal.boards.seats import actions as seats_actions
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.role_profiles.events import RepStays, StepDownAsked, StepDownTakenBack
from portal.role_profiles.models import StepDownRequest
from portal.role_profiles.stepping_down import queries
from portal.role_profiles.stepping_down.rules import ASKED, ENDED, STAYS, TAKEN_BACK


def ask(appointment: Appointment, last_day: date, words: str) -> None:
    """A rep wants to leave a seat. Saying so twice is one wish: the second waits until the first is there."""
    db.session.refresh(appointment, with_for_update=True)
    if queries.open_requests_for(appointment.board_id, appointment.id):
        return
    of = {"board_id": appointment.board_id, "group_id": appointment.group_id, "person_id": appointment.person_id}
    asked = StepDownRequest(**of, appointment_id=appointment.id, last_day_on=last_day, asked_at=clock.now())
    asked.words = words
    db.session.add(asked)
    db.session.flush()
    record(StepDownAsked(**_event_ids(asked)))


def _event_ids(asked: StepDownRequest) -> dict[str, UUID]:
    of = {"board_id": asked.board_id, "group_id": asked.group_id, "person_id": asked.person_id}
    return {**of, "step_down_id": asked.id}


def take_back(asked: StepDownRequest) -> None:
    """The rep stays after all; what they wrote is gone at once. Once it is settled this changes nothing."""
    if asked.status == ASKED:
        _close(asked, TAKEN_BACK)
        asked.words = ""
        record(StepDownTakenBack(**_event_ids(asked)))


def note_that_they_stay(asked: StepDownRequest) -> None:
    """The officer and the rep talked, and the rep stays."""
    if asked.status == ASKED:
        _close(asked, STAYS)
        record(RepStays(**_event_ids(asked)))


@records_nothing("that the appointment has a last day is recorded")
def set_last_day(asked: StepDownRequest, last_day: date, because: str) -> None:
    """The officer ends the appointment, as the rep asked. That closes the wish too: see `close_with_appointment`."""
    if asked.status == ASKED:
        seats_actions.end_appointment(asked.appointment, last_day, because)


@records_nothing("that the appointment has a last day is recorded")
def close_with_appointment(event: AppointmentEnded) -> None:
    """Whoever set an earlier last day has done what the rep asked."""
    ended = db.session.get_one(Appointment, event.appointment_id)
    if ended.until_on < event.was_until_on:
        for asked in queries.open_requests_for(event.board_id, event.appointment_id):
            _close(asked, ENDED)


def _close(asked: StepDownRequest, status: str) -> None:
    asked.status, asked.closed_at = status, clock.now()


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    db.session.execute(delete(StepDownRequest).where(StepDownRequest.person_id == person_id))
