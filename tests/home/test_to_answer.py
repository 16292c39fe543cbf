"""The first page asks about every coming meeting that wants an answer, and tells two of one name apart by their day."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from portal.boards.models import Group
from portal.check_in.models import CheckIn
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from tests.cast import TODAY, Cast, anywhere, publish
from tests.check_in.test_depute_cannot import depute_goes
from tests.visitor import text_of

SECOND = TODAY + timedelta(days=12)
FIRST_DAY, SECOND_DAY = "Friday 13 March", "Sunday 15 March"


def call_second(app: Flask, cast: Cast) -> str:
    """Another meeting of the same group two days after the first, and its address."""
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, cast.northfirth.things["group_id"])
        return f"/meetings/{meetings.schedule(group, SECOND, time(10)).id}"


@pytest.mark.usefixtures("rep_goes")
def test_papers_for_two_meetings_of_one_name_are_told_apart(app: Flask, cast: Cast, visit: Any) -> None:
    with app.app_context():
        with unit_of_work():
            group = db.session.get_one(Group, cast.northfirth.things["group_id"])
            meeting = meetings.schedule(group, SECOND, time(10))
            meetings.add_item(meeting, title="CANARYNORTH Budget", purpose="decision")
        publish(meeting, {"1 Budget.pdf": 3})
    page = visit("northfirth.rep").get("/")
    titles = [one.split("</a>")[0] for one in page.text.split(">Read ")[1:]]
    assert any(FIRST_DAY in one for one in titles), titles
    assert any(SECOND_DAY in one for one in titles), titles


@pytest.mark.usefixtures("rep_goes")
def test_each_near_meeting_without_an_answer_is_asked_about(app: Flask, cast: Cast, visit: Any) -> None:
    second, rep = call_second(app, cast), visit("northfirth.rep")
    first = f"/meetings/{cast.northfirth.things['meeting_id']}"
    page = rep.get("/").text
    for path in (first, second):
        assert f'href="{path}/check-in"' in page
        assert f'action="{path}/cannot"' in page
    asks = "Tell us if you’re coming to CANARYNORTH Main Group, {}, 10am"
    assert asks.format(SECOND_DAY) in text_of(rep.get("/"))
    rep.post(f"{second}/check-in", {"coming": "no"})
    page = text_of(rep.get("/"))
    assert asks.format(SECOND_DAY) not in page, "answered"
    assert f"I’m coming to CANARYNORTH Main Group, {FIRST_DAY}, 10am" in page


@pytest.mark.usefixtures("rep_goes")
def test_a_task_asks_whoever_had_no_email_yet(app: Flask, cast: Cast, visit: Any) -> None:
    """Appointed after the email went out: from the same day on, the first page asks them too."""
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(delete(CheckIn)))
    call_second(app, cast)
    page = text_of(visit("northfirth.rep").get("/"))
    assert f"Tell us if you’re coming: CANARYNORTH Main Group, {FIRST_DAY}" in page
    assert f"Tell us if you’re coming: CANARYNORTH Main Group, {SECOND_DAY}" not in page, "12 days ahead, asked at 10"


def test_a_depute_who_is_called_again_is_asked_again(app: Flask, cast: Cast, visit: Any, rolled_back: Any) -> None:
    north, path, depute = cast.northfirth, depute_goes(app, cast), visit("northfirth.depute")
    asks = f"Tell us if you’re coming: CANARYNORTH Main Group, {FIRST_DAY}"
    assert asks in text_of(depute.get("/"))
    depute.post(f"{path}/cannot")
    assert asks not in text_of(depute.get("/"))
    with app.app_context(), unit_of_work():
        meetings.let_stand_in(meeting_by_id(north.things["meeting_id"]), north.people["depute"], north.people["rep"])
    page = text_of(depute.get("/"))
    assert asks in page
    assert "You said you can’t come" not in page


def test_a_depute_is_asked_beside_the_meeting(app: Flask, cast: Cast, visit: Any, rolled_back: Any) -> None:
    """However far ahead, on the first page and on the page of deputes."""
    far, depute = depute_goes(app, cast, "coming_id"), visit("northfirth.depute")
    for path in ("/", "/deputes"):
        page = depute.get(path).text
        assert f'href="{far}/check-in"' in page
        assert (f'href="{far}/check-in?coming=yes"' in page) == (path == "/"), "the button on the card"
        assert f'action="{far}/cannot"' in page
    depute.post(f"{far}/check-in", {"coming": "online", "care": "no", "printed": "no", "help_words": ""})
    assert "Tell us if you’re coming to" not in text_of(depute.get("/deputes"))
