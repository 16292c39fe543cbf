"""What can have happened to a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from portal.core.changes import ChangeEvent, Label
from portal.core.events import BoardEvent
from portal.meetings.rules import PURPOSES


@dataclass(frozen=True, kw_only=True)
class MeetingEvent(BoardEvent, abstract=True):
    """Something about one meeting."""

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingScheduled(MeetingEvent, sentence="Called a meeting", formerly=("MeetingCalled",)):
    pass


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(MeetingEvent, sentence="Moved a meeting"):
    """The day, hour or place changed; what it was is kept to be told."""

    was_at: datetime
    was_place: str
    version: int


@dataclass(frozen=True, kw_only=True)
class MeetingAdjourned(MeetingEvent, sentence="Adjourned a meeting"):
    was_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(MeetingEvent, sentence="Cancelled a meeting"):
    pass


@dataclass(frozen=True, kw_only=True)
class SittingCancelled(MeetingEvent, sentence="Cancelled another sitting of an adjourned meeting"):
    """The meeting was held on an earlier day, and that stays; it does not sit on this one."""

    was_at: datetime


@dataclass(frozen=True, kw_only=True)
class MeetingNotHeld(MeetingEvent, sentence="Recorded that a meeting did not take place"):
    """On its day, after it should have begun: too few came, or the weather."""


@dataclass(frozen=True, kw_only=True)
class AgendaChanged(MeetingEvent, sentence="Changed an agenda", nobody=True):
    item_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class StandingItemsChanged(
    BoardEvent, ChangeEvent, sentence="Changed which items a group has on every agenda", nobody=True
):
    group_id: UUID

    labels: ClassVar[Mapping[str, Label]] = {
        "title": "title",
        "purpose": ("purpose", lambda key: dict(PURPOSES).get(str(key), str(key))),
        "is_verbal": "verbal, without a paper",
        "is_at_end": "at the end",
        "place": "place",
    }


@dataclass(frozen=True, kw_only=True)
class DeputeStandsIn(MeetingEvent, sentence="Let a depute stand in", unnamed=True):
    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeputeStandsDown(MeetingEvent, sentence="A depute no longer stands in", unnamed=True):
    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeputeCannotCome(MeetingEvent, sentence="A depute cannot go", unnamed=True):
    """The depute said so; nobody asks why."""

    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class StandInUndone(
    MeetingEvent, sentence="Put a depute’s place back as apologies were undone", nobody=True, unnamed=True
):
    """Before anybody was told: a depute was called and is not needed, or cannot go and goes after all."""

    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingComesSoon(MeetingEvent, sentence="A meeting is coming up"):
    """Two days are left; an occasion of the calendar."""
