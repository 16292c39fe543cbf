"""Hours as people type them, and months."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.role_profiles.rules import months, parse_hours, problem_with_day


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("2", 120), ("1.5", 90), ("0.25", 15), ("1:30", 90), ("1h30", 90), ("2 hours", 120), ("90 min", 90), ("24", 1440)],
)
def test_hours_as_people_type_them(typed: str, minutes: int) -> None:
    assert parse_hours(typed) == minutes


@pytest.mark.parametrize("typed", ["", "0", "-1", "1e3", "NaN", "25", "1.555", "two", "1,5h", "24:01", "٢"])
def test_what_is_no_time(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_hours(typed)


@given(st.text(max_size=12))
def test_anything_else_is_refused_or_within_a_day(typed: str) -> None:
    try:
        minutes = parse_hours(typed)
    except ValueError:
        return
    assert 0 < minutes <= 1440


def test_days_that_cannot_be_logged() -> None:
    today = date(2026, 3, 3)
    assert problem_with_day(date(2026, 3, 4), today) == "Enter today or an earlier day"
    assert problem_with_day(date(2025, 2, 1), today) == "Enter a day of the last 12 months"
    assert problem_with_day(today, today) == ""


def test_six_months_newest_first() -> None:
    found = months([(date(2026, 3, 1), 90), (date(2026, 2, 28), 60), (date(2025, 3, 3), 999)], 12, date(2026, 3, 3))
    assert [(one.first.month, one.hours) for one in found][:3] == [(3, "1.5"), (2, "1"), (1, "0")]
    assert len(found) == 6
    assert {one.expected for one in found} == {12}
