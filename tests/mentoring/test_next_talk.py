"""The other one of a pair hears of another day for their next talk; whoever is asked reads what a mentor does."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.mentoring import emails
from portal.mentoring.events import NextTalkChanged
from portal.mentoring.models import Pair, event_ids
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.mentoring.test_pages import mails, only
from tests.visitor import text_of


def test_the_other_one_hears_when_the_next_talk_is_agreed_moved_or_given_up(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    pair_id, people = cast.northfirth.things["pair_id"], cast.northfirth.people
    path = f"/mentoring/pairs/{pair_id}/plan"
    said, rep = [], visit("northfirth.rep")
    for day in (["12", "3", "2026"], ["12", "3", "2026"], ["19", "3", "2026"], ["", "", ""]):
        before = len(mails(app, "next-talk"))
        version = only(app, Pair, id=pair_id).version
        plan = {"aims": ["speaking"], "every_weeks": "6", "next_on": day, "version": str(version)}
        page = text_of(rep.post(path, plan, follow_redirects=True))
        assert len(mails(app, "next-talk")) - before in (0, 1)
        with app.app_context():
            found = select(Email.facts).where(Email.template == "next-talk", Email.person_id == people["mentor"])
            said = [
                (one["was_day"], one["day"]) for one in db.session.scalars(anywhere(found.order_by(Email.asked_at)))
            ]
    assert mails(app, "next-talk") == [people["mentor"]] * 3, "whoever moved it knows from their page"
    twelfth, nineteenth = "Thursday 12 March 2026", "Thursday 19 March 2026"
    assert sorted(said) == sorted([("", twelfth), (twelfth, nineteenth), (nineteenth, "")])
    assert re.search(r"Your plan is saved. .*Mentor will be emailed", page)
    assert "You and" not in page.split("Your plan is saved.")[1].split("emailed")[0]
    with app.app_context():
        texts = "\n".join(words_of(one).text for one in db.session.scalars(anywhere(_next_talks())))
    assert "CANARYNORTH Rep has set the date of your next talk: Thursday 12 March 2026." in texts
    assert "CANARYNORTH Rep has moved your next talk." in texts
    assert "If this day does not suit you, enter another day in your plan." in texts
    assert "CANARYNORTH Rep has cancelled your talk on Thursday 19 March 2026." in texts
    assert "To agree another date" in texts


def test_a_talk_whose_day_is_over_was_not_moved_when_the_next_is_agreed(
    app: Flask, cast: Cast, rolled_back: Any, at: Any
) -> None:
    with app.app_context():
        pair = db.session.get_one(Pair, cast.northfirth.things["pair_id"])
        event = NextTalkChanged(**event_ids(pair), was_on=TODAY, next_on=TODAY + timedelta(days=9))
        assert emails.next_talk(event)["was_day"] == "Tuesday 3 March 2026"
        at(NOW + timedelta(days=1))
        assert emails.next_talk(event)["was_day"] == ""
        assert emails.next_talk(replace(event, next_on=None)) is None, "nothing is called off that took place"


@pytest.fixture
def planned(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> str:
    """The page of a pair that planned to talk yesterday."""
    pair_id = cast.northfirth.things["pair_id"]
    with app.app_context(), unit_of_work():
        db.session.get_one(Pair, pair_id).next_on = TODAY + timedelta(days=4)
    at(NOW + timedelta(days=5))
    return f"/mentoring/pairs/{pair_id}"


def test_both_are_asked_about_a_talk_whose_day_is_over_until_one_records_it(visit: Any, planned: str) -> None:
    asked = "Did you talk with CANARYNORTH {} on Saturday 7 March?"
    mentor, rep, officer = (visit(f"northfirth.{who}") for who in ("mentor", "rep", "officer"))
    assert asked.format("Rep") in text_of(mentor.get("/"))
    assert asked.format("Mentor") in text_of(rep.get("/"))
    page, seen = text_of(rep.get(planned)), text_of(officer.get("/boards/northfirth/mentoring"))
    assert "You planned to talk on Saturday 7 March 2026. If you did, record it." in page
    assert "Next talk Not agreed yet" in page
    assert "They planned to talk on Saturday 7 March, and have not recorded it yet." in seen
    assert "Next talk: " not in seen, "a day that is over is none"
    talk = {"held_on": ["7", "3", "2026"], "minutes": "30", "way": "phone", "once": str(uuid4())}
    assert rep.post(f"{planned}/sessions/new", talk).status_code == 302
    for one, where in ((mentor, "/"), (rep, "/"), (rep, planned)):
        assert "Saturday 7 March?" not in text_of(one.get(where))
        assert "You planned to talk" not in text_of(one.get(where))
    assert "No date agreed for their next talk." in text_of(officer.get("/boards/northfirth/mentoring"))


def test_nobody_is_asked_about_a_talk_that_is_to_come_or_long_over(visit: Any, planned: str, at: Any) -> None:
    for days, is_asked in ((4, False), (34, True), (35, False)):
        at(NOW + timedelta(days=days))
        assert ("Did you talk with" in text_of(visit("northfirth.rep").get("/"))) is is_asked, days


def _next_talks() -> Any:
    return select(Email).where(Email.template == "next-talk").order_by(Email.asked_at, Email.id)


def test_what_a_mentor_does_is_read_by_whoever_is_asked_without_an_account(visit: Any, cast: Cast) -> None:
    page = text_of(visit("").get("/mentoring/what-a-mentor-does"))
    for words in (
        "What it is for",
        "every 4 weeks",
        "When to tell an officer",
        "How to stop",
        "30 days after you begin",
    ):
        assert words in page
    mentor, pair_id = visit("northfirth.mentor"), cast.northfirth.things["pair_id"]
    for path in ("/mentoring", f"/mentoring/pairs/{pair_id}"):
        assert "/mentoring/what-a-mentor-does" in mentor.get(path).text, path
    assert "what-a-mentor-does" not in visit("northfirth.rep").get(f"/mentoring/pairs/{pair_id}").text
