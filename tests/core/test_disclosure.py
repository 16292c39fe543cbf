"""No figure tells of fewer than five people, by itself or by subtraction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.disclosure import LEAST_PEOPLE, shown, shown_of_sums

counts = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12), min_size=1)


def test_few_people_show_nothing() -> None:
    assert shown({"a": 3, "b": 1}) == {"a": None, "b": None}


def test_a_small_count_takes_the_smallest_other_with_it() -> None:
    assert shown({"a": 2, "b": 9, "c": 6, "d": 0}) == {"a": None, "b": 9, "c": None, "d": 0}


def test_counts_that_are_large_enough_are_shown() -> None:
    assert shown({"a": 5, "b": 6}) == {"a": 5, "b": 6}


@pytest.mark.parametrize(
    "counts", [{"yes": 0, "partly": 0, "no": 5}, {"yes": 40, "no": 0}, {"yes": 40, "partly": 2, "no": 2}, {"yes": 9}]
)
def test_what_everybody_or_nearly_everybody_answered_is_withheld(counts: dict[str, int]) -> None:
    assert set(shown(counts).values()) == {None}


@given(counts)
def test_nobody_can_be_taken_to_have_given_the_answer_of_all(counts: dict[str, int]) -> None:
    """Wherever a number is shown, at least five people answered something else."""
    others = sum(counts.values()) - max(counts.values())
    is_shown = any(number is not None for number in shown(counts).values())
    assert (is_shown and others < LEAST_PEOPLE) is False


def test_one_part_of_a_sum_may_hold_everybody() -> None:
    assert shown_of_sums({"car": 5, "bus": 0}) == {"car": 5, "bus": 0}


@given(counts)
def test_what_is_withheld_cannot_be_worked_out(counts: dict[str, int]) -> None:
    """With the total known, what is left over is of five or more people, in at least two counts; or of nobody."""
    told = shown_of_sums(counts)
    assert told.keys() == counts.keys()
    hidden = [counts[name] for name, number in told.items() if number is None]
    assert all(number in (None, counts[name]) for name, number in told.items())
    assert all(number == 0 or number >= LEAST_PEOPLE for number in told.values() if number is not None)
    if sum(counts.values()) >= LEAST_PEOPLE and hidden:
        others = [n for name, n in counts.items() if told[name] is not None and n >= LEAST_PEOPLE]
        if others:
            assert len(hidden) >= 2
            assert sum(hidden) >= LEAST_PEOPLE
