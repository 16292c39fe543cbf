"""Finding a rep's seats, hours, public profile and messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import ROLE_PROFILE_OWN
from portal.accounts.models import Person
from portal.boards.models import Appointment, Board, Group, Seat
from portal.infra.database import db
from portal.infra.name_order import by_name
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.role_profiles.models import HoursLogged, ProfileMessage, PublicProfile
from portal.role_profiles.rules import CONTACT, PHOTO


@dataclass(frozen=True)
class SeatHeld:
    """A seat that somebody holds today."""

    appointment: Appointment
    seat: Seat
    group: Group
    board: Board


def seats_held(person_id: UUID, today: date) -> list[SeatHeld]:
    """Where somebody sits today, by board and group."""
    statement = (
        select(Appointment, Seat, Group, Board)
        .join(Seat, Seat.id == Appointment.seat_id)
        .join(Group, Group.id == Appointment.group_id)
        .join(Board, Board.id == Appointment.board_id)
        .where(Appointment.person_id == person_id, Appointment.from_on <= today, Appointment.until_on >= today)
        .order_by(by_name(Board.short_name), by_name(Group.name), Appointment.id)
    )
    return [SeatHeld(*row) for row in db.session.execute(statement)]


def time_since(person_id: UUID, first: date) -> Sequence[HoursLogged]:
    """The hours somebody logged from a day on, newest first."""
    statement = select(HoursLogged).where(HoursLogged.person_id == person_id, HoursLogged.spent_on >= first)
    statement = statement.options(joinedload(HoursLogged.group))
    return db.session.scalars(statement.order_by(HoursLogged.spent_on.desc(), HoursLogged.id)).all()


def consultations(first: date, last: date) -> Sequence[HoursLogged]:
    """On every board, talks with carers that were logged for these days: for the clock."""
    statement = select(HoursLogged).where(HoursLogged.kind == "consulting", HoursLogged.spent_on.between(first, last))
    statement = across_boards(statement.options(joinedload(HoursLogged.group)), CrossBoardReason.CLOCK)
    return db.session.scalars(statement.order_by(HoursLogged.spent_on, HoursLogged.id)).all()


@seen_with(ROLE_PROFILE_OWN)
def own_hours(sight: Sight, entry_id: UUID) -> HoursLogged | None:
    limits = sight.of(HoursLogged)
    return db.session.scalar(select(HoursLogged).where(HoursLogged.id == entry_id, limits))


def profile(board_id: UUID, person_id: UUID) -> PublicProfile | None:
    one = (PublicProfile.board_id == board_id, PublicProfile.person_id == person_id)
    return db.session.scalar(select(PublicProfile).where(*one))


def profiles_of(person_id: UUID) -> dict[UUID, PublicProfile]:
    """What somebody lets everyone see, by board."""
    statement = select(PublicProfile).where(PublicProfile.person_id == person_id).order_by(PublicProfile.board_id)
    return {one.board_id: one for one in db.session.scalars(statement)}


def _sits(today: date) -> Select[UUID]:
    return select(Appointment.id).where(
        Appointment.person_id == PublicProfile.person_id,
        Appointment.board_id == PublicProfile.board_id,
        Appointment.from_on <= today,
        Appointment.until_on >= today,
    )


def public_profiles(board_id: UUID, today: date) -> list[PublicProfile]:
    """What the reps of a board let everyone see today; a term that ended takes its profile away."""
    statement = select(PublicProfile).join(PublicProfile.person).options(joinedload(PublicProfile.person))
    statement = statement.where(
        PublicProfile.board_id == board_id, Person.disabled_at.is_(None), exists(_sits(today).correlate(PublicProfile))
    )
    found = db.session.scalars(statement.order_by(PublicProfile.changed_at, PublicProfile.id))
    return [one for one in found if one.shows]


def public_profile(profile_id: UUID, today: date) -> PublicProfile | None:
    """One that everyone may see today."""
    statement = select(PublicProfile).join(PublicProfile.person).options(joinedload(PublicProfile.person))
    statement = statement.where(
        PublicProfile.id == profile_id, Person.disabled_at.is_(None), exists(_sits(today).correlate(PublicProfile))
    )
    found: PublicProfile | None = db.session.scalar(statement)
    return found if found and found.shows else None


def with_photo(profile_id: UUID, today: date) -> PublicProfile | None:
    found = public_profile(profile_id, today)
    return found if found and PHOTO in found.shows and found.photo_stored_as else None


def shown_photo(board_id: UUID, person_id: UUID, today: date) -> PublicProfile | None:
    """The profile of a rep of a board with the photo that they let everyone see today."""
    found = profile(board_id, person_id)
    return with_photo(found.id, today) if found and PHOTO in found.shows else None


def open_to_letters(profile_id: UUID, today: date) -> PublicProfile | None:
    found = public_profile(profile_id, today)
    return found if found and CONTACT in found.shows else None


def photos_of(person_id: UUID) -> Select[str]:
    """Where the photos of somebody's profiles are kept."""
    own = (PublicProfile.person_id == person_id, PublicProfile.photo_stored_as != "")
    return select(PublicProfile.photo_stored_as).where(*own).order_by(PublicProfile.id)


def groups_of_reps(board_id: UUID, today: date) -> dict[UUID, list[str]]:
    """The names of the groups on which each rep of a board sits today."""
    statement = (
        select(Appointment.person_id, Group.name)
        .join(Group, Group.id == Appointment.group_id)
        .where(Appointment.board_id == board_id, Appointment.from_on <= today, Appointment.until_on >= today)
        .order_by(by_name(Group.name), Appointment.id)
    )
    found: dict[UUID, list[str]] = {}
    for person_id, name in db.session.execute(statement):
        found.setdefault(person_id, []).append(name)
    return found


def messages(person_id: UUID) -> Sequence[ProfileMessage]:
    """What the public wrote to somebody, newest first."""
    statement = select(ProfileMessage).where(ProfileMessage.person_id == person_id)
    return db.session.scalars(statement.order_by(ProfileMessage.sent_at.desc(), ProfileMessage.id)).all()


@seen_with(ROLE_PROFILE_OWN)
def own_message(sight: Sight, message_id: UUID) -> ProfileMessage | None:
    limits = sight.of(ProfileMessage)
    return db.session.scalar(select(ProfileMessage).where(ProfileMessage.id == message_id, limits))
