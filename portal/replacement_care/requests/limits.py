"""What the rate and the limit of a care policy come to, in words."""

from __future__ import annotations

from portal.core.limits import hours_within, limit_words, paid_up_to, time_words
from portal.core.money import half_up, pounds
from portal.core.text import minutes_words
from portal.replacement_care.requests.rules import EACH_TIME


def limit_of(cap: int | None, hourly_rate: int | None) -> str:
    """The limit of a care policy: '4 hours each time (£72.00)', '£70.00 each time'; '' where there is none."""
    return limit_words(cap, EACH_TIME, hours_within(cap, hourly_rate)) if cap else ""


def over_limit_words(cost: int | None, cap: int | None) -> str:
    """'£10.00 more than the care policy’s limit, £120.00 each time'; '' where it is not over it, or there is none."""
    if cap is None or (cost or 0) <= cap:
        return ""
    return f"{pounds((cost or 0) - cap)} more than the care policy’s limit, {pounds(cap)} {EACH_TIME}"


def estimate_words(minutes: int, hourly_rate: int, cap: int | None) -> str:
    """How an estimate was worked out: '5 hours at £18.00 an hour. Paid for up to 4 hours each time (£72.00)'."""
    words = f"{time_words(minutes)} at {pounds(hourly_rate)} an hour"
    if cap is None:
        return words
    if half_up(minutes * hourly_rate, 60) <= cap:
        return f"{words}. The limit is {limit_of(cap, hourly_rate)}"
    return f"{words}. {paid_up_to(cap, EACH_TIME, hours_within(cap, hourly_rate))}"


def worked_out(minutes: int, hourly_rate: int, cap: int | None) -> str:
    """The same as a sum: '4 hours × £18.00 = £72.00', '5 hours × £18.00 = £90.00, and up to £72.00 is paid'."""
    whole = half_up(minutes * hourly_rate, 60)
    words = f"{minutes_words(minutes)} × {pounds(hourly_rate)} = {pounds(whole)}"
    return words if cap is None or whole <= cap else f"{words}, and up to {pounds(cap)} is paid"
