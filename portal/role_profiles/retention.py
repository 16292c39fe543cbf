"""How long hours, public profiles and letters to reps are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_

from portal.boards.models import Appointment
from portal.retention.rule import RetentionRule
from portal.role_profiles.letters.rules import WAITS_HOURS
from portal.role_profiles.models import HoursLogged, ProfileMessage, PublicProfile, StepDownRequest, UnconfirmedLetter
from portal.role_profiles.rules import MESSAGES_STAY_DAYS
from portal.role_profiles.stepping_down.rules import KEPT_DAYS


def _given_before(before: datetime) -> ColumnElement[bool]:
    return HoursLogged.spent_on < before.date()


def _settled_before(before: datetime) -> ColumnElement[bool]:
    """Settled, or never settled while the term ran out."""
    ran_out = exists().where(Appointment.id == StepDownRequest.appointment_id, Appointment.until_on < before.date())
    return or_(StepDownRequest.closed_at < before, ran_out)


RETENTION = (
    RetentionRule(
        HoursLogged,
        "Hours you logged; only you see them",
        "3 years",
        days=3 * 365 + 1,
        is_over=_given_before,
        told=True,
    ),
    RetentionRule(
        PublicProfile,
        "What you let everyone see of you",
        "Until you take it away, or your account ends; nobody sees it after your term",
        secret=("photo_stored_as",),
    ),
    RetentionRule(
        ProfileMessage,
        "What people wrote to you through your public profile, encrypted",
        f"{MESSAGES_STAY_DAYS} days",
        days=MESSAGES_STAY_DAYS,
        is_over=lambda before: ProfileMessage.sent_at < before,
    ),
    RetentionRule(
        UnconfirmedLetter,
        "What people wrote to reps and have not confirmed by a link in an email, encrypted",
        f"{WAITS_HOURS} hours",
        days=2,  # what the scheduler removes each minute should leave nothing
        is_over=lambda before: UnconfirmedLetter.written_at < before,
    ),
    RetentionRule(
        StepDownRequest,
        "That you want to stop being a rep, and your words about it, encrypted; deleted if you change your mind",
        f"{KEPT_DAYS} days after your last day was set, or you stayed",
        days=KEPT_DAYS,
        is_over=_settled_before,
    ),
)
