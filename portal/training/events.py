"""What can have happened to inductions, courses, records, sessions with their bookings, and Carer Awareness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class InductionEvent(Event):
    """Something about one person's induction; it belongs to their appointment."""

    appointment_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class InductionBegan(InductionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class InductionStepDone(InductionEvent):
    step_id: UUID


@dataclass(frozen=True, kw_only=True)
class InductionStepDue(InductionEvent):
    """An occasion of the calendar: the day of a step has come. `owner` is whose it is."""

    step_id: UUID
    owner: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class InductionStepLate(InductionStepDue):
    """An occasion of the calendar, once a week until it is done."""


@dataclass(frozen=True, kw_only=True)
class InductionPlanChanged(Event):
    pass


@dataclass(frozen=True, kw_only=True)
class CourseChanged(Event):
    """A course was added or taken out of the catalogue, of a board or the national one."""

    course_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecordEvent(Event):
    """Something about one record of training."""

    record_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class TrainingRecorded(RecordEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class TrainingAnswered(RecordEvent):
    """An officer confirmed it, or did not."""

    status: str


@dataclass(frozen=True, kw_only=True)
class TrainingRemoved(RecordEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class EvidenceOpened(RecordEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class TrainingRunsOut(RecordEvent):
    """An occasion of the calendar: so many days are left."""

    until: date
    days: int


@dataclass(frozen=True, kw_only=True)
class SessionEvent(Event):
    """Something about a training session."""

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionArranged(SessionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class SessionChanged(SessionEvent):
    """Its day, hours, place or link changed; `was_at` and `was_until` are when it began and ended before."""

    was_at: datetime
    was_until: datetime


@dataclass(frozen=True, kw_only=True)
class SessionCancelled(SessionEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class SessionTomorrow(SessionEvent):
    """An occasion of the calendar."""


@dataclass(frozen=True, kw_only=True)
class AttendanceNoted(SessionEvent):
    """An officer said who was there."""


@dataclass(frozen=True, kw_only=True)
class BookingEvent(SessionEvent):
    """Something about one person's place."""

    booking_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlaceBooked(BookingEvent):
    needs_care: bool


@dataclass(frozen=True, kw_only=True)
class PlaceWaitedFor(BookingEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PlaceGivenUp(BookingEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PlaceFree(BookingEvent):
    """Somebody on the waiting list has a place now."""

    needs_care: bool


@dataclass(frozen=True, kw_only=True)
class AwarenessHeld(Event):
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class OtherMembersCounted(Event):
    """How many other members the groups of a board have was written down."""
