"""How long something took, as people type it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.durations import NotADuration, as_typed, minutes_of
from portal.core.said_back import Unsure

PIECES = st.sampled_from((*"0123456789", ".", ":", "h", " hours ", " min", "25", "30", "x", "２"))
typed_durations = st.one_of(st.text(max_size=8), st.lists(PIECES, max_size=5).map("".join))


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        *(("2", 120), ("1.5", 90), ("1:30", 90), ("1h30", 90), ("2 hours", 120), ("90 min", 90), ("24", 1440)),
        *((".5", 30), ("1.75", 105), ("２", 120), ("2 hours 15 minutes", 135), ("half an hour", 30), ("1.0", 60)),
    ],
)
def test_hours_as_people_type_them(typed: str, minutes: int) -> None:
    assert minutes_of(typed) == minutes


@pytest.mark.parametrize("typed", ["", "-1", "1e3", "NaN", "1.555", "two", "1,5h", "1:75", "1:5", "٢", "h", "."])
def test_what_is_no_duration(typed: str) -> None:
    with pytest.raises(NotADuration):
        minutes_of(typed)


@pytest.mark.parametrize(
    ("typed", "asked", "likely"),
    [
        ("1.30", "Do you mean 1 hour 30 minutes or 1 hour 18 minutes?", "1:30"),
        ("0.25", "Do you mean 15 minutes or 25 minutes?", "0:15"),
        ("1.50", "Do you mean 1 hour 30 minutes or 1 hour 50 minutes?", "1:30"),
    ],
)
def test_a_point_that_may_part_hours_or_minutes_is_asked_about(typed: str, asked: str, likely: str) -> None:
    with pytest.raises(Unsure, match=re.escape(asked)) as question:
        minutes_of(typed)
    assert question.value.likely == likely


@given(st.integers(0, 1440))
def test_a_duration_as_it_is_shown_is_read_as_the_same(minutes: int) -> None:
    assert minutes_of(as_typed(minutes)) == minutes


@given(typed_durations)
def test_a_duration_is_never_guessed(typed: str) -> None:
    """Two figures after a point are minutes or hundredths: only where minutes end at 59 is it sure."""
    try:
        minutes = minutes_of(typed)
    except Unsure as question:
        minutes_of(question.likely)
        return
    except NotADuration:
        return
    assert minutes >= 0
    if found := re.search(r"\.([0-9２]{2})", typed):
        assert int(found[1].replace("２", "2")) not in range(1, 60)
