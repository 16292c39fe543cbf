"""How claims are priced, what stands in the way of sending one, and which state follows which. Pence are whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from portal.core.money import half_up, pounds
from portal.core.text import short_day_words
from portal.expenses.categories import BY_KEY, MILES, TIME

DRAFT, SENT, QUERIED, WITHDRAWN, NOTHING = "draft", "sent", "queried", "withdrawn", "nothing"
APPROVED, PARTLY, DECLINED, IN_PAYMENT, PAID = "approved", "partly", "declined", "in_payment", "paid"
STATUSES = (DRAFT, SENT, QUERIED, WITHDRAWN, NOTHING, APPROVED, PARTLY, DECLINED, IN_PAYMENT, PAID)
STATUS_WORDS = {
    DRAFT: "Not sent yet",
    SENT: "Waiting for a decision",
    QUERIED: "A question for you",
    WITHDRAWN: "Taken back",
    NOTHING: "Nothing to claim",
    APPROVED: "Approved",
    PARTLY: "Partly approved",
    DECLINED: "Not approved",
    IN_PAYMENT: "Being paid",
    PAID: "Paid",
}
NEXT: Mapping[str, frozenset[str]] = {
    DRAFT: frozenset({SENT, NOTHING, WITHDRAWN}),
    NOTHING: frozenset({DRAFT}),
    WITHDRAWN: frozenset({DRAFT}),
    SENT: frozenset({QUERIED, APPROVED, PARTLY, DECLINED, WITHDRAWN}),
    QUERIED: frozenset({SENT, WITHDRAWN}),
    APPROVED: frozenset({IN_PAYMENT}),
    PARTLY: frozenset({IN_PAYMENT}),
    IN_PAYMENT: frozenset({PAID, APPROVED, PARTLY}),  # back when a run is opened again
}
OPEN_TO_CHANGE = (DRAFT, QUERIED)
SEEN_BY_BOARD = (SENT, QUERIED, APPROVED, PARTLY, DECLINED, IN_PAYMENT, PAID)
TO_PAY = (APPROVED, PARTLY)
CAP_PER = (("item", "each time"), ("day", "a day"), ("claim", "a claim"), ("year", "a year, from 6 April"))
FOR = (
    ("meeting", "A meeting"),
    ("training", "Training"),
    ("event", "An event"),
    ("consultation", "Talking with carers"),
)
MOST_MILES = 800
MOST_MINUTES = 24 * 60
USUAL_MOST_MILES = 150
OLDEST_DAYS = 5 * 366
LONGEST_DEADLINE = timedelta(days=730)
OFFER_STANDS = timedelta(days=60)


def may_become(status: str, wanted: str) -> bool:
    return wanted in NEXT.get(status, ())


REMIND_DAYS_LEFT = (14, 3)


def deadline_reminder(left: int) -> int:
    """Which reminder is due when so many days are left: 14, 3, or 0 for none."""
    return min((days for days in REMIND_DAYS_LEFT if 0 <= left <= days), default=0)


def tax_year(day: date) -> int:
    """The year in which the tax year of a day began, on 6 April."""
    return day.year if (day.month, day.day) >= (4, 6) else day.year - 1


def last_months(today: date, number: int = 12) -> list[tuple[date, date]]:
    """The first day of each of the last months that are over, and of the month after it; the latest first."""
    firsts = [today.replace(day=1)]
    for _ in range(number):
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    return [(first, following) for following, first in pairwise(firsts)]


@dataclass(frozen=True)
class Terms:
    """What a policy says of one category. Rates and caps are pence; None where there is none.

    `receipt_over` is the amount above which a receipt is needed: 0 always, None never.
    """

    is_covered: bool
    rate: int | None = None
    band_miles: int | None = None
    rate_after: int | None = None
    cap: int | None = None
    cap_per: str = "item"
    receipt_over: int | None = None


@dataclass(frozen=True)
class Item:
    """A line to price. Miles are tenths of miles, time is minutes, cost is what was paid; the others are 0."""

    key: str
    category: str
    spent_on: date
    tenths: int = 0
    minutes: int = 0
    cost: int = 0


@dataclass(frozen=True)
class Priced:
    """What a line costs, what of it the board covers, and how that was worked out."""

    cost: int
    covered: int
    words: str

    @property
    def not_covered(self) -> int:
        return self.cost - self.covered


Window = tuple[str, str, str]  # category, cap_per, and the day, claim or tax year


@dataclass
class Used:
    """What other claims of the same person have used up: tenths of miles by tax year, pence by window of a cap."""

    tenths: dict[int, int] = field(default_factory=dict)
    pence: dict[Window, int] = field(default_factory=dict)


TermsOn = Callable[[str, date], Terms | None]


def price(items: Iterable[Item], terms_on: TermsOn, used: Used) -> dict[str, Priced]:
    """Each line's price, by its key. The same lines give the same prices, in whatever order they were typed."""
    tenths, pence = dict(used.tenths), dict(used.pence)
    priced = {}
    for one in sorted(items, key=lambda i: (i.spent_on, i.category, i.tenths, i.minutes, i.cost, i.key)):
        terms = terms_on(one.category, one.spent_on)
        cost, words = _cost(one, terms, tenths.get(tax_year(one.spent_on), 0))
        if one.category == "car":
            tenths[tax_year(one.spent_on)] = tenths.get(tax_year(one.spent_on), 0) + one.tenths
        covered, limit = _under_cap(cost, one, terms, pence)
        priced[one.key] = Priced(cost, covered, f"{words}{limit}")
    return priced


