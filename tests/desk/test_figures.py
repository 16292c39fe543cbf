"""How boards support their reps: shares of the board, the median of all, and 2017 only where a figure exists."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

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
    assert "Total (2 boards have a figure)" in everywhere
    assert "Southmoor" not in own
    assert "Total of 2 boards withheld" in everywhere
    assert "Total" not in own
    assert "Half of the boards" not in own, "of two boards, it would tell of the other"
    assert own.count("The median is given once five boards show a figure") == len(MEASURES)
    assert "In 2017, fewer than a third of reps had a mentor" in own
    assert own.count("There is no 2017 figure to compare.") == len(MEASURES) - 1
    for name in ("CANARYNORTH Rep", "CANARYNORTH Mentor"):
        assert name not in everywhere


def test_what_would_tell_of_one_rep_is_withheld_on_the_page_and_in_the_file(
    visit: Any, cast: Cast, rolled_back: Any
) -> None:
    """Northfirth has one rep, and they have a mentor: nobody reads that from a share, of the board or of all."""
    for who, rows in (("coordinator", 3), ("northfirth.officer", 1)):
        page = text_of(visit(who).get("/support-figures"))
        assert page.split("Two boards mentored")[1].split("Of all other members")[0].count("withheld") == rows
        assert "4 of 16" in page, "what a board does is always shown"
        content = visit(who).client.get("/support-figures.csv").data.decode("utf-8-sig")
        found = {row["board"]: row for row in csv.DictReader(io.StringIO(content))}
        assert len(found) == rows
        assert {row["Have a mentor: percent"] for row in found.values()} == {"withheld"}
        assert {row["Trained: number"] for row in found.values()} == {"withheld"}
        assert found["Northfirth"]["Carer Awareness: percent"] == "25"


def shares(mentored: Share) -> dict[str, Share]:
    return {one.key: mentored for one in MEASURES}


def test_a_total_is_of_the_boards_that_have_a_figure() -> None:
    boards = {uuid4(): shares(one) for one in (Share(10, 39), Share(0, 0), Share(7, 3))}
    total = figures.told(boards).in_all["aware"]
    assert (total.part, total.whole, total.boards) == (10, 39, 1)


def test_a_total_says_how_many_of_its_boards_show_no_figure_of_their_own() -> None:
    """Of six reps each, and of many in one board."""
    few, many = [Share(3, 6) for _ in range(3)], [Share(20, 40), Share(22, 40)]

    def said(*found: Share) -> str:
        return figures.total_words(figures.told({uuid4(): shares(one) for one in found}).in_all["mentored"])

    assert said(*few) == "Total of 3 boards, each withheld"
    assert said(*few, *many) == "Total of 5 boards, 3 of them withheld"
    assert said(*many, Share(0, 0)) == "Total (2 boards have a figure)"
    assert said(few[0]) == "Total of 1 board", "it is withheld itself"


def test_a_median_of_few_boards_is_not_shown() -> None:
    one = shares(Share(1, 2))
    assert set(figures.medians([one] * 4).values()) == {None}
    assert set(figures.medians([one] * 5).values()) == {50}
    assert Share(0, 0).percent is None
