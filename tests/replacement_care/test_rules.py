"""The rules of care: nothing is ever left without somebody and a day, and times make sense."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.replacement_care.requests.rules import (
    ARRANGED,
    ASKED,
    CANCELLED,
    CANNOT,
    ENDED,
    NEXT,
    OFFICER,
    OPEN,
    PREPARATION,
    REP,
    STATUSES,
    TOOK_PLACE,
    Span,
    cover_deadline,
    estimate,
    hours_of,
    may_become,
    moved,
    overlapping,
    problem_with_day,
    problem_with_hours,
    proposed,
    waits_for,
)

TODAY = date(2026, 3, 3)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
TEN = datetime(2026, 3, 13, 10, 0, tzinfo=UTC)


@given(st.sampled_from(STATUSES), st.sampled_from(["", REP, OFFICER]), DAYS, st.integers(0, 60), DAYS)
def test_a_request_has_ended_or_waits_for_somebody_by_a_day(
    status: str, to_agree: str, day: date, lead: int, today: date
) -> None:
    waits = waits_for(status, to_agree, day, cover_deadline(day, lead), today)
    if status in ENDED:
        assert waits is None
    else:
        assert waits
        assert waits.who in (REP, OFFICER)
        assert waits.by >= today, "a day that is over helps nobody"


@pytest.mark.parametrize(
    ("day", "lead", "by"),
    [
        (date(2026, 3, 20), 5, date(2026, 3, 13)),  # the 15th is a Sunday
        (date(2026, 3, 20), 4, date(2026, 3, 16)),
        (date(2026, 4, 8), 3, date(2026, 4, 2)),  # Good Friday
    ],
)
def test_an_officer_has_until_a_working_day(day: date, lead: int, by: date) -> None:
    assert cover_deadline(day, lead) == by


def test_every_open_state_leads_to_an_end_and_ends_stay() -> None:
    for status in STATUSES:
        if status not in ENDED:
            assert {CANCELLED, CANNOT, TOOK_PLACE} <= NEXT[status]
    assert not any(may_become(end, ASKED) for end in ENDED)
    assert not any(may_become(CANCELLED, other) for other in STATUSES)
    assert not any(may_become(TOOK_PLACE, other) for other in (*OPEN, CANCELLED, CANNOT)), "an answer only changes"


@pytest.mark.parametrize(
    ("status", "to_agree", "today", "who", "by"),
    [
        (ASKED, "", TODAY, OFFICER, date(2026, 3, 8)),
        (ASKED, "", date(2026, 3, 10), OFFICER, date(2026, 3, 10)),
        (ARRANGED, "", TODAY, REP, date(2026, 3, 14)),
        (ARRANGED, REP, TODAY, REP, date(2026, 3, 8)),
        (ARRANGED, OFFICER, TODAY, OFFICER, date(2026, 3, 8)),
        (ARRANGED, "", date(2026, 3, 14), REP, date(2026, 3, 20)),
        (ASKED, "", date(2026, 3, 30), OFFICER, date(2026, 3, 30)),
    ],
)
def test_whom_it_waits_for(status: str, to_agree: str, today: date, who: str, by: date) -> None:
    waits = waits_for(status, to_agree, date(2026, 3, 13), date(2026, 3, 8), today)
    assert waits
    assert (waits.who, waits.by) == (who, by)


def test_times_around_a_meeting_and_when_it_moves() -> None:
    span = proposed(TEN, 45)
    assert (span.starts_at, span.ends_at) == (TEN - timedelta(minutes=45), TEN + timedelta(minutes=165))
    assert (span.minutes, span.travel_minutes) == (210, 90)
    later = moved(span, TEN, datetime(2026, 4, 2, 13, 0, tzinfo=UTC))  # summer time: 2pm in London
    assert (later.starts_at, later.minutes) == (datetime(2026, 4, 2, 12, 15, tzinfo=UTC), 210)


@given(st.integers(0, 22), st.integers(0, 360))
def test_what_is_proposed_stays_within_its_day(hour: int, one_way: int) -> None:
    """Not in the last hour before midnight, when no meeting begins."""
    span = proposed(datetime(2026, 1, 15, hour, 30, tzinfo=UTC), one_way)
    assert span.day == date(2026, 1, 15)
    assert span.starts_at < span.ends_at <= datetime(2026, 1, 15, 23, 59, tzinfo=UTC)
    assert span.travel_minutes <= span.minutes


@given(st.integers(0, 23), st.integers(0, 360))
def test_a_moved_span_stays_within_its_day(hour: int, one_way: int) -> None:
    span = Span(TEN - timedelta(minutes=one_way), TEN + timedelta(hours=2), 2 * one_way)
    later = moved(span, TEN, datetime(2026, 1, 15, hour, 0, tzinfo=UTC))
    assert later.day == date(2026, 1, 15)
    assert (later.ends_at - timedelta(minutes=1)).date() == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("from_hour", "until_hour", "travel", "words"),
    [
        (time(9), time(14), 90, ""),
        (time(14), time(9), 0, "It must end after it begins"),
        (time(9), time(9), 0, "It must end after it begins"),
        (time(22), time(2), 0, "past midnight"),
        (time(9), time(10), 90, "longer than the whole time"),
    ],
)
def test_hours_that_make_no_sense(from_hour: time, until_hour: time, travel: int, words: str) -> None:
    problem = problem_with_hours(from_hour, until_hour, travel)
    assert words in problem
    assert bool(problem) == bool(words)


def test_days_too_far_away() -> None:
    assert problem_with_day(TODAY, TODAY) == ""
    assert problem_with_day(TODAY - timedelta(days=30), TODAY) == ""
    assert "last 12 months" in problem_with_day(TODAY - timedelta(days=366), TODAY)
    assert "13 months" in problem_with_day(TODAY + timedelta(days=401), TODAY)


def test_overlapping_requests() -> None:
    one, two = proposed(TEN, 0), proposed(TEN + timedelta(hours=2), 0)
    assert overlapping(one, [two]) is None, "one ends when the other begins"
    assert overlapping(one, [two, proposed(TEN, 30)]) == proposed(TEN, 30)


@given(st.integers(1, 1440), st.one_of(st.none(), st.integers(1, 10_000)), st.one_of(st.none(), st.integers(1, 50_000)))
def test_an_estimate_is_never_above_the_limit(minutes: int, rate: int | None, cap: int | None) -> None:
    cost = estimate(minutes, rate, cap)
    assert (cost is None) == (rate is None)
    if cost is not None and cap is not None:
        assert cost <= cap


@given(st.sampled_from(["meeting", "preparation", "training", "event"]), st.integers(0, 100))
def test_hours_add_up(what: str, one_way: int) -> None:
    span = proposed(TEN, one_way)
    parts = hours_of(what, span)
    assert sum(parts.values()) == span.minutes
    assert (parts["preparation"] > 0) == (what == PREPARATION)
