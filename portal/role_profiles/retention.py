"""How long hours, public profiles and letters to reps are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement

from portal.retention.rule import RetentionRule
from portal.role_profiles.models import HoursLogged, ProfileMessage, PublicProfile
from portal.role_profiles.rules import MESSAGES_STAY_DAYS


def _given_before(before: datetime) -> ColumnElement[bool]:
    return HoursLogged.spent_on < before.date()


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
        "What people wrote to you through your public profile, scrambled",
        f"{MESSAGES_STAY_DAYS} days",
        days=MESSAGES_STAY_DAYS,
        is_over=lambda before: ProfileMessage.sent_at < before,
    ),
)
