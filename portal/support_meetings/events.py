"""What can have happened to support meetings and points, and to the question how a meeting was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.core.events import BoardEvent
from portal.core.text import moment_words
from portal.core.values import EventFacts


@dataclass(frozen=True, kw_only=True)
class SupportEvent(BoardEvent, abstract=True):
    """Something about the support meeting before a meeting."""

    meeting_id: UUID
    starts_at: datetime

    @classmethod
    def details(cls, facts: EventFacts, _about_people: Mapping[str, str]) -> Iterable[str]:
        yield f"at {moment_words(datetime.fromisoformat(facts['starts_at']))}"


@dataclass(frozen=True, kw_only=True)
class SupportMeetingSet(SupportEvent, sentence="Set a support meeting"):
    """It was set, or its time or place changed: then with when and where it was."""

    was_at: datetime | None = None
    was_place: str = ""


@dataclass(frozen=True, kw_only=True)
class SupportMeetingCalledOff(SupportEvent, sentence="Cancelled a support meeting"):
    pass


@dataclass(frozen=True, kw_only=True)
class SupportMeetingTomorrow(SupportEvent, sentence="Reps were reminded of a support meeting tomorrow"):
    """An occasion of the calendar."""


@dataclass(frozen=True, kw_only=True)
class PointEvent(BoardEvent, abstract=True):
    """Something about one person's point for a meeting."""

    meeting_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointKept(PointEvent, sentence="Added a point for a meeting", nobody=True, unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class PointRemoved(PointEvent, sentence="Removed a point for a meeting", nobody=True, unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class MeetingFeedbackAsked(
    PointEvent, sentence="Someone was asked how a meeting went", formerly=("HowItWasAsked",), unnamed=True
):
    """An occasion of the calendar: the morning after a meeting, of whoever came."""


@dataclass(frozen=True, kw_only=True)
class MeetingFeedbackGiven(
    PointEvent, sentence="Said how a meeting went", nobody=True, formerly=("HowItWasAnswered",), unnamed=True
):
    pass
