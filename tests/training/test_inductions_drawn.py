"""Inductions as a picture: the steps of the list, in its order and state."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from portal.training.inductions import charts
from portal.training.inductions.rules import Task
from tests.cast import NOW, TODAY
from tests.visitor import text_of


def task(days: int, is_done: bool = False) -> Task:
    return Task("key", "Step", "rep", TODAY + timedelta(days=days), is_done)


def induction(*tasks: Task) -> Any:
    appointment = SimpleNamespace(until_on=TODAY + timedelta(days=100), person=SimpleNamespace(name="Morag"))
    return SimpleNamespace(tasks=list(tasks), appointment=appointment)


def test_each_step_is_a_mark_by_its_state() -> None:
    drawn = charts.of_board([induction(task(-9, True), task(-2), task(3), task(60))], TODAY)
    assert drawn
    [row] = drawn.rows
    assert [one.kind for one in row.marks] == ["done", "late", "soon", "later"]
    assert (row.name, row.said) == ("Morag", "1 of 4")
    assert row.title == "Done: 1. Late: 1. Due within a week: 1. Later: 1."


def test_a_step_that_nobody_is_asked_for_has_no_mark() -> None:
    drawn = charts.of_board([induction(task(3), task(200))], TODAY)
    assert drawn
    assert len(drawn.rows[0].marks) == 1


def test_the_sentence_counts_inductions_with_a_late_step() -> None:
    drawn = charts.of_board([induction(task(-2), task(-1)), induction(task(3))], TODAY)
    assert drawn
    assert drawn.sentence == "1 of 2 inductions has a late step."


def test_reps_see_only_their_own() -> None:
    drawn = charts.of_rep([induction(task(-2, True), task(3))], TODAY)
    assert drawn
    assert drawn.sentence == "1 of 2 steps of your induction is done."
    assert [row.name for row in drawn.rows] == ["Your induction"]


def test_without_steps_there_is_no_picture() -> None:
    assert charts.of_board([induction()], TODAY) is None


def test_the_picture_says_what_the_list_below_it_says(visit: Any, at: Any) -> None:
    at(NOW + timedelta(days=40))
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/inductions"))
    said, done = re.findall(r"(\d+) of (\d+) done", page)[0]
    assert f"{said} of {done}" in page.split("a late step.")[1].split("done")[0]
