"""What a rep reads of their own induction: their steps are theirs, and a day that is over was a day."""

from __future__ import annotations

from typing import Any

from tests.visitor import text_of


def test_a_reps_own_steps_are_theirs_and_others_name_the_owner(visit: Any) -> None:
    own = text_of(visit("northfirth.rep").get("/training"))
    assert "You, by" in own
    assert "The rep, by" not in own
    board = text_of(visit("northfirth.officer").get("/boards/northfirth/inductions"))
    assert "The rep, by" in board
    assert "You, by" not in board


def test_a_step_whose_day_is_over_was_due(visit: Any) -> None:
    induction = text_of(visit("northfirth.rep").get("/role")).split("Your depute ")[-1]
    assert ", was due by" in induction.split("See your training")[0]