def _cost(one: Item, terms: Terms | None, miles_before: int) -> tuple[int, str]:
    measure = BY_KEY[one.category].measure
    if measure == MILES:
        return _mileage(one, terms, miles_before)
    if measure == TIME and terms and terms.rate is not None:
        return half_up(one.minutes * terms.rate, 60), f"{time_words(one.minutes)} at {pounds(terms.rate)} an hour"
    return one.cost, "What you paid"


def _mileage(one: Item, terms: Terms | None, before: int) -> tuple[int, str]:
    """Miles at the rate, and beyond the band of the tax year at the rate after it. Rounded once, on the line."""
    rate = terms.rate if terms and terms.rate is not None else 0
    words = f"{miles_words(one.tenths)} at {pounds(rate)} a mile"
    if not terms or terms.band_miles is None or terms.rate_after is None:
        return half_up(one.tenths * rate, 10), words
    below = max(0, min(one.tenths, terms.band_miles * 10 - before))
    if below < one.tenths:
        beyond = miles_words(one.tenths - below)
        words = f"{miles_words(below)} at {pounds(rate)} and {beyond} at {pounds(terms.rate_after)} a mile"
    return half_up(below * rate + (one.tenths - below) * terms.rate_after, 10), words


def _under_cap(cost: int, one: Item, terms: Terms | None, pence: dict[Window, int]) -> tuple[int, str]:
    if terms is None:
        return 0, ". Your board had no expenses policy on this day"
    if not terms.is_covered:
        return 0, ". Your board does not cover this"
    if terms.cap is None:
        return cost, ""
    window = window_of(one.category, terms.cap_per, one.spent_on, one.key)
    left = max(0, terms.cap - pence.get(window, 0))
    covered = min(cost, left)
    pence[window] = pence.get(window, 0) + covered
    cap = f"{pounds(terms.cap)} {dict(CAP_PER)[terms.cap_per]}"
    return covered, "" if covered == cost else f", up to your board’s limit of {cap}"


def window_of(category: str, per: str, day: date, key: str) -> Window:
    """Within what a cap counts: one line, a day, the claim, or the tax year."""
    return category, per, {"item": key, "day": day.isoformat(), "claim": "", "year": str(tax_year(day))}[per]


def miles_words(tenths: int) -> str:
    """'12 miles', '12.5 miles', '1 mile'."""
    number = f"{tenths // 10}" if tenths % 10 == 0 else f"{tenths / 10:.1f}"
    return f"{number} {'mile' if tenths == 10 else 'miles'}"


def time_words(minutes: int) -> str:
    """'2 hours', '1 hour', '2.5 hours'."""
    number = f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
    return f"{number} {'hour' if minutes == 60 else 'hours'}"


def problem_with_day(day: date, today: date, first: date | None) -> str:
    """Why an expense of a day cannot be claimed, as a sentence; '' when it can. `first` is when the role began."""
    if day > today:
        return "Enter today or an earlier day"
    if first and day < first:
        return "You had no role on this day. Enter a later day"
    return "Enter a later day" if day < today - timedelta(days=OLDEST_DAYS) else ""


@dataclass(frozen=True)
class LineToCheck:
    """A line as it is before sending."""

    words: str
    amount: int
    has_receipt: bool
    reason: str
    receipt_over: int | None
    is_filled: bool = True


def problems(lines: Sequence[LineToCheck], covered: int) -> list[str]:
    """What stands in the way of sending a claim, as sentences."""
    if not lines:
        return ["Add what it cost you first"]
    found = []
    for one in lines:
        if not one.is_filled:
            found.append(f"{one.words}: enter what it was, or remove it")
            continue
        needs = one.receipt_over is not None and one.amount > one.receipt_over
        if needs and not one.has_receipt and not one.reason:
            over = f" over {pounds(one.receipt_over)}" if one.receipt_over else ""
            found.append(f"{one.words} needs a receipt{over}. Add one, or say why you have none")
    if not covered:
        found.append("Your board covers none of this, so there is nothing to send. It stays here for you")
    return found


def changes(before: Mapping[str, Sequence[Any]], after: Mapping[str, Sequence[Any]]) -> list[str]:
    """What is different in a claim that was sent once more, as sentences. Lines are [kind, day, pence, receipts]."""
    if not before:
        return []
    found = [f"{_named(before[key])} was taken away" for key in before if key not in after]
    for key, line in after.items():
        was = before.get(key)
        if was is None:
            found.append(f"{_named(line)} is new")
        elif was[:3] != line[:3]:
            found.append(f"{_named(was)} is now {_named(line)}")
        elif was[3] != line[3]:
            found.append(f"{_named(line)} has {'more' if line[3] > was[3] else 'fewer'} receipts")
    return found


def _named(line: Sequence[Any]) -> str:
    day = short_day_words(date.fromisoformat(line[1]))
    return f"{BY_KEY[line[0]].words}, {pounds(line[2])} on {day}"


def decided(amounts: Iterable[tuple[int, int]]) -> str:
    """What becomes of a claim, from (asked, approved) pence of each line."""
    pairs = list(amounts)
    if not any(approved for _, approved in pairs):
        return DECLINED
    return APPROVED if all(asked == approved for asked, approved in pairs) else PARTLY
