"""Figures of expenses: a total is the sum of its lines, no line is lost, and no days are negative."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.disclosure import LEAST_PEOPLE
from portal.expenses.categories import CATEGORIES
from portal.expenses.figures.queries import Line, OwnYear, totals_by_category, totals_by_month
from portal.expenses.figures.rules import last_months
from portal.expenses.models import Claim
from portal.expenses.paid_days.rules import problem_with_day

TODAY = date(2026, 11, 27)
FIRST, END = last_months(TODAY)[-1][0], last_months(TODAY)[0][1]
MOMENTS = st.integers(0, 364 * 24 * 60).map(lambda after: datetime(2025, 11, 1, tzinfo=UTC) + timedelta(minutes=after))
LINES = st.lists(
    st.tuples(
        MOMENTS.filter(lambda at: at >= moment(FIRST, time(0))),
        st.sampled_from([one.key for one in CATEGORIES]),
        st.integers(1, 9).map(str),
        st.integers(1, 50_000),
    ),
    max_size=40,
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
SHORT = st.integers(0, 90).map(lambda days: timedelta(days=days))
SENT_BEFORE = st.integers(-60, 90).map(lambda days: timedelta(days=days))


@given(LINES)
def test_both_tables_hold_every_line_once(lines: list[Line]) -> None:
    words = {one.key: one.words for one in CATEGORIES}
    by_category, by_month = totals_by_category(lines), totals_by_month(lines, TODAY)
    _is_sum_of(by_category, [(words[category], who, pence) for _, category, who, pence in lines])
    _is_sum_of(by_month, [(f"{london_day(at):%B %Y}", who, pence) for at, _, who, pence in lines])
    for rows in (by_category, by_month):
        if all(one.pence is not None for one in rows):
            assert sum(one.pence or 0 for one in rows) == sum(pence for *_, pence in lines)


def _is_sum_of(rows: object, lines: list[tuple[str, str, int]]) -> None:
    """Each name once; what is shown is the sum of its lines, and of five people or more."""
    assert isinstance(rows, list)
    pence: dict[str, int] = defaultdict(int)
    people: dict[str, set[str]] = defaultdict(set)
    for name, who, amount in lines:
        pence[name] += amount
        people[name].add(who)
    assert sorted(one.name for one in rows) == sorted(pence)
    for one in rows:
        if one.pence is not None:
            assert one.pence == pence[one.name]
            assert len(people[one.name]) >= LEAST_PEOPLE


@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 900), st.integers(0, 900), st.integers(0, 900))
def test_the_parts_of_a_year_add_up_to_its_cost(
    cost: int, claimed: int, approved: int, waiting: int, paid: int
) -> None:
    """Whatever is covered of what it cost, approved of what was claimed and decided, and paid of what was approved."""
    claimed = min(claimed, cost)
    waiting = min(waiting, claimed)
    approved = min(approved, claimed - waiting)
    year = OwnYear("Taxi", cost, claimed, approved, waiting=waiting, paid=min(paid, approved))
    assert year.approved + year.declined + year.waiting + year.not_covered == year.cost
    assert min(year.declined, year.not_covered, year.approved - year.paid) >= 0


@given(MOMENTS, st.integers(0, 60 * 24 * 90), st.integers(0, 400))
def test_no_claim_waits_a_negative_number_of_days(sent: datetime, minutes: int, earlier: int) -> None:
    """By London's days, whichever moment it was sent and decided: also while a clock is changed."""
    claim = Claim(sent_at=sent, earlier_days=earlier)
    days = claim.days_with_board(london_day(sent + timedelta(minutes=minutes)))
    assert days is not None
    assert earlier <= days <= earlier + (minutes + 60) // (60 * 24) + 1, "a day may have 23 hours"


@given(DAYS, DAYS, SHORT, SENT_BEFORE, st.none() | DAYS, SHORT)
def test_no_day_of_payment_that_is_taken_makes_its_days_negative(
    day: date, made_on: date, to_was: timedelta, sent_before: timedelta, closed: date | None, to_today: timedelta
) -> None:
    was, last_sent = made_on + to_was, made_on - sent_before
    today = was + to_today
    if problem_with_day(day, was, made_on, last_sent, closed, today):
        return
    claim = Claim(sent_at=moment(last_sent, time(12)), earlier_days=0)
    days = claim.days_with_board(day)
    assert days is not None
    assert days >= 0
    assert made_on <= day <= today
    assert day != was
    if closed:
        assert min(day, was) > closed
