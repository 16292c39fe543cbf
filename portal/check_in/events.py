"""What can have happened to a check-in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CheckInEvent(Event):
    """Something about one rep and one meeting. No event says why anybody cannot come."""

    meeting_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class CheckInAsked(CheckInEvent):
    check_in_id: UUID
    generation: int


@dataclass(frozen=True, kw_only=True)
class CheckInAskedAgain(CheckInEvent):
    check_in_id: UUID
    generation: int


@dataclass(frozen=True, kw_only=True)
class CheckInAnswered(CheckInEvent):
    coming: str


@dataclass(frozen=True, kw_only=True)
class RepCannotCome(CheckInEvent):
    """One press, no reason asked. `depute` says whether somebody goes instead."""

    depute: bool


@dataclass(frozen=True, kw_only=True)
class ThreeAbsences(CheckInEvent):
    """Neither the rep nor a depute was at three meetings running. Nothing follows but that the officer knows."""

    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class PacksToPost(Event):
    """An occasion of the calendar: it is time to post printed papers to so many people."""

    meeting_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class PackPosted(CheckInEvent):
    """Printed papers went off to somebody."""


@dataclass(frozen=True, kw_only=True)
class AttendanceConfirmed(Event):
    meeting_id: UUID
