"""How boards support their reps: shares of the board, the median of all, and 2017 only where a figure exists."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask

from portal.desk import figures
from portal.desk.figures import MEASURES, Share
from portal.infra.unit_of_work import unit_of_work
from portal.training.inductions import actions as inductions_actions
from portal.training.inductions import queries as inductions_queries
from tests.cast import NOW, TODAY, Cast
from tests.visitor import text_of


def test_shares_are_of_the_right_people(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> None:
    with app.app_context():
        found = figures.of_boards(TODAY)[cast.northfirth.id]
    assert found["mentored"] == Share(1, 1)
    assert found["trained"] == Share(0, 1), "what an officer has not confirmed does not count"
    assert found["aware"] == Share(4, 16)
    assert found["inducted"] == Share(0, 1)


def test_an_induction_done_in_its_first_three_months_counts(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> None:
    at(NOW - timedelta(days=150))
    with app.app_context(), unit_of_work():
        [one] = inductions_queries.inductions_of_board(cast.northfirth.id)
        for task in one.tasks:
            inductions_actions.mark_done(one.appointment, UUID(task.key), cast.northfirth.people["officer"])
    at(NOW)
    with app.app_context():
        assert figures.of_boards(TODAY)[cast.northfirth.id]["inducted"] == Share(1, 1)


def test_the_coordinator_sees_every_board_and_others_their_own(visit: Any, cast: Cast, rolled_back: Any) -> None:
    everywhere = text_of(visit("coordinator").get("/support-figures"))
    own = text_of(visit("northfirth.officer").get("/support-figures"))
    assert "Southmoor" in everywhere
    assert "In all" in everywhere
    assert "Southmoor" not in own
    assert "Half of all boards" not in own, "of two boards, it would tell of the other"
    assert "More than two thirds of reps had no mentor" in own
    assert own.count("There is no figure of 2017 to compare.") == len(MEASURES) - 1
    for name in ("CANARYNORTH Rep", "CANARYNORTH Mentor"):
        assert name not in everywhere
    rows = list(
        csv.DictReader(io.StringIO(visit("coordinator").client.get("/support-figures.csv").data.decode("utf-8-sig")))
    )
    assert {row["board"]: row["mentored part"] for row in rows} == {"Northfirth": "1", "Southmoor": "1"}


def test_a_median_of_few_boards_is_not_shown() -> None:
    one = {key: Share(1, 2) for key, _, _ in MEASURES}
    assert set(figures.medians([one] * 4).values()) == {None}
    assert set(figures.medians([one] * 5).values()) == {50}
    assert Share(0, 0).percent is None
