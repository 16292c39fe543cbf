"""What can have happened to a check-in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import BoardEvent


@dataclass(frozen=True, kw_only=True)
class CheckInEvent(BoardEvent, abstract=True):
    """Something about one rep and one meeting. No event says why anybody cannot come."""

    meeting_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class CheckInAsked(CheckInEvent, sentence="A carer rep was asked if they’re coming", unnamed=True):
    check_in_id: UUID
    generation: int


@dataclass(frozen=True, kw_only=True)
class CheckInAskedAgain(CheckInEvent, sentence="A carer rep was asked again if they’re coming", unnamed=True):
    check_in_id: UUID
    generation: int


@dataclass(frozen=True, kw_only=True)
class CheckInAnswered(CheckInEvent, sentence="Said if they’re coming", nobody=True, unnamed=True):
    coming: str


@dataclass(frozen=True, kw_only=True)
class RepCannotCome(CheckInEvent, sentence="Sent apologies", unnamed=True):
    """One press, no reason asked. `depute` says whether somebody goes instead."""

    depute: bool


@dataclass(frozen=True, kw_only=True)
class ApologiesUndone(CheckInEvent, sentence="Undid their apologies", unnamed=True):
    """Within ten minutes. `is_told`: whoever heard of the apologies, or has acted on them, hears of this too.

    `on_behalf_of_id` is the rep, where a depute had said that they cannot go.
    """

    undo_id: UUID
    is_told: bool
    on_behalf_of_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ThreeAbsences(CheckInEvent, sentence="Officers were told of three absences in a row", unnamed=True):
    """Neither the rep nor a depute was at three meetings running. Nothing follows but that the officer knows."""

    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class PacksToPost(BoardEvent, sentence="Printed papers were due to be posted"):
    """An occasion of the calendar: it is time to post printed papers to so many people."""

    meeting_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class PackPosted(CheckInEvent, sentence="Posted printed papers", nobody=True):
    """Printed papers went off to somebody."""


@dataclass(frozen=True, kw_only=True)
class AttendanceConfirmed(BoardEvent, sentence="Recorded who came", nobody=True):
    meeting_id: UUID
