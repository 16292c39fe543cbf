"""Late induction steps in the words of the first page and of the desk: both ask for as long as a step is late."""

from __future__ import annotations

from dataclasses import replace

import pytest

from portal.training import todo as training
from tests.home.test_sentences import THERE, day, said, step, words


@pytest.mark.parametrize(("days", "is_asked"), [(8, False), (7, True), (0, True), (-62, True), (-400, True)])
def test_a_rep_is_asked_for_a_step_from_a_week_before_it_is_due_for_as_long_as_it_is_late(
    days: int, is_asked: bool
) -> None:
    """As the page of their training shows it, however late it is."""
    one = replace(step("rep", days), days=500 + days, from_on=day(-500))
    found = said(training.OWN_STEPS.first_page, one)
    assert [(line.due_on, line.is_late) for line in found] == ([(day(days), days < 0)] if is_asked else [])


def test_an_officer_reminds_whoever_is_late_on_the_desk_and_on_the_first_page() -> None:
    late, later = step("rep", -3), step("rep", -1)
    line = (-3, "Remind Ann: “Step -3”, and 1 more step", "The rep: 2 steps", True)
    for page in (training.STEPS_OF_BOARD.desk, training.LATE_STEPS.first_page):
        assert words(page, late, later) == [line]
        assert words(page, step("rep", 1)) == []
    assert words(training.LATE_STEPS.first_page, late, step("clerk", -2, THERE)) == [
        (-4, "Chase the late induction steps of 2 reps", "The first of them: Ann: remind the clerk of “Step -2”", True)
    ]
