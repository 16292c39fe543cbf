"""What "As last time" is: the newest answer, shown to whoever is signed in and to nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.check_in.queries import check_in
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.queries import for_meeting
from tests.cast import Cast
from tests.check_in.test_check_in import FIRST, SAME, answer_of, answered_before, asked, link
from tests.check_in.test_one_button import sent_by
from tests.visitor import text_of

COMES = {"coming": "in_person"}  # the questions that follow are on the next page
CHOSEN = {"place": "home", "kind": "personal", "who": "known", "estimate": 4000}
SAID = "At home. Help with washing, dressing or eating. By someone you know. About £40.00"
__all__ = ["asked"]  # a fixture


def test_as_last_time_is_the_address_given_newest_and_is_shown_to_whoever_signs_in(
    app: Flask, cast: Cast, visit: Any, asked: None, things: dict[str, Any]
) -> None:
    answered_before(app, cast)
    stranger, path = visit(""), link(app, cast)
    stranger.post(path, {**FIRST, "care": "no", "address": "4 Shore Street\nLerwick"})
    page = stranger.post(path, {"coming": "in_person"}).text
    assert "Shore Street" not in page, "a mailed link shows nothing"
    stranger.post(path, {**SAME, "care": "no"})
    one = answer_of(app, cast)
    with app.app_context():
        assert one.address.split() == ["4", "Shore", "Street", "Lerwick"]
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}/check-in"))
    assert "As last time: 4 Shore Street Lerwick" in page
    assert "As last time: by bus, from TRAVELHOME" in page
    assert "As last time: yes, from 10am to 12pm" in page
    assert "CAREWORDS" not in page


def _asked_last_time(app: Flask, cast: Cast) -> None:
    """For the meeting before, with its place, its kind, who provides it and what they pay first."""
    answered_before(app, cast)
    with app.app_context(), unit_of_work():
        one = for_meeting(cast.northfirth.people["rep"], cast.northfirth.things["coming_id"])
        assert one
        care.change(one, one.version, one.span, CHOSEN)


@pytest.mark.usefixtures("rep_goes")
def test_what_was_asked_for_last_time_is_said_before_it_is_sent_to_whoever_is_signed_in(
    app: Flask, cast: Cast, visit: Any, asked: None, things: dict[str, Any]
) -> None:
    """On the page of care and in the check-in; it is what is sent, and a mailed link tells none of it."""
    _asked_last_time(app, cast)
    stranger, path = visit(""), link(app, cast)
    for page in (stranger.get(path), stranger.post(path, COMES)):
        assert not any(words in page.text for words in ("washing", "someone you know", "At home", "40.00"))
    rep = visit("northfirth.rep")
    pages = [rep.get("/care"), rep.post(f"/meetings/{things['meeting_id']}/check-in", COMES)]
    assert f"As you asked before, for Sunday 12 April 2026: {SAID}." in text_of(pages[0])
    assert f"As last time: yes, from 10am to 12pm (we do not know your journey yet). {SAID} " in text_of(pages[1])
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store"
        assert "CAREWORDS" not in page.text, "what was typed is not sent again"
    rep.post(f"/care/as-last-time/{things['meeting_id']}")
    with app.app_context():
        one = for_meeting(cast.northfirth.people["rep"], things["meeting_id"])
        assert one
        assert {name: getattr(one, name) for name in CHOSEN} == CHOSEN
        assert one.note == ""


@pytest.mark.usefixtures("rep_goes", "asked")
@pytest.mark.parametrize("is_cancelled", [True, False])
def test_a_request_that_was_cancelled_or_says_nothing_is_never_last_time(
    app: Flask, cast: Cast, visit: Any, is_cancelled: bool
) -> None:
    """Asked by check-in in words alone: what the page of care offers is still what is sent, with every choice."""
    _asked_last_time(app, cast)
    rep_id, key, rep = cast.northfirth.people["rep"], cast.northfirth.things["meeting_id"], visit("northfirth.rep")
    with app.app_context(), unit_of_work():
        blank = care.ask_for_meeting(meeting_by_id(key), rep_id, "BLANKWORDS")
        blank.asked_at += timedelta(minutes=1)
        if is_cancelled:
            care.cancel(blank, blank.version)
        else:
            blank.meeting_id = cast.northfirth.things["coming_id"]
    page = text_of(rep.get("/care"))
    assert f"As you asked before, for Sunday 12 April 2026: {SAID}. " in page
    assert ("Request what you cancelled again" in page) is is_cancelled
    assert SAID in text_of(rep.post(f"/meetings/{key}/check-in", COMES))
    rep.post(f"/care/as-last-time/{key}")
    with app.app_context():
        one = for_meeting(rep_id, key)
        assert one
        assert {name: getattr(one, name) for name in CHOSEN} == CHOSEN


@pytest.mark.usefixtures("rep_goes", "asked")
def test_the_one_button_asks_for_the_same_as_the_page_offers(app: Flask, cast: Cast, visit: Any) -> None:
    _asked_last_time(app, cast)
    rep_id, key, rep = cast.northfirth.people["rep"], cast.northfirth.things["meeting_id"], visit("northfirth.rep")
    with app.app_context(), unit_of_work():
        blank = care.ask_for_meeting(meeting_by_id(key), rep_id, "BLANKWORDS")
        care.cancel(blank, blank.version)
    path = f"/meetings/{key}/check-in"
    page = rep.get(path)
    assert SAID in text_of(page)
    rep.post(path, sent_by(page, "I’m coming, same as last time"))
    with app.app_context():
        one = for_meeting(rep_id, key)
        assert one
        assert {name: getattr(one, name) for name in CHOSEN} == CHOSEN


@pytest.mark.usefixtures("rep_goes", "asked")
def test_where_everything_was_cancelled_there_is_no_last_time(app: Flask, cast: Cast, visit: Any) -> None:
    rep_id, key = cast.northfirth.people["rep"], cast.northfirth.things["meeting_id"]
    with app.app_context(), unit_of_work():
        one = care.ask_for_meeting(meeting_by_id(key), rep_id)
        care.change(one, one.version, one.span, CHOSEN)
        care.cancel(one, one.version)
    page = text_of(visit("northfirth.rep").get("/care"))
    assert "same as last time" not in page


@pytest.mark.usefixtures("rep_goes", "asked")
def test_last_times_no_is_no_second_choice_beside_no(app: Flask, cast: Cast, visit: Any) -> None:
    """But by a mailed link, which does not tell what somebody said."""
    answered_before(app, cast)
    with app.app_context(), unit_of_work():
        before = check_in(cast.northfirth.things["coming_id"], cast.northfirth.people["rep"])
        assert before
        before.care, before.printed, before.address = "no", False, ""
    page = visit("northfirth.rep").post(f"/meetings/{cast.northfirth.things['meeting_id']}/check-in", COMES)
    assert "As last time: no" not in text_of(page)
    assert re.findall(r'name="care"[^>]*value="(\w+)"', page.text) == ["different", "no"]
    assert re.findall(r'name="printed"[^>]*value="(\w+)"', page.text) == ["yes", "no"]
    by_link = visit("").post(link(app, cast), COMES)
    assert re.findall(r'name="care"[^>]*value="(\w+)"', by_link.text) == ["same", "different", "no"]


@pytest.mark.usefixtures("rep_goes", "asked")
def test_the_page_names_the_button_that_it_has(cast: Cast, visit: Any) -> None:
    page = text_of(visit("northfirth.rep").get(f"/meetings/{cast.northfirth.things['meeting_id']}/check-in"))
    assert "If you’re not, we’ll send your answer when you select Continue. Continue" in page
