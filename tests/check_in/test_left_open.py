"""A page of the check-in that was left open: it overwrites no newer answer unsaid."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.core import clock
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from tests.cast import NOW, Cast
from tests.check_in.test_check_in import answer_of, asked, has_depute, link, stand_ins
from tests.check_in.test_undoing import request_of
from tests.visitor import text_of

__all__ = ["asked"]  # a fixture
YES = {"coming": "in_person", "care": "no", "travel": "none", "printed": "no", "help_words": ""}
POSTED = {**YES, "coming": "online", "printed": "yes", "address": "1"}
MEANWHILE = "Nothing has been sent yet."


def opened(page: str) -> dict[str, list[str]]:
    """What a page says that it was opened with."""
    return {"version": re.findall(r'name="version"[^>]*value="([^"]*)"', page)}


def test_an_old_tab_says_what_was_answered_since_and_asks_again(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any, things: dict[str, Any]
) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}/check-in"
    old = opened(rep.get(path).text)
    assert len(old["version"]) == 2
    rep.post(path, {"coming": "no"})
    clock.use(lambda: NOW + timedelta(minutes=1))
    page = rep.post(path, {**YES, **old})
    assert MEANWHILE in page.text
    assert "You answered “No” at 10am." in text_of(page)
    assert answer_of(app, cast).coming == "no"
    assert rep.post(path, {**YES, **opened(page.text)}).status_code == 302
    assert answer_of(app, cast).coming == "in_person"


def test_so_does_the_page_of_a_mailed_link_and_shows_no_more_than_that(
    app: Flask, cast: Cast, visit: Any, asked: None
) -> None:
    path, stranger = link(app, cast), visit("")
    old = opened(stranger.get(path).text)
    stranger.post(path, {**YES, "coming": "online", "care": "different", "care_words": "CAREWORDS"})
    page = stranger.post(path, {**YES, **old})
    assert "You answered “Yes, online" in text_of(page)
    assert "Nothing has been sent yet" in text_of(page)
    assert "CAREWORDS" not in page.text
    assert answer_of(app, cast).coming == "online"
    assert "Thank you" in text_of(stranger.post(path, {**YES, **opened(page.text)}))
    assert answer_of(app, cast).coming == "in_person"


@pytest.mark.parametrize(
    "answer", [YES, {"coming": "no"}, {**YES, "coming": "online", "printed": "yes", "address": "1"}]
)
def test_the_same_answer_sent_twice_is_one(
    app: Flask, cast: Cast, visit: Any, asked: None, answer: dict[str, str], things: dict[str, Any]
) -> None:
    path, stranger = link(app, cast), visit("")
    old = opened(stranger.get(path).text)
    for _ in range(2):
        assert "Thank you" in text_of(stranger.post(path, {**answer, **old}))
    rep, own = visit("northfirth.rep"), f"/meetings/{things['coming_id']}/check-in"
    old = opened(rep.get(own).text)
    for _ in range(2):
        assert rep.post(own, {**answer, **old}).status_code == 302


def test_that_a_depute_goes_by_now_is_said_before_they_are_let_go(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any, things: dict[str, Any]
) -> None:
    depute, rep, path = has_depute(app, cast), visit("northfirth.rep"), f"/meetings/{things['meeting_id']}/check-in"
    old = opened(rep.get(path).text)
    with app.app_context(), unit_of_work():
        meetings.let_stand_in(meeting_by_id(things["meeting_id"]), depute, cast.person("northfirth.rep"))
    page = rep.post(path, {**YES, **old})
    assert MEANWHILE in page.text
    assert "is down to go for you" in text_of(page)
    assert stand_ins(app, things) == [depute]


@pytest.mark.parametrize("coming", ["depute", "no"])
def test_not_coming_cancels_care_as_the_page_says_without_asking_once_more(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any, things: dict[str, Any], coming: str
) -> None:
    has_depute(app, cast)
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}/check-in"
    rep.post(path, {**YES, "care": "different", "care_words": "Sitting"})
    page = text_of(rep.get(path))
    assert "If you tell us that you are not coming, or do not need care, we’ll cancel this request." in page
    assert "Keep the request as it is, if you come" in page
    kept = {"coming": coming, "care": "keep", "shown": "coming care travel printed help_words"}
    assert rep.post(path, kept).status_code == 302
    assert request_of(app, cast).status == "cancelled"
    rep.post(f"/check-ins/{answer_of(app, cast).id}/undo")
    assert request_of(app, cast).status == "asked"


def test_a_meeting_that_is_online_only_by_now_asks_again_and_not_how_one_travels(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any, things: dict[str, Any]
) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}"
    assert "Yes, online (there is no link to join yet, so ask the clerk for one)" in text_of(
        rep.get(f"{path}/check-in")
    )
    rep.post(f"{path}/check-in", YES)
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        meeting.place, meeting.link = "", "https://meet.test/x"
    assert "You said you’re coming in person, but this meeting is now online only." in text_of(rep.get(path))
    page = text_of(rep.get(f"{path}/check-in"))
    assert "Online You said" in page
    assert "Yes, in person" not in page
    assert "How will you get there?" not in page
    assert "You said you’re coming in person, but this meeting is now online only." in page
    home = text_of(rep.get("/"))
    assert "You said you’re coming in person, but this meeting is now online only." in home
    assert "Tell us if you’re coming: CANARYNORTH Main Group" in home
    assert "How will you get there?" not in text_of(rep.post(f"{path}/check-in", YES))
