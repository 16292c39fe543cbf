"""Months, and days that cannot be logged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from portal.role_profiles.rules import Expected, expected_by_versions, months, problem_with_day


def test_days_that_cannot_be_logged() -> None:
    today = date(2026, 3, 3)
    assert problem_with_day(date(2026, 3, 4), today) == "must be today or in the past"
    assert problem_with_day(date(2025, 2, 1), today) == "must be in the last 12 months"
    assert problem_with_day(today, today) == ""


ROLE = Expected(12, date(2024, 1, 1), date(2027, 1, 1))


def test_six_months_newest_first() -> None:
    found = months([(date(2026, 3, 1), 90), (date(2026, 2, 28), 60), (date(2025, 3, 3), 999)], [ROLE], date(2026, 3, 3))
    assert [(one.first.month, one.hours) for one in found][:3] == [(3, "1.5"), (2, "1"), (1, "0")]
    assert len(found) == 6
    assert {one.expected for one in found} == {12}


def test_nothing_is_expected_of_a_month_before_a_role_began() -> None:
    new = replace(ROLE, hours=5, from_on=date(2026, 2, 28))
    assert [one.expected for one in months([], [new], date(2026, 3, 3))] == [5, 5, None, None, None, None]
    assert [one.expected for one in months([], [new, ROLE], date(2026, 3, 3))] == [17, 17, 12, 12, 12, 12]
    over = replace(ROLE, until_on=date(2026, 1, 31))
    assert [one.expected for one in months([], [over], date(2026, 3, 3))] == [None, None, 12, 12, 12, 12]
    assert [one.expected for one in months([], [], date(2026, 3, 3))] == [None] * 6


def test_a_month_goes_by_the_version_that_was_in_force_as_it_began() -> None:
    """14 hours a month until version 2, published on 26 November, asks for 15."""
    written = [(14, date(2026, 3, 1)), (15, date(2026, 11, 26))]
    found = expected_by_versions(written, date(2026, 1, 10), date(2028, 1, 1))
    assert [one.expected for one in months([], found, date(2027, 1, 5))] == [15, 15, 14, 14, 14, 14]
    assert expected_by_versions([], date(2026, 1, 10), date(2028, 1, 1)) == []
    after = expected_by_versions(written, date(2027, 2, 1), date(2028, 1, 1))
    assert [one.hours for one in after] == [15], "nothing of a version before the appointment"
