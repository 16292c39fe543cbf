"""Who has room, who fits, when each is asked if it helps, and who waits too long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.mentoring.rules import (
    FIRST_PULSE_DAYS,
    PULSE_EVERY_DAYS,
    Match,
    Places,
    has_not_met,
    has_room,
    in_common,
    is_pulse_open,
    may_become_mentor,
    problem_with_plan,
    pulse_day,
    pulse_to_answer,
    weeks_unanswered,
)

BEGAN = date(2026, 3, 3)


@pytest.mark.parametrize(
    ("taken", "most", "on_hold", "room"),
    [(0, 1, False, True), (1, 1, False, False), (2, 1, False, False), (0, 3, True, False)],
)
def test_a_mentor_has_room_below_their_number_and_not_on_hold(taken: int, most: int, on_hold: bool, room: bool) -> None:
    assert has_room(taken, most, on_hold) is room


@given(st.integers(0, 3000))
def test_the_question_comes_after_30_days_and_then_every_60(days: int) -> None:
    asked = pulse_day(BEGAN, BEGAN + timedelta(days=days))
    if days < FIRST_PULSE_DAYS:
        assert asked is None
    else:
        assert asked is not None
        since = (asked - BEGAN).days
        assert (since - FIRST_PULSE_DAYS) % PULSE_EVERY_DAYS == 0
        assert 0 <= days - since < PULSE_EVERY_DAYS


def test_an_answer_may_come_for_three_weeks() -> None:
    asked = pulse_day(BEGAN, BEGAN + timedelta(days=35))
    assert asked == BEGAN + timedelta(days=30)
    assert is_pulse_open(asked, asked + timedelta(days=20))
    assert not is_pulse_open(asked, asked + timedelta(days=21))


@pytest.mark.parametrize(("days", "weeks"), [(0, 0), (6, 0), (7, 1), (13, 1), (14, 2)])
def test_the_officer_is_told_after_seven_days(days: int, weeks: int) -> None:
    assert weeks_unanswered(BEGAN, BEGAN + timedelta(days=days)) == weeks


def test_who_fits_best_stands_first() -> None:
    full = Match("Full", Places(2), 2, False, ["Board"], ["phone"])
    stranger = Match("Stranger", Places(0), 2, False, [], [])
    near = Match("Near", Places(1), 2, False, [], ["phone"])
    knows = Match("Knows", Places(1), 2, False, ["Board"], ["phone"])
    free = Match("Free", Places(0), 2, False, ["Board"], ["phone"])
    assert sorted([full, stranger, near, knows, free], key=lambda m: m.order) == [free, knows, near, stranger, full]


def test_whoever_said_nothing_of_how_suits_everybody() -> None:
    assert in_common(["phone", "online"], []) == ["phone", "online"]
    assert in_common([], ["phone"]) == ["phone"]
    assert in_common(["phone"], ["online"]) == []


def test_a_rep_may_mentor_after_a_year() -> None:
    assert not may_become_mentor(BEGAN, BEGAN + timedelta(days=364))
    assert may_become_mentor(BEGAN, BEGAN + timedelta(days=365))


def test_a_plan_looks_ahead() -> None:
    assert problem_with_plan(None, BEGAN - timedelta(days=1), BEGAN)
    assert problem_with_plan(BEGAN, BEGAN + timedelta(days=1), BEGAN)
    assert not problem_with_plan(BEGAN, BEGAN, BEGAN)


FIRST = BEGAN + timedelta(days=30)


@pytest.mark.parametrize(
    ("days", "answered_on", "asked_on"),
    [
        (29, None, None),
        (30, None, FIRST),
        (50, None, FIRST),
        (51, None, None),
        (50, FIRST, None),
        (90, FIRST, FIRST + timedelta(days=60)),
        (95, FIRST + timedelta(days=60), None),
    ],
)
def test_somebody_is_asked_if_it_helps_until_they_answer_or_three_weeks_are_over(
    days: int, answered_on: date | None, asked_on: date | None
) -> None:
    assert pulse_to_answer(BEGAN, answered_on, BEGAN + timedelta(days=days)) == asked_on


@pytest.mark.parametrize(("days", "not_met"), [(60, False), (61, True)])
def test_a_pair_that_has_not_met_for_two_months_is_noticed(days: int, not_met: bool) -> None:
    assert has_not_met(BEGAN, BEGAN + timedelta(days=days)) is not_met
    assert not has_not_met(None, BEGAN)
