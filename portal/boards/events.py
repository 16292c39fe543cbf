"""What can have happened on a board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.events import BoardEvent, Event


@dataclass(frozen=True, kw_only=True)
class BoardCreated(Event, sentence="Added the board", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(Event, sentence="Changed the settings", nobody=True):
    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PaperTargetSet(BoardEvent, sentence="Set the target for papers", nobody=True):
    """From a day on; `meetings_from` is the first day whose meetings are measured by it."""

    was_days: int
    days: int
    from_on: date
    meetings_from: date


@dataclass(frozen=True, kw_only=True)
class GroupCreated(Event, sentence="Added a group", nobody=True):
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupChanged(Event, sentence="Changed a group", nobody=True):
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupClosed(Event, sentence="Closed a group", nobody=True):
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatCreated(Event, sentence="Added a seat", nobody=True):
    group_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatChanged(Event, sentence="Changed a seat", nobody=True):
    group_id: UUID
    seat_id: UUID
    votes_from: date | None


@dataclass(frozen=True, kw_only=True)
class SeatClosed(Event, sentence="Closed a seat", nobody=True):
    group_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class RepAppointed(BoardEvent, sentence="Appointed a carer rep"):
    group_id: UUID
    seat_id: UUID
    appointment_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(BoardEvent, sentence="Ended an appointment"):
    group_id: UUID
    appointment_id: UUID
    person_id: UUID
    was_until_on: date


@dataclass(frozen=True, kw_only=True)
class TermEndsSoon(BoardEvent, sentence="A term ends soon"):
    """An occasion of the calendar: six, three or one months are left."""

    group_id: UUID
    appointment_id: UUID
    person_id: UUID
    until_on: date


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event, sentence="Gave a role", nobody=True):
    person_id: UUID
    role: str


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event, sentence="Ended a role", nobody=True):
    person_id: UUID
    role: str


@dataclass(frozen=True, kw_only=True)
class AccountChangeAgreed(Event, sentence="Agreed to change an account", nobody=True):
    """An administrator agreed, for their board, to a change of somebody's account."""

    person_id: UUID
    what: str


@dataclass(frozen=True, kw_only=True)
class AgreementAsked(BoardEvent, sentence="Administrators were asked to agree to change an account"):
    """Another board of the same person must agree too: its administrators are asked."""

    person_id: UUID
    what: str


@dataclass(frozen=True, kw_only=True)
class PeopleImported(Event, sentence="Imported people from a list", nobody=True):
    people: int
