"""Pricing: what must hold of every claim, and the cases that people meet."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.expenses.categories import KEYS
from portal.expenses.claims.rules import NEXT, STATUSES, LineToCheck, may_become, problem_with_day, problems
from portal.expenses.decisions.rules import decided
from portal.expenses.pricing import CAP_PER, Item, Priced, Terms, Used, price, tax_year, window_of

DAY = date(2026, 4, 4)
terms = st.builds(
    Terms,
    is_covered=st.booleans(),
    rate=st.none() | st.integers(1, 3000),
    band_miles=st.none() | st.integers(0, 100),
    rate_after=st.none() | st.integers(1, 100),
    cap=st.none() | st.integers(0, 5000),
    cap_per=st.sampled_from([key for key, _ in CAP_PER]),
)
policies = st.dictionaries(st.sampled_from(KEYS), terms)
lines = st.lists(
    st.tuples(
        st.sampled_from(KEYS), st.integers(0, 4), st.integers(0, 3000), st.integers(0, 900), st.integers(0, 20_000)
    ),
    max_size=12,
)


def items(found: list[tuple[str, int, int, int, int]]) -> list[Item]:
    return [Item(str(n), c, DAY + timedelta(days=d), t, m, p) for n, (c, d, t, m, p) in enumerate(found)]


@settings(max_examples=300)
@given(lines, policies)
def test_pence_are_never_lost_and_never_above_a_cap(
    found: list[tuple[str, int, int, int, int]], policy: dict[str, Terms]
) -> None:
    claim = items(found)
    priced = price(claim, lambda category, _day: policy.get(category), Used())
    assert priced.keys() == {one.key for one in claim}
    spent: dict[tuple[str, str, str], int] = defaultdict(int)
    for one in claim:
        result = priced[one.key]
        assert 0 <= result.covered <= result.cost
        assert result.covered + result.not_covered == result.cost
        about = policy.get(one.category)
        if about is None or not about.is_covered:
            assert result.covered == 0
        elif about.cap is not None:
            spent[window_of(one.category, about.cap_per, one.spent_on, one.key)] += result.covered
    for (category, _per, _what), pence in spent.items():
        cap = policy[category].cap
        assert cap is not None
        assert pence <= cap


@settings(max_examples=200)
@given(lines, policies, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(
    found: list[tuple[str, int, int, int, int]], policy: dict[str, Terms], chance: random.Random
) -> None:
    claim = items(found)
    before = price(claim, lambda category, _day: policy.get(category), Used())
    chance.shuffle(claim)
    assert price(claim, lambda category, _day: policy.get(category), Used()) == before


def test_a_mile_is_priced_by_its_day() -> None:
    """45p until 5 April 2026, 55p from 6 April."""

    def rates(_category: str, day: date) -> Terms:
        return Terms(True, 45 if day < date(2026, 4, 6) else 55)

    claim = [Item("a", "car", date(2026, 4, 5), 105), Item("b", "car", date(2026, 4, 6), 105)]
    priced = price(claim, rates, Used())
    assert (priced["a"].cost, priced["b"].cost) == (473, 578)
    assert priced["b"].words == "10.5 miles at 55p a mile"


def test_beyond_the_band_of_the_tax_year_another_rate_holds() -> None:
    about = Terms(True, 55, band_miles=10_000, rate_after=25)
    used = Used(tenths={2026: 99_900})
    priced = price([Item("a", "car", date(2026, 5, 1), 200)], lambda _c, _d: about, used)
    assert priced["a"].cost == 10 * 55 + 10 * 25
    assert priced["a"].words == "10 miles at 55p and 10 miles at 25p a mile"
    fresh = price([Item("a", "car", date(2027, 4, 6), 200)], lambda _c, _d: about, used)
    assert fresh["a"].cost == 20 * 55


def test_over_the_cap_the_rest_is_not_covered() -> None:
    about = Terms(True, cap=490, cap_per="day")
    claim = [Item("a", "subsistence", DAY, cost=300), Item("b", "subsistence", DAY, cost=300)]
    priced = price(claim, lambda _c, _d: about, Used())
    assert sorted(one.covered for one in priced.values()) == [190, 300]
    assert any(
        one.words == "What it cost. Paid up to £4.90 a day. £3.00 of it went to other expenses"
        for one in priced.values()
    )


@pytest.mark.parametrize(
    ("priced", "to_rep", "to_approver"),
    [
        (Priced(450, 450, "What it cost"), "The policy covers what it cost, £4.50", "The policy covers £4.50"),
        (
            Priced(1500, 1070, "What it cost. Paid up to £10.70 a day"),
            "The policy covers part of what it cost, £10.70. Paid up to £10.70 a day",
            "The policy covers £10.70. Paid up to £10.70 a day",
        ),
        (Priced(540, 540, "12 miles at 45p a mile"), *["The policy covers 12 miles at 45p a mile, £5.40"] * 2),
        (
            Priced(9000, 7200, "5 hours at £18.00 an hour. Paid for up to 4 hours a day (£72.00)"),
            *["The policy covers part of 5 hours at £18.00 an hour, £72.00. Paid for up to 4 hours a day (£72.00)"] * 2,
        ),
        (
            Priced(500, 0, "What it cost. Paid up to £5.00 a day. £5.00 of it went to other expenses"),
            "The policy covers none of what it cost. Paid up to £5.00 a day. £5.00 of it went to other expenses",
            "The policy covers £0.00. Paid up to £5.00 a day. £5.00 of it went to other expenses",
        ),
        (Priced(500, 0, "What it cost. The board does not cover this"), *["The board does not cover this"] * 2),
        (
            Priced(540, 0, "12 miles at 45p a mile. The board does not cover this"),
            *["12 miles at 45p a mile. The board does not cover this"] * 2,
        ),
    ],
)
def test_every_rule_reads_as_sentences(priced: Priced, to_rep: str, to_approver: str) -> None:
    assert priced.sentences() == to_rep
    assert priced.sentences(to_approver=True) == to_approver


def test_hours_that_were_paid_for_as_they_cost_are_said_once() -> None:
    at_cost = Priced(6000, 6000, "What it cost").sentences(300)
    assert at_cost == "5 hours. The policy covers what it cost, £60.00"
    at_rate = Priced(9000, 9000, "5 hours at £18.00 an hour").sentences(300)
    assert at_rate == "The policy covers 5 hours at £18.00 an hour, £90.00"


def test_without_a_policy_nothing_is_covered_and_nothing_is_lost() -> None:
    priced = price([Item("a", "taxi", DAY, cost=1200)], lambda _c, _d: None, Used())
    assert (priced["a"].cost, priced["a"].covered) == (1200, 0)


def test_time_has_a_rate_or_costs_what_was_paid() -> None:
    claim = [Item("a", "replacement_care", DAY, minutes=150, cost=9999)]
    assert price(claim, lambda _c, _d: Terms(True, 1250), Used())["a"].cost == 3125
    assert price(claim, lambda _c, _d: Terms(True), Used())["a"].cost == 9999


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 4, 5), 2025), (date(2026, 4, 6), 2026), (date(2026, 1, 1), 2025)]
)
def test_tax_years(day: date, year: int) -> None:
    assert tax_year(day) == year


def test_problems_are_sentences() -> None:
    parking = LineToCheck("Parking", 600, False, "", 500)
    assert problems([], 0) == ["Add an expense first"]
    assert problems([parking], 600) == ["Parking needs a receipt over £5.00. Add one, or say why you have none"]
    assert problems([LineToCheck("Parking", 500, False, "", 500)], 500) == []
    assert problems([LineToCheck("Parking", 600, False, "The machine was broken", 500)], 600) == []
    assert "does not cover any of this" in problems([LineToCheck("Parking", 600, True, "", 0)], 0)[0]


def test_what_becomes_of_a_claim() -> None:
    assert decided([(5, 5), (3, 3)]) == "approved"
    assert decided([(5, 5), (3, 0)]) == "partly"
    assert decided([(5, 0)]) == "declined"


def test_states_follow_as_the_table_says() -> None:
    assert set(NEXT) <= set(STATUSES)
    assert may_become("sent", "approved")
    for end in ("paid", "declined"):
        assert not any(may_become(end, status) for status in STATUSES)


def test_days_that_cannot_be_claimed() -> None:
    today = date(2026, 3, 3)
    assert problem_with_day(date(2026, 3, 4), today, None) == "must be today or in the past"
    assert "must be Sunday 1 February 2026 or later" in problem_with_day(date(2026, 1, 1), today, date(2026, 2, 1))
    assert problem_with_day(today, today, date(2026, 2, 1)) == ""
