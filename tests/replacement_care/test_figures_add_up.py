"""Figures of care: a total is the sum of its rows, parts are no more than the whole, and no days are negative."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from hypothesis import example, given
from hypothesis import strategies as st

from portal.core.disclosure import LEAST_PEOPLE
from portal.replacement_care.figures.queries import counted, in_all
from portal.replacement_care.requests.came_of import Outcome
from portal.replacement_care.requests.rules import (
    ARRANGED,
    ARRANGING,
    ASKED,
    CANNOT,
    MEETING,
    NOT_HELD,
    PREPARATION,
    TOOK_PLACE,
    TRAINING,
    hours_of,
    proposed,
)

BEGAN = datetime(2026, 3, 1, tzinfo=UTC)  # the clocks go forward four weeks later
MINUTES = st.integers(0, 40 * 24 * 60)


@st.composite
def requests(draw: st.DrawFn) -> Any:
    asked = BEGAN + timedelta(minutes=draw(MINUTES))
    arranged = draw(st.none() | MINUTES.map(lambda later: asked + timedelta(minutes=later)))
    begins = asked + timedelta(minutes=draw(MINUTES))
    span = proposed(begins.replace(hour=12), draw(st.integers(0, 360)))  # never in the hour that the clocks skip
    return SimpleNamespace(
        on_day=span.day,
        status=draw(st.sampled_from([ASKED, ARRANGING, ARRANGED, CANNOT, TOOK_PLACE, NOT_HELD])),
        what=draw(st.sampled_from([MEETING, PREPARATION, TRAINING])),
        starts_at=span.starts_at,
        ends_at=span.ends_at,
        travel_minutes=span.travel_minutes,
        asked_at=asked,
        arranged_at=arranged,
        was_own_budget=draw(st.booleans()),
        person_id=UUID(int=draw(st.integers(1, 12))),
        ended_at=draw(st.none() | MINUTES.map(lambda later: span.ends_at + timedelta(minutes=later))),
    )


@given(st.lists(requests(), max_size=25), st.integers(0, 25))
def test_parts_are_no_more_than_the_whole_and_rows_add_up(rows: list[Any], first: int) -> None:
    care, parts = counted(rows), [counted(rows[:first]), counted(rows[first:])]
    assert care.asked == sum(one.asked for one in parts) == len(rows)
    assert care.came_of == {each: sum(one.came_of[each] for one in parts) for each in Outcome}
    assert sum(care.outcomes) == care.asked, "each is one of them, and none is both"
    assert (care.days is None) == (care.arranged == 0)
    if care.days is not None:
        assert care.days >= 0
    if care.own_budget is not None:
        assert 0 <= care.own_budget <= care.asked
    assert all(on_day <= recorded for on_day, recorded in care.ended)
    if care.minutes is not None:
        hours = [int((one.ends_at - one.starts_at).total_seconds()) // 60 for one in rows]
        assert sum(care.minutes.values()) == sum(hours), "no minute is lost, and none counted twice"
        assert min(care.minutes.values()) >= 0
    if care.own_budget is not None and all(one.own_budget is not None for one in parts):
        assert care.own_budget == sum(one.own_budget or 0 for one in parts)
    if care.own_budget:
        assert len({one.person_id for one in rows if one.was_own_budget}) >= LEAST_PEOPLE


@example(hour=673, one_way=1, what=MEETING)  # the journey begins at an hour that the clocks skip
@given(st.integers(0, 40 * 24), st.integers(0, 360), st.sampled_from([MEETING, PREPARATION, TRAINING]))
def test_no_part_of_the_hours_is_negative(hour: int, one_way: int, what: str) -> None:
    """However long the journey, and near midnight."""
    span = proposed(BEGAN + timedelta(hours=hour), one_way)
    assert min(hours_of(what, span).values()) >= 0
    assert sum(hours_of(what, span).values()) == span.minutes


@given(st.lists(st.lists(requests(), max_size=12), max_size=4))
def test_what_is_withheld_of_boards_cannot_be_worked_out_from_their_total(boards: list[list[Any]]) -> None:
    """All that the total tells beside the rows is of those withheld, together: they are enough people for it."""
    total, each = in_all(boards), [(rows, counted(rows)) for rows in boards]
    assert total.asked == sum(care.asked for _, care in each)
    if total.own_budget is not None:
        assert counted(row for rows, care in each if care.own_budget is None for row in rows).own_budget is not None
    if total.asked_shown is not None:
        hidden = {row.person_id for rows, care in each if care.asked_shown is None for row in rows}
        assert not 0 < len(hidden) < LEAST_PEOPLE
    if total.minutes is not None:
        assert counted(row for rows, care in each if care.minutes is None for row in rows).minutes is not None
    if all(care.minutes is not None for _, care in each):
        assert total.minutes == counted(row for rows in boards for row in rows).minutes
