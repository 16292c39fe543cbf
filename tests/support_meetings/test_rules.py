"""When a support meeting can be, when an answer may come, and what of opinions may be shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from portal.support_meetings.rules import may_answer, problem_with_day, problem_with_hour, tally, whole_quarters

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
MEETS = NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("starts_at", "problem"),
    [
        (NOW - timedelta(hours=1), "Enter a time in the future"),
        (MEETS, "Enter a time before the meeting, which starts at 10am"),
        (MEETS + timedelta(hours=1), "Enter a time before the meeting, which starts at 10am"),
        (MEETS - timedelta(hours=1), ""),
    ],
)
def test_a_support_meeting_is_ahead_and_before_the_meeting(starts_at: datetime, problem: str) -> None:
    assert problem_with_hour(starts_at, MEETS, NOW) == problem


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        (-1, "Enter a day in the future"),
        (0, ""),
        (7, ""),
        (8, "Enter the day of the meeting, Tuesday 10 March, or an earlier one"),
    ],
)
def test_a_day_on_which_no_hour_would_do_is_wrong_itself(days: int, problem: str) -> None:
    assert problem_with_day(NOW.date() + timedelta(days=days), MEETS.date(), NOW.date()) == problem


def test_an_answer_may_come_for_three_weeks() -> None:
    day = date(2026, 3, 3)
    assert not may_answer(day, day, is_over=False)
    assert may_answer(day, day + timedelta(days=21), is_over=True)
    assert not may_answer(day, day + timedelta(days=22), is_over=True)


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31)])
def test_figures_are_of_four_whole_quarters(today: date) -> None:
    first, last = whole_quarters(today)
    assert last < today
    assert (last + timedelta(days=1)).day == 1
    assert (last + timedelta(days=1)).month in (1, 4, 7, 10)
    assert first.replace(year=first.year + 1) == last + timedelta(days=1)


def test_nothing_is_shown_of_fewer_than_five_people() -> None:
    assert set(tally(["yes", "yes", "no", "partly"]).values()) == {None}
    assert tally(["yes"] * 5 + ["no"] * 5) == {"yes": 5, "partly": 0, "no": 5}
    assert set(tally(["yes"] * 5).values()) == {None}, "everybody's answer would be known"
    given_away = tally(["yes"] * 9 + ["no"])
    assert given_away["no"] is None
    assert given_away["yes"] is None, "else it could be worked out"
