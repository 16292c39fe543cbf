"""No figure tells of fewer than five people, by itself or by subtraction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.disclosure import LEAST_PEOPLE, NOT_SHOWN, shown, shown_of_shares, shown_of_sums

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
def test_what_is_shown_is_what_pages_say(counts: dict[str, int]) -> None:
    """They say that numbers from 1 to 4 are not shown: 0 is, beside others."""
    assert NOT_SHOWN.startswith("numbers from 1 to 4,")
    told = shown(counts)
    if any(told.values()):
        assert all(told[name] == 0 for name, number in counts.items() if number == 0)
    assert not set(told.values()) & {1, 2, 3, 4}


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


shares = st.dictionaries(
    st.sampled_from("abcdefg"),
    st.integers(0, 30).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))),
    min_size=1,
)


def tells_of_few(part: int, whole: int) -> bool:
    return min(part, whole - part) < LEAST_PEOPLE


def test_the_share_of_one_person_is_withheld() -> None:
    told = shown_of_shares({"Northfirth": (1, 1), "Southmoor": (0, 1)})
    assert (told.names, told.total) == (frozenset(), False)


def test_a_withheld_share_is_not_what_the_total_leaves_over() -> None:
    """Of 1 of 1, 5 of 12 and 20 of 40 the total is 26 of 53: 12 must go with 1, and 6 of 13 is left over."""
    told = shown_of_shares({"one": (1, 1), "twelve": (5, 12), "forty": (20, 40)})
    assert (told.names, told.total) == (frozenset({"forty"}), True)


@given(shares)
def test_no_share_tells_of_few_by_itself_or_by_subtraction(found: dict[str, tuple[int, int]]) -> None:
    told = shown_of_shares(found)
    assert not any(tells_of_few(*found[name]) for name in told.names)
    if told.total:
        hidden = [one for name, one in found.items() if name not in told.names and one[1]]
        for some in filter(None, (list(found.values()), hidden)):
            assert not tells_of_few(sum(one[0] for one in some), sum(one[1] for one in some))
