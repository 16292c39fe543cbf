"""What is so of emails to people: what a link to get fewer of them rests on."""

from __future__ import annotations

import hashlib
from datetime import datetime, time, timedelta

from portal.accounts.rules import USUAL
from portal.core.calendar import moment
from portal.core.clock import london_day

DAILY_AT, GATHERED_AT = time(7), time(8, 10)  # what a day brings about training and mentoring is there at eight
UNSUBSCRIBE = "fewer-emails"  # the purpose of the link


def mark_of_address(email: str) -> str:
    """Dead when the address changes, and only then: whoever has an old email of theirs can still use its link."""
    return hashlib.sha256(email.lower().encode()).hexdigest()[:16]


def held_until(emails_wanted: str, since: datetime) -> datetime:
    """When what is held goes, together with others: the next 7am, or ten past eight for whoever chose nothing else."""
    hour, day = GATHERED_AT if emails_wanted == USUAL else DAILY_AT, london_day(since)
    today = moment(day, hour)
    return today if since <= today else moment(day + timedelta(days=1), hour)
