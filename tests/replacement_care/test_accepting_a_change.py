"""A change of care that was arranged: accepted in one way, with what it costs, and no lateness is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.requests.queries import request_by_id
from tests.cast import NOW, Cast
from tests.replacement_care.asking import ARRANGE, ASK, asked, do, request_of
from tests.replacement_care.test_asked_and_offered import arranged, change, of_officer, of_rep, taken
from tests.visitor import text_of

LATE_DAYS = 14  # after the 3rd: past the 15th, by when care for the 20th is to be arranged


def late_change(app: Flask, visit: Any, cast: Cast, at: Any, *, is_arranged: bool) -> tuple[Any, Any, Any]:
    """A request that was not arranged in time, and was changed the day after."""
    _, officer, one = taken(app, visit, cast)
    at(NOW + timedelta(days=LATE_DAYS - 1))
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    if is_arranged:
        do(officer, one, "arrange", 2, **{**ARRANGE, "cost": "54"})
    at(NOW + timedelta(days=LATE_DAYS))
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    change(rep, app, cast, until_hour="3pm")
    return rep, officer, request_of(app, cast)


def test_one_day_for_when_it_was_first_asked(app: Flask, visit: Any, cast: Cast) -> None:
    """Also where the trail has its line later than the request was made."""
    one = asked(app, visit, cast)
    with app.app_context(), unit_of_work():
        care = request_by_id(cast.northfirth.id, one.id)
        care.asked_at -= timedelta(days=11)
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    change(rep, app, cast, until_hour="3pm")
    first = "Friday 20 March, from 9am to 2pm (5 hours). Sent on Friday 20 February"
    assert first in of_rep(rep, one)
    assert f"First asked for {first}" in of_officer(officer, one)


@pytest.mark.parametrize("is_arranged", [True, False])
def test_a_change_does_not_undo_that_the_first_request_was_late(
    app: Flask, visit: Any, cast: Cast, at: Any, is_arranged: bool
) -> None:
    rep, officer, one = late_change(app, visit, cast, at, is_arranged=is_arranged)
    what = "arranged on Monday 16 March 2026 Late" if is_arranged else "and not arranged by then Late"
    late = f"First due by Friday 13 March 2026, {what}"
    assert late in of_officer(officer, one)
    assert late in of_rep(rep, one)
    if is_arranged:
        do(officer, one, "agree-times", one.version)
        assert late in of_officer(officer, one), "also once the change is accepted"


def test_what_was_arranged_in_time_is_not_late_for_a_change_after_it(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    _, officer, one = arranged(app, visit, cast)
    at(NOW + timedelta(days=LATE_DAYS))
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    change(rep, app, cast, until_hour="3pm")
    assert "First due by" not in of_officer(officer, one)
    assert "First due by" not in of_rep(rep, one)


def test_a_change_is_accepted_in_one_way_and_the_cost_stays(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast, cost="54")
    change(rep, app, cast, until_hour="3pm")
    page = officer.get(f"/care/{one.id}/arrange")
    assert page.text.count("What does it cost") == 1
    assert "Accept the change" in page.text
    other_way = officer.get(f"/care/{one.id}/arrange?differently=1")
    assert other_way.text.count("What does it cost") == 1
    assert "Accept the change" not in other_way.text
    typed = {"version": str(request_of(app, cast).version), "new_cost": ""}
    done = text_of(officer.post(f"/care/{one.id}/agree-times", typed, follow_redirects=True))
    assert "You have accepted the change. The cost stays at £54.00." in done
    assert "CANARYNORTH Rep" in done.split("stays at £54.00.")[1][:40], "who hears of it"
    assert request_of(app, cast).cost == 5400
    assert "What it costs £54.00" in of_rep(rep, one)


def test_arranging_it_differently_keeps_the_cost_too(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast, cost="54")
    change(rep, app, cast, until_hour="3pm")
    typed = {**ARRANGE, "until_hour": "3pm", "arrangement": "Sam comes", "version": str(request_of(app, cast).version)}
    assert officer.post(f"/care/{one.id}/arrange?differently=1", typed).status_code == 302
    assert request_of(app, cast).cost == 5400
    typed = {**typed, "version": str(request_of(app, cast).version), "cost": ""}
    officer.post(f"/care/{one.id}/arrange", typed)
    assert request_of(app, cast).cost is None, "what is known to be unknown is left empty"


def test_a_change_is_a_change_on_every_page(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    rep, officer, one = arranged(app, visit, cast)
    assert "Before you decline this" not in of_officer(officer, one)
    change(rep, app, cast, until_hour="3pm")
    desk = text_of(officer.get("/boards/northfirth/desk"))
    assert "1 change to answer" in desk
    assert "answer a change to care for Friday 20 March" in desk
    never = asked(app, visit, cast, day=["27", "3", "2026"], title="Other")
    do(officer, never, "take", 1)
    rep.post(f"/care/{never.id}/change", {**ASK, "day": ["27", "3", "2026"], "until_hour": "3pm", "version": "2"})
    desk = text_of(officer.get("/boards/northfirth/desk"))
    assert desk.count("arrange care for") == 2, "with the one of the cast"
    assert "1 change to answer" in desk
    assert "1 to arrange" in desk


def test_what_an_officer_has_not_read_is_no_warning_once_it_is_arranged(app: Flask, visit: Any, cast: Cast) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    assert "You have not read what the rep told us" in of_officer(officer, one)
    do(officer, one, "arrange", 1, **ARRANGE)
    assert "You have not read what the rep told us" not in of_officer(officer, one)


def test_care_that_nobody_arranged_is_called_the_same_on_every_page(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    one = asked(app, visit, cast)
    at(NOW + timedelta(days=18))
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    do(rep, one, "outcome", one.version, status="nobody")
    for page in (of_rep(rep, one), of_officer(officer, one), text_of(rep.get("/care"))):
        assert "Not provided" in page
        assert "Did not take place" not in page


def test_what_was_never_arranged_has_no_change_to_accept(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = taken(app, visit, cast)
    change(rep, app, cast, until_hour="3pm")
    page = of_officer(officer, one)
    assert "Accept the change" not in page
    assert "Change not accepted yet" not in page
    assert "Record what you have arranged" in page
