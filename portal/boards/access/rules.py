"""Who sees nothing of a board although they have a role there, and why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

SUSPENDED, PROVE = "suspended", "prove"
SIGN_OUT, SUSPEND, RESTORE, END_READING = "sign-out", "suspend", "restore", "end-reading"


def why_kept_out(signed_out_at: datetime | None, suspended_at: datetime | None, proved_at: datetime | None) -> str:
    """SUSPENDED, PROVE where this session has to show first whose it is, or ''.

    `proved_at` is when it last did; None where no session is looking, as when a calendar is fetched.
    """
    if suspended_at:
        return SUSPENDED
    return PROVE if signed_out_at and proved_at and proved_at <= signed_out_at else ""


def has_read_enough(until_on: date, reading_ended_on: date | None) -> bool:
    """Whether reading on after a last day was ended, for a term up to then."""
    return reading_ended_on is not None and until_on <= reading_ended_on


def open_to(is_suspended: bool, holds_now: bool, reads_on: bool) -> Collection[str]:
    """What an administrator may do now to the access to their board of somebody who has joined."""
    found = [RESTORE] if is_suspended else [SIGN_OUT, SUSPEND] if holds_now else []
    return [*found, *([END_READING] if reads_on and not holds_now else [])]
