"""Which last day somebody who wants to stop can have."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.role_profiles.stepping_down.rules import problem_with_day_to_set, problem_with_last_day
from tests.cast import TODAY


@given(st.dates(TODAY - timedelta(days=900), TODAY + timedelta(days=900)), st.dates(TODAY, TODAY + timedelta(days=900)))
def test_a_last_day_is_from_today_to_the_day_before_the_term_ends(last_day: date, until: date) -> None:
    fits = TODAY <= last_day < until
    assert (problem_with_last_day(last_day, TODAY, [("Main", until)]) == "") is fits
    assert (problem_with_day_to_set(last_day, TODAY, until) == "") is fits
