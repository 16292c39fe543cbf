"""Finding seats and appointments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import BOARDS_READ, PEOPLE_READ
from portal.accounts.rules import INVITED
from portal.audit import queries as audit
from portal.boards.events import SeatGivenUp
from portal.boards.models import Appointment, Board, Seat
from portal.boards.people.queries import Invitation, invitations_of
from portal.boards.rules import is_current
from portal.boards.seats.rules import REMIND_OF_TERM_DAYS, overlaps, vacant_since
from portal.infra.database import db
from portal.infra.name_order import by_name
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with


@seen_with(BOARDS_READ)
def seat(sight: Sight, board: str, seat_id: UUID) -> Seat | None:
    limits = sight.of(Seat)
    return db.session.scalar(
        select(Seat).join(Board, Board.id == Seat.board_id).where(Board.key == board, Seat.id == seat_id, limits)
    )


@seen_with(PEOPLE_READ)
def appointment(sight: Sight, board: str, appointment_id: UUID) -> Appointment | None:
    limits = sight.of(Appointment)
    statement = select(Appointment).join(Board, Board.id == Appointment.board_id)
    statement = statement.where(Board.key == board, Appointment.id == appointment_id, limits)
    return db.session.scalar(statement.options(joinedload(Appointment.person)))


def appointments_ending(first: date, last: date) -> Sequence[Appointment]:
    """Appointments of every board whose term ends in these days: for the clock.

    Whoever leaves by a last day that somebody set is not asked if they would like to continue.
    """
    of_term = (Appointment.until_on.between(first, last), Appointment.ended_at.is_(None))
    statement = across_boards(select(Appointment).where(*of_term), CrossBoardReason.CLOCK)
    return db.session.scalars(statement.order_by(Appointment.until_on, Appointment.id)).all()


def terms_of_seat(board_id: UUID, seat_id: UUID) -> list[tuple[date, date]]:
    """Those of people who did not decline before they joined, nor were withdrawn."""
    return [one.held for one in reversed(appointments_of_seat(board_id, seat_id)) if one.held]


def without_joining(seat: Seat, from_on: date, until_on: date) -> list[Appointment]:
    """Of these days, appointments of people who declined their invitation, or had it withdrawn."""
    found = appointments_of_seat(seat.board_id, seat.id)
    out = [one for one in found if one.person.out_on and not one.gave_up]
    return [one for one in out if overlaps(from_on, until_on, [(one.from_on, one.until_on)])]


def appointments_of_seat(board_id: UUID, seat_id: UUID) -> Sequence[Appointment]:
    """Everyone who ever sat there, newest first."""
    statement = select(Appointment).where(Appointment.board_id == board_id, Appointment.seat_id == seat_id)
    statement = statement.options(joinedload(Appointment.person))
    return db.session.scalars(statement.order_by(Appointment.from_on.desc(), Appointment.id)).all()


def days_given_up(seat: Seat, terms: Sequence[Appointment]) -> dict[UUID, tuple[date, date]]:
    """By appointment, the days that were to be theirs who never joined, as the trail keeps them."""
    said, theirs = defaultdict(list), defaultdict(list)
    for one in terms:
        if one.gave_up:
            theirs[one.person_id].append(one)
    if not theirs:
        return {}
    for line in audit.lines_that_mention(seat.board_id, [SeatGivenUp], [seat.id]):
        first, last = (date.fromisoformat(line.facts[name]) for name in ("from_on", "until_on"))
        said[UUID(line.facts["person_id"])].append((first, last))
    in_order = {
        key: sorted(found, key=lambda one: (str(one.ended_at), str(one.made_at))) for key, found in theirs.items()
    }
    return {
        one.id: days
        for key, found in in_order.items()
        if len(found) == len(said[key])
        for one, days in zip(found, said[key], strict=True)
    }


@dataclass(frozen=True)
class SeatShown:
    """A seat with whoever sits in it, or since when nobody does; and whoever begins there next."""

    seat: Seat
    sitting: Appointment | None
    vacant_since: date | None
    coming: Appointment | None = None
    last_in_row: Appointment | None = None  # who leaves last before the first day that is free
    fell_through: Sequence[Appointment] = ()  # of people who declined, or whose invitation was withdrawn
    invitations: Mapping[UUID, Invitation] = field(default_factory=dict)  # by person, of those who have not joined

    @property
    def is_filled(self) -> bool:
        """Whether somebody who has joined sits there."""
        return self.sitting is not None and self.vacant_since is None

    def ends_soon(self, today: date) -> bool:
        """Whether whoever sits there leaves within the time in which officers are reminded of it."""
        return self.sitting is not None and (self.sitting.until_on - today).days <= REMIND_OF_TERM_DAYS[0]

    @property
    def is_someone_invited(self) -> bool:
        """Whether somebody can still accept the seat, in which nobody sits."""
        new = [one.person_id for one in (self.sitting, self.coming) if one]
        return any(self.invitations[key].state == INVITED for key in new if key in self.invitations)

    def invitation_words(self, appointment: Appointment) -> str:
        """' (invited, not yet accepted)' and so on, for those who may see it; '' of whoever joined."""
        invitation = self.invitations.get(appointment.person_id)
        return f" ({invitation.words})" if invitation else ""

    @property
    def whom_to_appoint(self) -> str:
        """Whom this seat lacks, in words: whoever is appointed now begins on the first day that is free."""
        if not self.coming:
            return "a successor" if self.sitting else "someone"
        if self.last_in_row:
            return f"someone after {self.last_in_row.person.name}"
        return f"someone until {self.coming.person.name} begins"

    @property
    def follows_at_once(self) -> bool:
        """Whether whoever begins next does so the day after the one who sits there now leaves."""
        return bool(self.sitting and self.coming and (self.coming.from_on - self.sitting.until_on).days == 1)


def seats_by_group(board_id: UUID, today: date) -> dict[UUID, list[SeatShown]]:
    """The open seats of a board under their groups."""
    seats = db.session.scalars(
        select(Seat)
        .where(Seat.board_id == board_id, or_(Seat.closed_on.is_(None), Seat.closed_on > today))
        .order_by(by_name(Seat.title), Seat.id)
    ).all()
    held = db.session.scalars(
        select(Appointment)
        .where(Appointment.board_id == board_id)
        .options(joinedload(Appointment.person))
        .order_by(Appointment.from_on, Appointment.id)
    ).all()
    by_seat = defaultdict(list)
    for one in held:
        by_seat[one.seat_id].append(one)
    invitations = invitations_of(one.person for one in held if one.until_on >= today)
    shown = defaultdict(list)
    for seat in seats:
        shown[seat.group_id].append(_shown(seat, by_seat[seat.id], today, invitations))
    return shown


def _shown(
    seat: Seat, appointments: list[Appointment], today: date, invitations: Mapping[UUID, Invitation]
) -> SeatShown:
    held = [one for one in appointments if one.held]
    sat = [(one.from_on, one.until_on) for one in held if one.person.joined_at]
    return SeatShown(
        seat,
        sitting=next((a for a in held if is_current(a.from_on, a.until_on, today)), None),
        vacant_since=vacant_since(seat.created_on, sat, today),
        coming=next((a for a in held if a.from_on > today), None),
        last_in_row=_last_in_row(held, today),
        fell_through=[one for one in appointments if one.is_out and one.until_on >= today],
        invitations=invitations,
    )


def _last_in_row(appointments: list[Appointment], today: date) -> Appointment | None:
    """Of those who follow each other from today without a free day, the one who leaves last."""
    free, last = today, None
    for one in appointments:
        if one.from_on <= free <= one.until_on:
            free, last = one.until_on + timedelta(days=1), one
    return last


def shown(seat: Seat, today: date) -> SeatShown:
    """One seat, as `seats_by_group` shows it."""
    found = list(reversed(appointments_of_seat(seat.board_id, seat.id)))
    return _shown(seat, found, today, invitations_of(one.person for one in found))


def other_terms(appointment: Appointment) -> list[tuple[date, date]]:
    """When others sat, sit or will sit in the seat of an appointment."""
    in_seat = appointments_of_seat(appointment.board_id, appointment.seat_id)
    return [one.held for one in in_seat if one.held and one.id != appointment.id]
