"""Whoever comes online travels nowhere: their care leaves the journey out, or says that it still includes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.deputes.models import Nomination
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.rules import proposed, without_journey
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast
from tests.check_in.test_check_in import has_depute, link
from tests.visitor import text_of

ONLINE = {"coming": "online", "care": "keep", "travel": "none", "printed": "no", "help_words": ""}


def with_journey(app: Flask, cast: Cast) -> Any:
    """The rep has care for the meeting, with 35 minutes of a journey each way."""
    has_depute(app, cast)
    north, key = cast.northfirth, uuid4()
    with app.app_context(), unit_of_work():
        meeting, mine = meeting_by_id(north.things["coming_id"]), north.people["rep"]
        of = {"what": "meeting", "title": "x", "meeting_id": meeting.id}
        care.ask(key, north.id, mine, mine, proposed(meeting.starts_at, 35), of)
    return key


def from_hour(page: str) -> str:
    return page.split('name="from_hour"')[1].split('value="')[1].split('"')[0]


def test_care_with_a_journey_says_so_and_offers_times_without(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    key, path = with_journey(app, cast), f"/meetings/{cast.northfirth.things['coming_id']}/check-in"
    rep = visit("northfirth.rep")
    assert "These times include a journey of 1 hour 10 minutes." in text_of(rep.get(path))
    assert "still include a journey" not in text_of(rep.get(f"/care/{key}"))
    answered = rep.post(path, ONLINE)
    assert answered.location.endswith(f"/care/{key}")
    said = text_of(rep.get(f"/care/{key}"))
    assert "There is no link to join yet, so ask the clerk for one." in said
    assert "coming online, but these times still include a journey of 1 hour 10 minutes." in said
    assert "Without it you need care from 10am" in said
    page = rep.get(f"/care/{key}/change?without-journey=1").text
    assert from_hour(page) == "10:00"
    assert from_hour(rep.get(f"/care/{key}/change").text) == "09:25"


def test_care_that_an_answer_asks_for_leaves_the_journey_out(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    with_journey(app, cast)
    path = f"/meetings/{cast.northfirth.things['meeting_id']}/check-in"
    visit("northfirth.rep").post(path, {**ONLINE, "care": "different", "care_words": "Sitting"})
    with app.app_context():
        of = (CareRequest.meeting_id == cast.northfirth.things["meeting_id"], CareRequest.status != "cancelled")
        statement = select(CareRequest).where(*of, CareRequest.person_id == cast.person("northfirth.rep"))
        assert [one.travel_minutes for one in db.session.scalars(statement.where(CareRequest.what == "meeting"))] == [0]


def test_without_the_journey_the_hours_are_those_of_the_meeting() -> None:
    span = proposed(NOW, 35)
    left = without_journey(span)
    assert left.starts_at - span.starts_at == timedelta(minutes=35)
    assert (left.minutes, left.travel_minutes) == (span.minutes - 70, 0)


def test_a_new_request_for_a_meeting_that_has_one_says_so(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    key = with_journey(app, cast)
    page = visit("northfirth.rep").get(f"/care/new?meeting={cast.northfirth.things['coming_id']}")
    assert "You have already requested care for this meeting:" in text_of(page)
    assert f'href="/care/{key}"' in page.text


@pytest.mark.parametrize("is_agreed", [True, False])
def test_the_mailed_page_offers_a_depute_only_where_the_signed_in_page_does(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, is_agreed: bool
) -> None:
    has_depute(app, cast)
    with app.app_context(), unit_of_work():
        if not is_agreed:
            db.session.get_one(Nomination, cast.northfirth.things["nomination_id"]).agreed_at = None
    with app.app_context():
        do_what_is_due()
    signed_in = visit("northfirth.rep").get(f"/meetings/{cast.northfirth.things['meeting_id']}/check-in").text
    for page in (signed_in, visit("").get(link(app, cast)).text):
        assert ("No, my depute will" in page) == is_agreed
