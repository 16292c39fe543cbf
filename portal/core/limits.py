"""A limit on what is paid, in words: in hours or miles too where these are paid at a rate."""

from __future__ import annotations

from portal.core.money import pounds
from portal.core.text import minutes_words


def limit_words(pence: int, per: str, whole: str = "") -> str:
    """'£10.70 a day', or '4 hours a day (£72.00)'; `whole` is what can be paid for within it."""
    return f"{whole} {per} ({pounds(pence)})" if whole else f"{pounds(pence)} {per}"


def paid_up_to(pence: int, per: str, whole: str = "") -> str:
    """The rule that cut an amount: 'Paid for up to 4 hours a day (£72.00)'."""
    return f"Paid {'for ' if whole else ''}up to {limit_words(pence, per, whole)}"


def hours_within(pence: int, rate: int | None) -> str:
    """How long a limit pays for at a rate for an hour: '4 hours'; '' unless that is a number of quarters."""
    return time_words(pence * 60 // rate) if rate and pence and not pence * 4 % rate else ""


def miles_within(pence: int, rate: int | None) -> str:
    """How far a limit pays for at a rate for a mile: '40 miles'; '' unless that is a number of tenths."""
    return miles_words(pence * 10 // rate) if rate and pence and not pence * 10 % rate else ""


def miles_words(tenths: int) -> str:
    """'12 miles', '12.5 miles', '1 mile'."""
    number = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths / 10:.1f}"
    return f"{number} {'mile' if tenths == 10 else 'miles'}"


def time_words(minutes: int) -> str:
    """'2 hours', '1 hour', '3 hours 10 minutes'."""
    return minutes_words(minutes)
