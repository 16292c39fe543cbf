"""An induction follows its appointment, whatever becomes of it; records count as long as they say."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.training.inductions.rules import (
    CLERK,
    DONE,
    DROPPED,
    DUE,
    FIRST_PLAN,
    LATE,
    LATER,
    OFFICER,
    REP,
    Progress,
    Task,
    asked_by,
    due_on,
    is_complete,
    is_in_time,
    progress,
    weeks_late,
)
from portal.training.records.rules import (
    CONFIRMED,
    SAID,
    Held,
    counts,
    is_renewed,
    problem_with_days,
    renewal_reminder,
    training_due,
    until_words,
    valid_until,
)

DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
TODAY = date(2026, 3, 3)


def tasks(from_on: date, done: int = 0) -> list[Task]:
    return [Task(str(n), t, o, due_on(from_on, days), n < done) for n, (t, o, days) in enumerate(FIRST_PLAN)]


@given(DAYS, st.integers(-200, 200), st.integers(0, 1100), st.integers(0, 6), DAYS)
def test_the_days_of_an_induction_follow_the_appointment_through_changes(
    from_on: date, shift: int, length: int, done: int, today: date
) -> None:
    later = from_on + timedelta(days=shift)
    for before, after in zip(tasks(from_on, done), tasks(later, done), strict=True):
        assert after.due_on - before.due_on == timedelta(days=shift)
    until_on = later + timedelta(days=length)
    for task in tasks(later, done):
        state = task.state(today, until_on)
        assert (state == DONE) == task.is_done
        if state in (DUE, LATE, LATER):
            assert later <= task.due_on <= until_on, "nobody is asked for anything outside their appointment"
            assert today <= until_on


@pytest.mark.parametrize(
    ("today", "until_on", "state"),
    [
        (date(2026, 2, 1), date(2027, 1, 1), LATER),
        (date(2026, 2, 25), date(2027, 1, 1), DUE),
        (date(2026, 3, 4), date(2027, 1, 1), LATE),
        (date(2026, 2, 25), date(2026, 2, 28), DROPPED),
        (date(2026, 4, 1), date(2026, 3, 31), DROPPED),
    ],
)
def test_the_state_of_a_step(today: date, until_on: date, state: str) -> None:
    assert Task("1", "x", "rep", TODAY, False).state(today, until_on) == state


def test_an_induction_is_complete_when_nothing_is_open() -> None:
    assert is_complete(tasks(TODAY, len(FIRST_PLAN)), TODAY, TODAY + timedelta(days=400))
    assert not is_complete(tasks(TODAY, 5), TODAY, TODAY + timedelta(days=400))
    assert is_complete(tasks(TODAY, 1), TODAY + timedelta(days=40), TODAY + timedelta(days=10))


@given(DAYS, st.integers(1, 120))
def test_a_course_counts_for_whole_months(done_on: date, months: int) -> None:
    until = valid_until(done_on, months)
    assert until
    assert (until.year - done_on.year) * 12 + until.month - done_on.month == months
    assert until.day <= done_on.day


def test_what_counts_today() -> None:
    assert valid_until(TODAY, None) is None
    assert counts(CONFIRMED, None, TODAY)
    assert counts(CONFIRMED, TODAY, TODAY)
    assert not counts(CONFIRMED, TODAY - timedelta(days=1), TODAY)
    assert not counts(SAID, None, TODAY)


@pytest.mark.parametrize(("left", "due"), [(61, 0), (60, 60), (15, 60), (14, 14), (0, 14), (-1, 0)])
def test_which_reminder_of_renewal_is_due(left: int, due: int) -> None:
    assert renewal_reminder(left) == due


def test_days_that_make_no_sense() -> None:
    assert problem_with_days(TODAY + timedelta(days=1), None, TODAY) == "must be today or in the past"
    assert (
        problem_with_days(TODAY, TODAY - timedelta(days=1), TODAY) == "must be the same as or after the training date"
    )
    assert problem_with_days(TODAY, TODAY, TODAY) == ""
    assert (weeks_late(TODAY, TODAY + timedelta(days=6)), weeks_late(TODAY, TODAY + timedelta(days=7))) == (0, 1)


@given(DAYS, st.integers(0, 540), st.none() | DAYS)
def test_a_step_is_due_on_the_day_of_the_first_meeting_where_there_is_one(
    from_on: date, days: int, meets_on: date | None
) -> None:
    assert due_on(from_on, days, meets_on) == (meets_on or from_on + timedelta(days=days))


BEGAN = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("steps", "in_time"),
    [
        ([(7, BEGAN), (90, BEGAN + timedelta(days=92))], True),
        ([(7, BEGAN), (90, BEGAN + timedelta(days=93))], False),
        ([(7, BEGAN), (90, None)], False),
        ([(7, BEGAN), (180, None)], True),
        ([(7, BEGAN), (None, None)], True),
        ([(180, BEGAN)], None),
        ([(180, None)], None),
        ([], None),
    ],
)
def test_an_induction_is_in_time_when_its_first_three_months_are_done_in_them(
    steps: list[tuple[int | None, date | None]], in_time: bool | None
) -> None:
    """A step without a day is dropped, as the appointment ends before. With no step due by then, there is no figure."""
    due = [(None if days is None else BEGAN + timedelta(days=days), done_on) for days, done_on in steps]
    assert is_in_time(BEGAN, due) is in_time


UNTIL = BEGAN + timedelta(days=100)


@pytest.mark.parametrize(
    ("days", "meets_on", "due"),
    [
        (7, None, BEGAN + timedelta(days=7)),
        (100, None, UNTIL),
        (101, None, None),
        (7, UNTIL, UNTIL),
        (7, UNTIL + timedelta(days=1), None),
    ],
)
def test_nobody_is_asked_for_a_step_that_is_due_after_the_appointment(
    days: int, meets_on: date | None, due: date | None
) -> None:
    assert asked_by(BEGAN, UNTIL, days, meets_on) == due


def test_an_induction_is_as_far_as_its_steps() -> None:
    late, later = TODAY - timedelta(days=1), TODAY + timedelta(days=9)
    assert progress(0, [], TODAY) is None
    assert progress(2, [], TODAY) == Progress(2, 2, None, False)
    assert progress(2, [later, late], TODAY) == Progress(2, 4, late, True)
    assert progress(0, [TODAY], TODAY) == Progress(0, 1, TODAY, False)
    assert [one.is_open for one in (Progress(2, 2, None, False), Progress(2, 4, late, True))] == [False, True]


def test_training_that_is_due_is_what_is_missing_or_runs_out() -> None:
    finance, chairing, aid = uuid4(), uuid4(), uuid4()

    def held(course_id: UUID | None, title: str, days: int | None) -> Held:
        until = None if days is None else TODAY + timedelta(days=days)
        return Held(uuid4(), uuid4(), course_id, title, until)

    required = {finance: "Finance", chairing: "Chairing", aid: "First aid"}
    has = [
        held(finance, "Finance", None),
        held(chairing, "Chairing", -1),
        held(aid, "First aid", 60),
        held(None, "A", 61),
    ]
    assert training_due(required, has, TODAY) == ["Chairing", "First aid (expires soon)"]


SOMEBODY = UUID(int=1)


def record(title: str, days: int | None, course_id: UUID | None = None, person: UUID = SOMEBODY) -> Held:
    return Held(UUID(int=9), person, course_id, title, None if days is None else TODAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("newer", "renewed"),
    [
        (record("First aid", 400), True),
        (record("first  AID ", None), True),
        (record("First aid", 4), False),
        (record("First aid", 3), False),
        (record("Chairing", 400), False),
        (record("First aid", 400, person=UUID(int=2)), False),
        (record("Aid, first", 400, UUID(int=3)), True),
    ],
)
def test_training_that_was_done_again_is_asked_for_nowhere(newer: Held, renewed: bool) -> None:
    old = record("First aid", 4, UUID(int=3))
    both = [old, newer]
    assert is_renewed(old, both) is renewed
    assert not is_renewed(newer, [newer])
    assert ("First aid (expires soon)" in training_due({}, both, TODAY)) is not renewed
    assert until_words(old, both, TODAY).endswith("done again since") is renewed


@given(st.lists(st.none() | st.integers(-400, 400), min_size=1, max_size=6))
def test_of_the_same_training_one_record_is_never_done_again(days: list[int | None]) -> None:
    """Whoever has something keeps one that is asked about when it runs out."""
    records = [record("First aid", one) for one in days]
    assert not all(is_renewed(one, records) for one in records)


@pytest.mark.parametrize(
    ("owner", "days", "due"),
    [
        (OFFICER, 12, date(2026, 3, 13)),  # the 15th is a Sunday
        (CLERK, 11, date(2026, 3, 13)),
        (REP, 12, date(2026, 3, 15)),
        (OFFICER, 13, date(2026, 3, 16)),
        (OFFICER, 31, date(2026, 4, 2)),  # Good Friday
    ],
)
def test_a_step_of_staff_is_due_on_a_working_day(owner: str, days: int, due: date) -> None:
    assert due_on(date(2026, 3, 3), days, None, owner) == due


def test_a_step_of_staff_is_not_due_before_the_first_day_nor_moved_from_the_first_meeting() -> None:
    saturday = date(2026, 3, 7)
    assert due_on(saturday, 1, None, OFFICER) == saturday
    assert due_on(date(2026, 3, 3), 60, saturday, OFFICER) == saturday
