"""The email that care is cancelled says why, where it went with its meeting; and the day of that meeting alone."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.replacement_care.requests import actions as care
from tests.cast import NOW, TODAY, Cast, anywhere

DURING = NOW.replace(hour=12) + timedelta(days=10)  # the first meeting of the cast


@pytest.fixture
def asked(app: Flask, cast: Cast, rolled_back: Any) -> str:
    """The key of a request around that meeting."""
    with app.app_context(), unit_of_work():
        meeting, rep = meeting_by_id(cast.northfirth.things["meeting_id"]), cast.northfirth.people["rep"]
        return care.ask_for_meeting(meeting, rep).id.hex


def written(app: Flask, cast: Cast, role: str, key: str = "") -> str:
    with app.app_context():
        statement = select(Email).where(Email.template == "care-called-off")
        found = statement.where(Email.person_id == cast.northfirth.people[role]).order_by(Email.asked_at, Email.id)
        [one] = [one for one in db.session.scalars(anywhere(found)).unique() if key in one.facts["request_id"]]
        words = words_of(one)
        return f"{words.subject}\n{words.text}"


@pytest.mark.parametrize(("role", "whose"), [("rep", "Your request"), ("officer", "A rep’s request")])
def test_it_says_that_the_meeting_was_cancelled(app: Flask, cast: Cast, asked: str, role: str, whose: str) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
        meetings.cancel(meeting, meeting.version, "Snow")
    words = " about the meeting on Friday 13 March has been cancelled, because the meeting was cancelled."
    assert f"{whose} to CANARYNORTH Joint Board{words}" in (text := written(app, cast, role, asked))
    assert "Snow" not in text


@pytest.mark.usefixtures("asked")
def test_it_says_that_a_meeting_does_not_sit_again(app: Flask, cast: Cast, at: Any) -> None:
    """And the day on which it does not, not the one on which it was held."""
    at(DURING)
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
        meetings.adjourn(meeting, meeting.version, TODAY + timedelta(days=17), time(10), "No quorum")
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
        meetings.cancel(meeting, meeting.version, "Snow")
    text = written(app, cast, "rep")
    off = "the meeting on Friday 20 March has been cancelled, because the meeting will not sit again on that day."
    assert off in text
    assert ": meeting on 20 March\n" in text
    assert "13 March" not in text


def test_of_what_the_rep_cancelled_it_says_no_more(app: Flask, cast: Cast, asked: str) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
        care.call_off_for_meeting(meeting, cast.northfirth.people["rep"])
    assert "about the meeting on Friday 13 March has been cancelled.\n" in written(app, cast, "officer", asked)
