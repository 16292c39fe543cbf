"""Every change to proposed appointments. Confirming one is appointing, in the same transaction."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import delete, or_

from portal.appointing.events import (
    AppointmentProposed,
    OfProposal,
    ProposalConfirmed,
    ProposalDeclined,
    ProposalWithdrawn,
)
from portal.appointing.models import ProposedAppointment
from portal.appointing.rules import CONFIRMED, DECLINED, WITHDRAWN
from portal.boards.models import Appointment, Seat
from portal.boards.people import queries as people
from portal.boards.seats import actions as seats
from portal.boards.seats import days
from portal.boards.seats.actions import SeatTaken
from portal.boards.seats.rules import overlaps
from portal.core import clock
from portal.core.addresses import email_address
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing


class AlreadyAnswered(Exception):
    """Another administrator answered it, or the officer withdrew it; its status says which."""


def propose(
    proposal_id: UUID,
    seat: Seat,
    by_id: UUID,
    name: str,
    email: str,
    capacity: str,
    from_on: date,
    until_on: date,
    reason: str = "",
) -> None:
    """The same id twice, from a form sent twice, is one. Raises SeatTaken where the seat is not free on these days."""
    if db.session.get(ProposedAppointment, proposal_id) is not None:
        return
    if problem := days.days_of_seat(seat.board_id, seat.id).problem_with(from_on, until_on):
        raise SeatTaken(problem)
    _refuse_twice(seat, name, email, from_on, until_on)
    known = people.person_of_board(seat.board_id, email_address(email), clock.today())
    made = ProposedAppointment(
        id=proposal_id,
        board_id=seat.board_id,
        group_id=seat.group_id,
        seat_id=seat.id,
        person_id=known.id if known else None,
        name=name,
        email=email_address(email),
        capacity=capacity,
        from_on=from_on,
        until_on=until_on,
        proposed_by_id=by_id,
        proposed_at=clock.now(),
    )
    made.reason = reason
    db.session.add(made)
    db.session.flush()
    _record(AppointmentProposed, made)


def confirm(proposal: ProposedAppointment) -> Appointment:
    """Appoint whom it proposes. Raises AlreadyAnswered, and SeatTaken, after which it is still to be answered."""
    _hold(proposal)
    seat = days.seat(proposal.board_id, proposal.seat_id)
    _refuse_twice(seat, proposal.name, proposal.email, proposal.from_on, proposal.until_on)
    term = (proposal.capacity, proposal.from_on, proposal.until_on)
    appointment = seats.appoint_by_email(seat, proposal.name, proposal.email, *term)
    proposal.person_id = appointment.person_id
    _answer(proposal, CONFIRMED)
    _record(ProposalConfirmed, proposal)
    return appointment


def decline(proposal: ProposedAppointment, why: str) -> None:
    """Raises AlreadyAnswered."""
    _hold(proposal)
    proposal.answer = why
    _answer(proposal, DECLINED)
    _record(ProposalDeclined, proposal)


def withdraw(proposal: ProposedAppointment) -> None:
    """The officer takes it back. Raises AlreadyAnswered."""
    _hold(proposal)
    _answer(proposal, WITHDRAWN)
    _record(ProposalWithdrawn, proposal)


def _refuse_twice(seat: Seat, name: str, email: str, from_on: date, until_on: date) -> None:
    """Nobody gets two seats of one group for the same days this way. Raises SeatTaken."""
    terms = days.terms_of_reps(seat.board_id).get((seat.group_id, email_address(email)), [])
    if overlaps(from_on, until_on, terms):
        raise SeatTaken(f"{name} already has a seat on this group on some of these days")


def _hold(proposal: ProposedAppointment) -> None:
    """Of two who answer at once the second sees what the first did."""
    db.session.refresh(proposal, ["status"], with_for_update=True)
    if not proposal.is_open:
        raise AlreadyAnswered


def _answer(proposal: ProposedAppointment, status: str) -> None:
    proposal.status, proposal.answered_at = status, clock.now()
    db.session.flush()


def _record(event: type[OfProposal], proposal: ProposedAppointment) -> None:
    where = {"board_id": proposal.board_id, "group_id": proposal.group_id, "seat_id": proposal.seat_id}
    record(event(**where, proposal_id=proposal.id))


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    """An account ended: proposals that name its owner, or were made by them, go with it."""
    theirs = or_(ProposedAppointment.person_id == person_id, ProposedAppointment.proposed_by_id == person_id)
    db.session.execute(delete(ProposedAppointment).where(theirs))
