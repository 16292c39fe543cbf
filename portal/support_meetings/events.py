"""What can have happened to support meetings and points, and to the question how a meeting was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class SupportEvent(Event):
    """Something about the support meeting before a meeting."""

    meeting_id: UUID
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class SupportMeetingSet(SupportEvent):
    """It was set, or its time or place changed."""


@dataclass(frozen=True, kw_only=True)
class SupportMeetingCalledOff(SupportEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class SupportMeetingTomorrow(SupportEvent):
    """An occasion of the calendar."""


@dataclass(frozen=True, kw_only=True)
class PointEvent(Event):
    """Something about one person's point for a meeting."""

    meeting_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointKept(PointEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PointRemoved(PointEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class HowItWasAsked(PointEvent):
    """An occasion of the calendar: the morning after a meeting, of whoever came."""


@dataclass(frozen=True, kw_only=True)
class HowItWasAnswered(PointEvent):
    pass
