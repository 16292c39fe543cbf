"""A meeting that moved: whoever had answered for its day before is told that they need to answer again."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, select, update

from portal.boards.models import Board
from portal.check_in.actions import ask, check_in_of
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import change
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.replacement_care.requests.actions import ask_for_meeting
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

BEFORE, AFTER = TODAY + timedelta(days=10), TODAY + timedelta(days=17)
AGAIN = "Your answer was for Friday 13 March"


def answered_and_moved(app: Flask, cast: Cast, things: dict[str, Any], coming: str = "online") -> None:
    with app.app_context():
        with unit_of_work():
            meeting = meeting_by_id(things["meeting_id"])
            one = check_in_of(meeting, cast.northfirth.people["rep"])
            one.coming, one.answered_for, one.answered_at = coming, BEFORE, NOW
        with unit_of_work():
            meeting = meeting_by_id(things["meeting_id"])
            change(meeting, meeting.version, AFTER, time(10), meeting.place, meeting.link, meeting.kind)


def words(app: Flask, template: str) -> dict[Any, str]:
    with app.app_context():
        found = db.session.scalars(anywhere(select(Email).where(Email.template == template).order_by(Email.id)))
        return {
            one.person_id: f"{one.facts}{words_of(one).text}"
            for one in found.unique()
            if "20 March" in one.facts["when"]
        }


def test_the_email_of_the_change_says_so_to_whoever_had_answered_and_to_nobody_else(
    app: Flask, cast: Cast, things: dict[str, Any], rep_goes: Any
) -> None:
    answered_and_moved(app, cast, things)
    told, rep = words(app, "meeting-moved"), cast.northfirth.people["rep"]
    assert f"{AGAIN}. Please answer again.\n\nTell us if you’re coming: http" in told[rep]
    assert len(told) > 1
    assert not any(AGAIN in said or rep.hex in said for key, said in told.items() if key != rep)
    assert rep.hex not in told[rep]


@pytest.mark.parametrize("is_reminder", [False, True])
@pytest.mark.parametrize("has_request", [False, True])
def test_the_next_question_says_that_it_moved_and_asks_for_no_request_that_is_there(
    app: Flask, cast: Cast, things: dict[str, Any], rep_goes: Any, is_reminder: bool, has_request: bool
) -> None:
    rep = cast.northfirth.people["rep"]
    if has_request:
        with app.app_context(), unit_of_work():
            ask_for_meeting(meeting_by_id(things["meeting_id"]), rep)
    answered_and_moved(app, cast, things)
    with app.app_context(), unit_of_work():
        ask(things["meeting_id"], is_reminder)
    said = words(app, "check-in-reminder" if is_reminder else "check-in")[rep]
    assert f"This meeting has moved. {AGAIN}, so please answer again." in said
    assert "When: 10am on Friday 20 March 2026" in said
    assert ("replacement care" in said) is not has_request
    assert ("You already have a request for this meeting" in said) is has_request


def test_its_page_says_so_until_they_answer_again(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], rep_goes: Any
) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}"
    assert AGAIN not in text_of(rep.get(path))
    answered_and_moved(app, cast, things)
    assert f"{AGAIN}. Please answer again" in text_of(rep.get(path))
    with app.app_context(), unit_of_work():
        check_in_of(meeting_by_id(things["meeting_id"]), cast.northfirth.people["rep"]).answered_for = AFTER
    page = text_of(rep.get(path))
    assert AGAIN not in page
    assert "You said you’re coming online" in page


def test_the_first_page_and_the_list_of_meetings_ask_again_however_far_it_is(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], rep_goes: Any
) -> None:
    """Whoever reads only the first page would think they had answered."""
    rep, line = visit("northfirth.rep"), "Tell us if you’re coming: CANARYNORTH Main Group, Friday 20 March"
    answered_and_moved(app, cast, things)
    with app.app_context(), unit_of_work():
        check_in_of(meeting_by_id(things["meeting_id"]), cast.northfirth.people["rep"]).asked_at = None
        db.session.execute(update(Board).where(Board.id == cast.northfirth.id).values(check_in_days=3))
    first, listed = text_of(rep.get("/")), text_of(rep.get("/boards/northfirth/meetings"))
    assert f"{line}, 10am {AGAIN}" in first
    assert f"{AGAIN}. Please answer again." in text_of(rep.get(f"/meetings/{things['meeting_id']}/check-in"))
    assert f"{AGAIN}. Please answer again about" in listed
    with app.app_context(), unit_of_work():
        check_in_of(meeting_by_id(things["meeting_id"]), cast.northfirth.people["rep"]).answered_for = AFTER
    assert AGAIN not in text_of(rep.get("/")) + text_of(rep.get("/boards/northfirth/meetings"))


def test_a_rep_for_whom_a_depute_goes_is_not_asked_again(
    app: Flask, rolled_back: Connection, cast: Cast, things: dict[str, Any]
) -> None:
    answered_and_moved(app, cast, things, "depute")
    assert not any(AGAIN in said for said in words(app, "meeting-moved").values())
