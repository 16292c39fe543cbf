"""How long boards, seats, roles and the accounts of their people are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_

from portal.accounts.actions import empty_accounts
from portal.accounts.models import Person
from portal.boards.models import Agreement, Appointment, Board, BoardAccess, Group, PaperTarget, Seat, StaffRole
from portal.retention.rule import IdColumn, RetentionRule

SIX_YEARS = 6 * 365 + 2
TWO_YEARS = 2 * 365 + 1
PORTAL_USED = "As long as the board uses the portal"


def _has_left(before: datetime) -> ColumnElement[bool]:
    """Invited, and without any role or seat, since before a moment."""
    day = before.date()
    role = exists().where(StaffRole.person_id == Person.id)
    role = role.where(or_(StaffRole.until_on.is_(None), StaffRole.until_on >= day))
    seat = exists().where(Appointment.person_id == Person.id, Appointment.until_on >= day)
    return and_(Person.invited_at < before, Person.erased_at.is_(None), ~role, ~seat)


def _ever_on(board_id: IdColumn) -> ColumnElement[bool]:
    """Whether a person ever had a role or seat on a board."""
    role = exists().where(StaffRole.person_id == Person.id, StaffRole.board_id == board_id)
    seat = exists().where(Appointment.person_id == Person.id, Appointment.board_id == board_id)
    return or_(role.correlate_except(StaffRole), seat.correlate_except(Appointment))


def _is_past(before: datetime) -> ColumnElement[bool]:
    """Nothing that a board did to somebody's access holds any more."""
    signed_out = or_(BoardAccess.signed_out_at.is_(None), BoardAccess.signed_out_at < before)
    reading = or_(BoardAccess.reading_ended_on.is_(None), BoardAccess.reading_ended_on < before.date())
    return and_(BoardAccess.suspended_at.is_(None), signed_out, reading)


RETENTION = (
    RetentionRule(
        Person,
        "Your account: name, email address, work phone, password (encrypted so that nobody can read it) and settings",
        "2 years after your last role or seat ended",
        days=TWO_YEARS,
        is_over=_has_left,
        told=True,
        empty=empty_accounts,
        of_board=_ever_on,
        secret=("password_hash", "sealed_totp", "totp_last_step", "feed_generation"),
    ),
    RetentionRule(Board, "The board and its settings", PORTAL_USED),
    RetentionRule(PaperTarget, "By how many days before a meeting papers should be there", PORTAL_USED),
    RetentionRule(Group, "Groups of the board", PORTAL_USED),
    RetentionRule(Seat, "Seats for carer reps", PORTAL_USED),
    RetentionRule(
        Agreement,
        "That administrators agreed to close your account, to withdraw your invitation, or to clear your second step",
        "30 days after they agreed",
        days=30,
        is_over=lambda before: Agreement.agreed_at < before,
    ),
    RetentionRule(
        BoardAccess,
        "That administrators signed you out of their board, suspended your access or closed past papers to you",
        "90 days after that, once the access is given back",
        days=90,
        is_over=_is_past,
    ),
    RetentionRule(
        Appointment,
        "Seats you held, and why you left one",
        "As long as the board keeps its public record of who sat where; your name goes with your account",
    ),
    RetentionRule(
        StaffRole,
        "Roles you held",
        "6 years after the role ended",
        days=SIX_YEARS,
        is_over=lambda before: StaffRole.until_on < before.date(),
        told=True,
    ),
)
