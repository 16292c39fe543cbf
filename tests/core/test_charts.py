"""Where the shapes of a picture are; and that what is withheld has none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import charts
from portal.core.calendar import period_words, quarter_words
from portal.core.charts import EDGE, Amount, Mark, Scale, Span
from portal.core.nothing import EMPTY, WITHHELD

numbers = st.floats(-1000, 1000, allow_nan=False)


def test_a_line_goes_from_edge_to_edge() -> None:
    scale = Scale(0, 14)
    assert [scale.at(day) for day in (0, 7, 14)] == [EDGE, 50, 100 - EDGE]


def test_what_is_beyond_an_end_is_drawn_at_that_end() -> None:
    scale = Scale(0, 14)
    assert (scale.at(-3), scale.at(40)) == (scale.at(0), scale.at(14))


def test_a_line_of_one_number_is_no_error() -> None:
    assert Scale(3, 3).at(3) == EDGE


@given(numbers, numbers, numbers, numbers)
def test_a_larger_number_is_never_further_left(first: float, last: float, one: float, other: float) -> None:
    scale = Scale(*sorted((first, last)))
    assert scale.at(min(one, other)) <= scale.at(max(one, other))


def test_a_few_marks_at_one_place_are_above_each_other() -> None:
    found = charts.marks(Scale(0, 14), [("late", 3)] * 2)
    assert len({one.across for one in found}) == 1
    assert len({one.down for one in found}) == 2


def test_many_marks_at_one_place_are_one_with_their_number() -> None:
    [found] = charts.marks(Scale(0, 14), [("late", 3)] * 15)
    assert found.number == 15


def test_marks_of_two_kinds_at_one_place_stay_two() -> None:
    found = charts.marks(Scale(0, 14), [("late", 3), ("on-time", 3)])
    assert {one.kind for one in found} == {"late", "on-time"}


@given(st.lists(st.tuples(st.sampled_from(["late", "on-time"]), st.integers(-2, 40)), max_size=60))
def test_every_thing_is_in_exactly_one_mark(things: list[tuple[str, int]]) -> None:
    assert sum(one.number for one in charts.marks(Scale(0, 14), things)) == len(things)


def test_steps_are_drawn_in_their_order() -> None:
    found = charts.in_a_row(["done", "late", "later"])
    assert [one.kind for one in found] == ["done", "late", "later"]
    assert [one.across for one in found] == [4, 50, 96]


def test_one_step_is_no_error() -> None:
    assert charts.in_a_row(["done"]) == (Mark("done", EDGE, charts.LINE_OF_MARKS / 2),)


def test_a_whole_is_divided_without_a_gap() -> None:
    assert charts.parts([("a", 3), ("b", 0), ("c", 1)]) == (Span("a", 0, 75), Span("c", 75, 25))


def test_a_whole_of_nothing_has_no_parts() -> None:
    assert charts.parts([("a", 0), ("b", 0)]) == ()


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=5))
def test_no_part_goes_beyond_the_whole(amounts: list[int]) -> None:
    found = charts.parts([("a", one) for one in amounts])
    assert all(one.end <= 100.05 for one in found)


@pytest.mark.parametrize(("percent", "width"), [(0, 0), (58, 58), (100, 100), (140, 100), (-3, 0)])
def test_a_bar_is_as_long_as_its_share(percent: float, width: float) -> None:
    assert charts.bar(percent)[1].width == width


def drawn(*values: float | None) -> charts.Chart:
    amounts = [Amount(f"Name {place}", one, str(one), WITHHELD) for place, one in enumerate(values)]
    found = charts.bars_of_amounts("Said", amounts)
    assert found
    return found


def test_amounts_are_parts_of_the_largest_that_is_shown() -> None:
    assert [row.spans[1].width for row in drawn(50, 200, 100).rows] == [25, 100, 50]


def test_what_is_withheld_has_no_shape_and_a_word() -> None:
    row = drawn(50, None, 100).rows[1]
    assert (row.spans, row.marks, row.lines) == ((), (), ())
    assert (row.said, row.title, row.desc) == ("withheld", "Withheld", "")


def test_what_is_withheld_changes_no_other_row() -> None:
    assert drawn(50, None, 100).rows[0] == drawn(50, 3, 100).rows[0]


def test_rows_that_are_withheld_are_alike() -> None:
    first, second = drawn(None, None, 8).rows[:2]
    assert (first.spans, first.height, first.said) == (second.spans, second.height, second.said)


def test_where_everything_is_withheld_there_is_no_picture() -> None:
    assert charts.bars_of_amounts("Said", [Amount("Name", None, why=WITHHELD)]) is None


def test_what_is_not_there_is_called_something_else_than_what_is_withheld() -> None:
    assert charts.missing("Name", EMPTY).said == "no figure"


def test_a_quarter_and_some_of_them_in_words() -> None:
    assert quarter_words("2026 Q1") == "January to March 2026"
    assert period_words("2026 Q1", "2026 Q1") == "January to March 2026"
    assert period_words("2025 Q3", "2026 Q2") == "July 2025 to June 2026"
