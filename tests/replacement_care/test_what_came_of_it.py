"""What came of a request: lists and figures say it in the same words, so that whoever reads both can count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.requests import queries
from portal.replacement_care.requests.came_of import Outcome, came_of
from portal.replacement_care.requests.rules import ARRANGED, ARRANGING, ASKED, CANNOT, NOT_HELD, TOOK_PLACE
from tests.cast import Cast
from tests.replacement_care.asking import asked, do
from tests.visitor import text_of

AFTER = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)
ALONE = "Took place, but not arranged by the board"


@pytest.mark.parametrize(
    ("status", "was_arranged", "outcome"),
    [
        (TOOK_PLACE, True, Outcome.ARRANGED),
        (NOT_HELD, True, Outcome.ARRANGED),
        (ARRANGED, True, Outcome.ARRANGED),
        (TOOK_PLACE, False, Outcome.NOT_BY_BOARD),
        (NOT_HELD, False, Outcome.NOT_PROVIDED),
        (CANNOT, False, Outcome.NOT_PROVIDED),
        (CANNOT, True, Outcome.NOT_PROVIDED),
        (ASKED, False, Outcome.NOT_PROVIDED),
        (ARRANGING, False, Outcome.NOT_PROVIDED),
    ],
)
def test_each_request_is_one_of_three(status: str, was_arranged: bool, outcome: Outcome) -> None:
    assert came_of(status, was_arranged) is outcome


def decline(app: Flask, cast: Cast, key: UUID, is_arranged_first: bool = False) -> None:
    """The officer says that it cannot be provided, also of what was arranged."""
    officer = cast.northfirth.people["officer"]
    with app.app_context(), unit_of_work():
        one = queries.request_by_id(cast.northfirth.id, key)
        if is_arranged_first:
            arranging.arrange(one, one.version, officer, one.span, {"arrangement": "Jo comes"})
        arranging.cannot(one, one.version, officer, "Nobody is free")


def listed(officer: Any) -> str:
    return text_of(officer.get("/care/to-arrange"))


def test_what_a_rep_found_alone_is_called_so_in_the_list_and_in_figures(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    one = asked(app, visit, cast)
    decline(app, cast, one.id)
    at(AFTER)
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    assert "Friday 20 March Not provided" in listed(officer), "the rep has not told us anything else"
    do(rep, one, "outcome", 2, status="own_budget")
    figures = text_of(officer.get("/boards/northfirth/care"))
    assert f"Quarter Requested Arranged {ALONE} Not provided" in figures
    assert "2026 Q1 withheld 0% 50% 50%" in figures
    assert f"“{ALONE}” means that the board declined or had not answered" in figures, "it is said beside the figures"
    assert f"Friday 20 March {ALONE}" in listed(officer)
    assert ALONE in text_of(rep.get(f"/care/{one.id}"))
    assert "took place, but not arranged by the board" in officer.client.get("/boards/northfirth/care.csv").text


def test_what_was_arranged_and_then_declined_was_not_provided(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    one = asked(app, visit, cast)
    decline(app, cast, one.id, is_arranged_first=True)
    at(AFTER)
    officer = visit("northfirth.officer")
    assert "2026 Q1 withheld 0% 0% 100%" in text_of(officer.get("/boards/northfirth/care"))
    do(visit("northfirth.rep"), one, "outcome", 3, status="nobody")
    assert "2026 Q1 withheld 0% 0% 100%" in text_of(officer.get("/boards/northfirth/care"))
    page = listed(officer)
    assert "Friday 20 March Not provided" in page
    assert "Nobody came" not in page, "nobody was to come"


def test_a_request_counts_as_not_provided_once_its_day_is_over(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    asked(app, visit, cast)
    at(AFTER - timedelta(days=1))
    officer = visit("northfirth.officer")
    assert "2026 Q1 withheld 0% 0% 100%" in text_of(officer.get("/boards/northfirth/care")), "another’s, a week before"
    assert "Friday 20 March Requested" in listed(officer), "its day is not over"
    at(AFTER)
    officer = visit("northfirth.officer")
    figures = text_of(officer.get("/boards/northfirth/care"))
    assert "2026 Q1 withheld 0% 0% 100%" in figures
    assert "that it had arranged nothing by the end of the day" in figures, "it is said beside the figures"
    assert "Friday 20 March Not provided" in listed(officer)
