"""Why a list or a figure shows nothing: of five reasons one, and the truest."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.nothing import (
    EMPTY,
    FILTERED,
    IN_A_CELL,
    NOT_ALLOWED,
    NOT_YET,
    REASONS,
    WITHHELD,
    cell,
    why_nothing,
)

TRUTH = st.booleans()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({}, EMPTY),
        ({"is_expected": True}, NOT_YET),
        ({"there_are": 3, "is_filtered": True}, FILTERED),
        ({"there_are": 3, "is_withheld": True, "is_filtered": True}, WITHHELD),
        ({"there_are": 3, "is_withheld": True, "is_allowed": False}, NOT_ALLOWED),
        ({"there_are": 0, "is_filtered": True}, EMPTY),
        ({"there_are": 0, "is_withheld": True, "is_expected": True}, NOT_YET),
    ],
)
def test_the_reason_is_the_true_one(said: dict[str, int], why: str) -> None:
    assert why_nothing(**said) == why


@given(st.integers(0, 9), TRUTH, TRUTH, TRUTH, TRUTH)
def test_nothing_is_never_filtered_or_withheld_where_there_is_nothing(
    there_are: int, allowed: bool, withheld: bool, filtered: bool, expected: bool
) -> None:
    why = why_nothing(there_are, is_allowed=allowed, is_withheld=withheld, is_filtered=filtered, is_expected=expected)
    assert (why == NOT_ALLOWED) is not allowed
    if not there_are:
        assert why not in {FILTERED, WITHHELD}


def test_each_reason_can_be_the_one() -> None:
    every = product((0, 3), *([(False, True)] * 4))
    names = ("is_allowed", "is_withheld", "is_filtered", "is_expected")
    found = {why_nothing(number, **dict(zip(names, rest, strict=True))) for number, *rest in every}
    assert found == set(REASONS)


@pytest.mark.parametrize("why", sorted(IN_A_CELL))
def test_a_cell_says_why_it_has_no_figure_and_nought_is_one(why: str) -> None:
    assert cell(None, why) == IN_A_CELL[why]
    assert cell(0, why) == 0
    assert len(set(IN_A_CELL.values())) == len(IN_A_CELL)
