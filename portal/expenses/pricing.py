"""How claims are priced: miles in bands, time, and what was paid, under the limits of a policy. Pence are whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from portal.core.limits import hours_within, limit_words, miles_within, miles_words, paid_up_to, time_words
from portal.core.money import half_up, pounds
from portal.expenses.categories import BY_KEY, MILES, TIME

CAP_PER = (("item", "each time"), ("day", "a day"), ("claim", "a claim"), ("year", "a year, from 6 April"))


AT_COST = "What it cost"
NO_POLICY, NOT_COVERED = "There was no expenses policy on this day", "The board does not cover this"


def tax_year(day: date) -> int:
    """The year in which the tax year of a day began, on 6 April."""
    return day.year if (day.month, day.day) >= (4, 6) else day.year - 1


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

    def sentences(self, minutes: int = 0, *, to_approver: bool = False) -> str:
        """'The policy covers what it cost, £4.50', 'The policy covers part of 5 hours at £18.00 an hour, £72.00. …'.

        An approver is not told what it cost, which may be more than what they decide on.
        """
        of, _, rest = self.words.partition(". ")
        hours = time_words(minutes) if minutes else ""
        before = hours if not of.startswith(hours) else ""
        if rest in (NO_POLICY, NOT_COVERED) or not self.cost:
            said = "" if of == AT_COST else of
        elif of == AT_COST and to_approver:
            said = f"The policy covers {pounds(self.covered)}"
        else:
            said = f"The policy covers {self._share}{'what it cost' if of == AT_COST else of}"
            said += f", {pounds(self.covered)}" if self.covered else ""
        return ". ".join(part for part in (before, said, rest) if part)

    @property
    def _share(self) -> str:
        if self.covered == self.cost:
            return ""
        return "part of " if self.covered else "none of "


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
    return one.cost, AT_COST


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
        return 0, f". {NO_POLICY}"
    if not terms.is_covered:
        return 0, f". {NOT_COVERED}"
    if terms.cap is None:
        return cost, ""
    window = window_of(one.category, terms.cap_per, one.spent_on, one.key)
    used = pence.get(window, 0)
    covered = min(cost, max(0, terms.cap - used))
    pence[window] = used + covered
    return covered, _limit_applied(one.category, terms, used if covered < cost else None)


def _limit_applied(category: str, terms: Terms, used: int | None) -> str:
    """The limit that an amount was worked out with; `used` is what others took of it first, where it cut the amount."""
    if used is None:
        return f". The limit is {limit_of(category, terms)}"
    of_others = f". {pounds(used)} of it went to other expenses" if used else ""
    return f". {paid_up_to(*_limit(category, terms))}{of_others}"


def limit_of(category: str, terms: Terms) -> str:
    """'4 hours a day (£72.00)', '£10.70 a day'; '' where there is no limit."""
    return limit_words(*_limit(category, terms)) if terms.cap is not None else ""


def _limit(category: str, terms: Terms) -> tuple[int, str, str]:
    """A limit in pence, for what it is, and how many hours or miles of one rate it pays for."""
    cap, rate = terms.cap or 0, terms.rate if terms.rate_after is None else None
    within = {MILES: miles_within, TIME: hours_within}.get(BY_KEY[category].measure)
    return cap, dict(CAP_PER)[terms.cap_per], within(cap, rate) if within else ""


def window_of(category: str, per: str, day: date, key: str) -> Window:
    """Within what a cap counts: one line, a day, the claim, or the tax year."""
    return category, per, {"item": key, "day": day.isoformat(), "claim": "", "year": str(tax_year(day))}[per]
