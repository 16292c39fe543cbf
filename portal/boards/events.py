"""What can have happened on a board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class BoardCreated(Event):
    pass


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(Event):
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GroupCreated(Event):
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupChanged(Event):
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupClosed(Event):
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatCreated(Event):
    group_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatChanged(Event):
    group_id: UUID
    seat_id: UUID
    votes_from: date | None


@dataclass(frozen=True, kw_only=True)
class SeatClosed(Event):
    group_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class RepAppointed(Event):
    group_id: UUID
    seat_id: UUID
    appointment_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(Event):
    group_id: UUID
    appointment_id: UUID
    person_id: UUID
    was_until_on: date


@dataclass(frozen=True, kw_only=True)
class TermEndsSoon(Event):
    """An occasion of the calendar: six, three or one months are left."""

    group_id: UUID
    appointment_id: UUID
    person_id: UUID
    until_on: date


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event):
    person_id: UUID
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event):
    person_id: UUID
    role: str


@dataclass(frozen=True, kw_only=True)
class AccountChangeAgreed(Event):
    """An administrator agreed, for their board, to a change of somebody's account."""

    person_id: UUID
    what: str


@dataclass(frozen=True, kw_only=True)
class AgreementAsked(Event):
    """Another board of the same person must agree too: its administrators are asked."""

    person_id: UUID
    what: str


@dataclass(frozen=True, kw_only=True)
class PeopleImported(Event):
    people: int
