"""What can have happened to inductions, courses, records, sessions with their bookings, and Carer Awareness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from portal.core.changes import ChangeEvent, Label
from portal.core.events import BoardEvent, Event
from portal.core.text import together
from portal.training.courses.rules import FOR_WHOM, HOW


@dataclass(frozen=True, kw_only=True)
class InductionEvent(BoardEvent, abstract=True):
    """Something about one person's induction; it belongs to their appointment."""

    appointment_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class InductionBegan(InductionEvent, sentence="An induction was set up"):
    pass


@dataclass(frozen=True, kw_only=True)
class InductionStepDone(InductionEvent, sentence="A step of an induction was done", nobody=True):
    step_id: UUID


@dataclass(frozen=True, kw_only=True)
class InductionStepTakenBack(InductionEvent, sentence="A step of an induction was not done after all", nobody=True):
    """Whoever marked it as done took that back."""

    step_id: UUID


@dataclass(frozen=True, kw_only=True)
class InductionStepDue(InductionEvent, sentence="A step of an induction was due"):
    """An occasion of the calendar: the day of a step has come. `owner` is whose it is."""

    step_id: UUID
    owner: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class InductionStepLate(InductionStepDue, sentence="A step of an induction was late"):
    """An occasion of the calendar, once a week until it is done."""


@dataclass(frozen=True, kw_only=True)
class InductionPlanChanged(ChangeEvent, sentence="Changed the induction plan", nobody=True):
    """A step was added or taken out."""


def _for_whom(keys: object) -> str:
    called = dict(FOR_WHOM)
    return together([called.get(str(key), str(key)) for key in keys] if isinstance(keys, list) else [])


@dataclass(frozen=True, kw_only=True)
class CourseChanged(ChangeEvent, sentence="Changed the list of courses", nobody=True):
    """A course was added, changed or taken out of the catalogue, of a board or the national one."""

    course_id: UUID

    labels: ClassVar[Mapping[str, Label]] = {
        "title": "title",
        "why": "why",
        "minutes": "minutes",
        "how": ("how", lambda how: dict(HOW).get(str(how), str(how))),
        "link": "link",
        "file_name": "file",
        "for_whom": ("for", _for_whom),
        "is_required": "whether it is required",
        "valid_months": "months it is valid",
    }


@dataclass(frozen=True, kw_only=True)
class RecordEvent(BoardEvent, abstract=True):
    """Something about one record of training."""

    record_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class TrainingRecorded(RecordEvent, sentence="Added training"):
    pass


@dataclass(frozen=True, kw_only=True)
class TrainingAnswered(RecordEvent, sentence="Confirmed or declined someone’s training"):
    """An officer confirmed it, or did not."""

    status: str


@dataclass(frozen=True, kw_only=True)
class TrainingRemoved(RecordEvent, sentence="Withdrew training", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class EvidenceOpened(RecordEvent, sentence="Opened a certificate", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class TrainingRunsOut(RecordEvent, sentence="Someone was told that their training is running out"):
    """An occasion of the calendar: so many days are left."""

    until: date
    days: int


@dataclass(frozen=True, kw_only=True)
class SessionEvent(BoardEvent, abstract=True):
    """Something about a training session."""

    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class SessionArranged(SessionEvent, sentence="Arranged a training session", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class SessionChanged(SessionEvent, ChangeEvent, sentence="Changed a training session"):
    """Its day, hours, place or link changed; `was_at` and `was_until` are when it began and ended before."""

    was_at: datetime
    was_until: datetime

    labels: ClassVar[Mapping[str, Label]] = {
        "starts_at": "begins",
        "ends_at": "ends",
        "place": "place",
        "link": "link",
        "places": "places",
    }


@dataclass(frozen=True, kw_only=True)
class SessionRenamed(SessionEvent, ChangeEvent, sentence="Changed what a training session is called", nobody=True):
    """Nobody needs to do anything about it."""

    labels: ClassVar[Mapping[str, Label]] = {"title": "title"}


@dataclass(frozen=True, kw_only=True)
class SessionCancelled(SessionEvent, sentence="Cancelled a training session"):
    pass


@dataclass(frozen=True, kw_only=True)
class SessionTomorrow(SessionEvent, sentence="People with a place were reminded of training tomorrow"):
    """An occasion of the calendar."""


@dataclass(frozen=True, kw_only=True)
class AttendanceNoted(SessionEvent, sentence="Recorded who was at training", nobody=True):
    """An officer said who was there."""


@dataclass(frozen=True, kw_only=True)
class BookingEvent(SessionEvent, abstract=True):
    """Something about one person's place."""

    booking_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlaceBooked(BookingEvent, sentence="Booked a place at training"):
    needs_care: bool


@dataclass(frozen=True, kw_only=True)
class PlaceWaitedFor(BookingEvent, sentence="Joined a waiting list for training"):
    pass


@dataclass(frozen=True, kw_only=True)
class PlaceGivenUp(BookingEvent, sentence="Gave up a place at training", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class PlaceFree(BookingEvent, sentence="Someone on a waiting list got a place"):
    """Somebody on the waiting list has a place now."""

    needs_care: bool


@dataclass(frozen=True, kw_only=True)
class AwarenessHeld(Event, sentence="Recorded Carer Awareness training", nobody=True):
    session_id: UUID


@dataclass(frozen=True, kw_only=True)
class OtherMembersCounted(Event, sentence="Said how many other members groups have", nobody=True):
    """How many other members the groups of a board have was written down."""
