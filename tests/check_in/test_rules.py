"""When reps are asked, for which day an answer is, and what the clerk is offered."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from portal.check_in.rules import (
    days_to_ask,
    expected_attendance,
    is_time_to_ask,
    is_time_to_call,
    needs_answer,
    undo_until,
)


def test_when_people_are_asked() -> None:
    meets_on = date(2026, 3, 13)
    assert days_to_ask(10) == (10, 3)
    assert days_to_ask(3) == (3,)
    assert not is_time_to_ask(meets_on, 10, 3, date(2026, 3, 2))
    assert is_time_to_ask(meets_on, 10, 3, date(2026, 3, 3))
    assert is_time_to_ask(meets_on, 10, 3, date(2026, 3, 9))
    assert not is_time_to_ask(meets_on, 10, 3, date(2026, 3, 10))
    assert is_time_to_ask(meets_on, 3, 0, date(2026, 3, 10))
    assert not is_time_to_ask(meets_on, 3, 0, meets_on)


def test_an_answer_is_for_the_day_that_was_asked_about() -> None:
    assert needs_answer(None, date(2026, 3, 13))
    assert needs_answer(date(2026, 3, 12), date(2026, 3, 13))
    assert not needs_answer(date(2026, 3, 13), date(2026, 3, 13))


@pytest.mark.parametrize(
    ("coming", "proposed"), [("in_person", "came"), ("online", "online"), ("no", "apologies"), ("", "")]
)
def test_what_the_clerk_is_offered(coming: str, proposed: str) -> None:
    assert expected_attendance(coming) == proposed


def test_an_officer_asks_in_the_last_three_days_those_who_have_not_answered() -> None:
    meets_on = date(2026, 3, 13)
    assert not is_time_to_call(None, meets_on, date(2026, 3, 9))
    assert is_time_to_call(None, meets_on, date(2026, 3, 10))
    assert is_time_to_call(date(2026, 3, 12), meets_on, meets_on)
    assert not is_time_to_call(meets_on, meets_on, meets_on)


def test_apologies_can_be_undone_until_a_whole_minute_so_that_every_page_says_the_same() -> None:
    assert undo_until(datetime(2026, 3, 3, 8, 48, 30, tzinfo=UTC)) == datetime(2026, 3, 3, 8, 59, tzinfo=UTC)
    assert undo_until(datetime(2026, 3, 3, 8, 48, tzinfo=UTC)) == datetime(2026, 3, 3, 8, 58, tzinfo=UTC)
