"""What a policy says of one kind of expense, in words, and what its limit comes to in hours or miles."""

from __future__ import annotations

from portal.core.limits import hours_within, miles_within, miles_words, time_words
from portal.core.money import half_up, pounds
from portal.expenses.categories import BY_KEY, MILES, TIME
from portal.expenses.pricing import AT_COST, Terms, limit_of

NOT_COVERED = "Not covered yet"
SEEN_BY = "Only your board’s approvers and administrators can see the draft"  # who holds policy:write
PER = {MILES: "a mile", TIME: "an hour"}


def wrote_it(name: str | None) -> str:
    """'Ann Fraser wrote it', 'You wrote it'; '' where nobody is known."""
    return f"{name} wrote it" if name else ""


def rate_words(category: str, terms: Terms) -> str:
    """'£18.50 an hour', '60p a mile for the first 10,000 miles of a tax year, then 25p', 'What it cost'."""
    if terms.rate is None:
        return AT_COST
    words = f"{pounds(terms.rate)} {PER.get(BY_KEY[category].measure, PER[TIME])}"
    if terms.band_miles is None or terms.rate_after is None:
        return words
    return f"{words} for the first {terms.band_miles:,} miles of a tax year, then {pounds(terms.rate_after)}"


def paid_words(category: str, terms: Terms) -> str:
    """How much is paid: '£18.50 an hour, up to 6 hours a day (£111.00)'; '' where nothing is."""
    if not terms.is_covered:
        return ""
    limit = limit_of(category, terms)
    return rate_words(category, terms) + (f", up to {limit}" if limit else "")


def receipt_words(terms: Terms) -> str:
    """'Receipt needed', 'Receipt over £5.00', or '' where none is needed."""
    if terms.receipt_over is None or not terms.is_covered:
        return ""
    return f"Receipt over {pounds(terms.receipt_over)}" if terms.receipt_over else "Receipt needed"


def in_words(category: str, terms: Terms) -> str:
    """All of it, as sentences."""
    if not terms.is_covered:
        return NOT_COVERED
    return " ".join(f"{one}." for one in (paid_words(category, terms), receipt_words(terms)) if one)


def limit_pays_for(category: str, terms: Terms) -> str:
    """What a limit pays for at one rate: '6 hours', 'about 5 hours 42 minutes', 'about 32.7 miles'; '' otherwise."""
    whole = _whole(category, terms)
    measure, cap, rate = BY_KEY[category].measure, terms.cap, terms.rate
    if whole or not cap or not rate or terms.rate_after is not None or measure not in PER:
        return whole
    parts, words = (cap * 10, miles_words) if measure == MILES else (cap * 60, time_words)
    return f"{'about ' if parts % rate else ''}{words(half_up(parts, rate))}"


def _whole(category: str, terms: Terms) -> str:
    """The same where a limit pays for a whole number of quarters of an hour, or tenths of a mile."""
    within = {MILES: miles_within, TIME: hours_within}.get(BY_KEY[category].measure)
    return within(terms.cap or 0, terms.rate) if within and terms.rate_after is None else ""


def limit_beside_rate(category: str, now: Terms, before: Terms | None = None) -> str:
    """What a limit comes to now, and what the policy before it came to, as sentences beside the limit.

    '' where the limit does not depend on a rate.
    """
    said = _comes_to(category, now, "is")
    was = _comes_to(category, before, "was") if before else ""
    if not said or not was or (now.rate, now.cap) == (before.rate if before else None, before.cap if before else None):
        return said
    return f"{said}. Before, {was}"


def _comes_to(category: str, terms: Terms, verb: str) -> str:
    """'£111.00 is about 5 hours 42 minutes at £19.50 an hour'."""
    of = limit_pays_for(category, terms) if terms.is_covered else ""
    return f"{pounds(terms.cap or 0)} {verb} {of} at {rate_words(category, terms)}" if of else ""
