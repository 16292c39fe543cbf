"""What can have happened to a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MeetingEvent(Event):
    """Something about one meeting."""

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingCalled(MeetingEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(MeetingEvent):
    """The day, hour or place changed; what it was is kept to be told."""

    was_at: datetime
    was_place: str
    version: int


@dataclass(frozen=True, kw_only=True)
class MeetingAdjourned(MeetingEvent):
    was_on: date
    version: int


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(MeetingEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class AgendaChanged(MeetingEvent):
    item_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DeputeStandsIn(MeetingEvent):
    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeputeStandsDown(MeetingEvent):
    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeputeCannotCome(MeetingEvent):
    """The depute said so; nobody asks why."""

    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingComesSoon(MeetingEvent):
    """Two days are left; an occasion of the calendar."""
