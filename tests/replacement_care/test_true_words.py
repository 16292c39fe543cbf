"""What pages and emails about care say is so at the moment they say it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import actions, queries
from portal.replacement_care.requests.rules import proposed
from tests.cast import NOW, Cast, anywhere
from tests.replacement_care.asking import ARRANGE, asked, do
from tests.visitor import text_of

WORDS: Typed = {"what": "event", "title": "Carers week", "note": "CAREWORDS"}


def asked_by(app: Flask, cast: Cast, role: str) -> CareRequest:
    """A request of the rep's that this person wrote down."""
    people = cast.northfirth.people
    with app.app_context(), unit_of_work():
        span = proposed(NOW.replace(day=20), 0)
        return actions.ask(uuid4(), cast.northfirth.id, people["rep"], people[role], span, WORDS)


def test_words_that_an_officer_wrote_down_are_not_said_to_be_read_by_nobody(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    page = text_of(visit("northfirth.rep").get(f"/care/{asked_by(app, cast, 'officer').id}"))
    assert "CANARYNORTH Officer wrote this request for you, and knows what it says" in page
    assert "Nobody" not in page
    own = text_of(visit("northfirth.rep").get(f"/care/{asked_by(app, cast, 'rep').id}"))
    assert "It has not been opened yet. When an officer opens it, we’ll show it here." in own


def test_the_officer_is_asked_for_an_agency_and_not_told_to_leave_out_names(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    one, officer = asked_by(app, cast, "rep"), visit("northfirth.officer")
    before = text_of(officer.get(f"/care/{one.id}/arrange"))
    assert "Take this request" in before
    assert "Record what you have arranged" not in before, "nobody says so before somebody takes the request on"
    officer.post(f"/care/{one.id}/take", {"version": one.version})
    page = text_of(officer.get(f"/care/{one.id}/arrange"))
    assert "Record what you have arranged" in page
    assert "Agency or worker, and how to reach them on the day" in page
    assert "Do not write anything about the person cared for" in page
    assert "Never write a name" not in page


@pytest.mark.parametrize(
    ("days", "own", "arranges"),
    [
        (10, "Your officer has until Friday 13 March 2026 to arrange it.", "Arrange it by Friday 13 March 2026"),
        (11, "Your officer was due to arrange it by Friday 13 March 2026. Late", "Friday 13 March 2026 Late"),
    ],
)
def test_the_day_to_arrange_care_by_is_the_same_for_rep_and_officer(
    app: Flask, visit: Any, cast: Cast, at: Any, days: int, own: str, arranges: str
) -> None:
    one = asked_by(app, cast, "rep")
    at(NOW + timedelta(days=days))
    assert own in text_of(visit("northfirth.rep").get(f"/care/{one.id}"))
    officer = visit("northfirth.officer")
    assert arranges in text_of(officer.get(f"/care/{one.id}/arrange"))
    task = "By Friday 13 March" if days == 10 else "Was due by Friday 13 March"
    desk = text_of(officer.get("/boards/northfirth/desk"))
    assert f"arrange care for Friday 20 March {'Late ' if days > 10 else ''}{task}" in desk
    listed = "Arrange it by Friday 13 March" if days == 10 else "Was due by Friday 13 March Late"
    assert listed in text_of(officer.get("/care/to-arrange")), "one deadline has one verdict everywhere"


@pytest.mark.parametrize("was_arranged", [True, False])
def test_the_officer_is_asked_to_tell_a_provider_only_where_there_is_one(
    app: Flask, cast: Cast, rolled_back: Any, was_arranged: bool
) -> None:
    one, officer = asked_by(app, cast, "rep"), cast.northfirth.people["officer"]
    with app.app_context(), unit_of_work():
        care = db.session.get_one(CareRequest, one.id)
        if was_arranged:
            arranging.arrange(care, care.version, officer, care.span, {"arrangement": "Agency"})
        actions.cancel(care, care.version)
    with app.app_context():
        told = select(Email).where(Email.template == "care-called-off", Email.person_id == officer)
        newest = db.session.scalars(anywhere(told.order_by(Email.asked_at.desc(), Email.id))).unique().first()
        assert newest
        assert ("please tell the provider" in words_of(newest).text) is was_arranged


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("took_place", "You told us that you used your own care budget. We count"),
        ("not_held", "You told us that nobody was found. We count"),
    ],
)
def test_a_past_request_says_what_one_told_and_no_more(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, status: str, words: str
) -> None:
    one = asked_by(app, cast, "rep")
    with app.app_context(), unit_of_work():
        kept = db.session.get_one(CareRequest, one.id)
        kept.status, kept.was_own_budget, kept.travel_minutes = status, True, 70
    page = text_of(visit("northfirth.rep").get(f"/care/{one.id}"))
    assert words in page
    assert "1 hour 10 minutes, included in these times" in page


def test_what_the_portal_worked_out_is_not_shown_as_what_the_rep_said(app: Flask, visit: Any, cast: Cast) -> None:
    """From the check-in with words of their own: nothing that nobody chose, and the hours are to be checked."""
    with app.app_context(), unit_of_work():
        earlier, meeting = (meeting_by_id(cast.northfirth.things[name]) for name in ("coming_id", "meeting_id"))
        first = actions.ask_for_meeting(earlier, cast.northfirth.people["rep"])
        actions.change(first, first.version, first.span, {"place": "home", "kind": "company", "who": "arranged"})
        one = actions.ask_for_meeting(meeting, cast.northfirth.people["rep"], "noon to 5pm")
        assert (one.place, one.kind, one.who, one.is_worked_out) == ("", "", "", True)
        request_id = one.id
    rep = visit("northfirth.rep")
    words = text_of(rep.get(f"/care/{request_id}"))
    assert "We worked out the times from the meeting. They may differ from what you wrote" in words
    assert "At home" not in words
    assert "Please arrange it for me" not in words
    assert "Worked out by the portal" in text_of(visit("northfirth.officer").get(f"/care/{request_id}/arrange"))
    with app.app_context(), unit_of_work():
        kept = queries.request_by_id(cast.northfirth.id, request_id)
        actions.keep_hours(kept, kept.version)
    assert "We worked out" not in text_of(rep.get(f"/care/{request_id}"))


def test_as_last_time_says_what_was_taken_from_it(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        person_id = cast.northfirth.people["rep"]
        earlier, meeting = (meeting_by_id(cast.northfirth.things[name]) for name in ("coming_id", "meeting_id"))
        first = actions.ask_for_meeting(earlier, person_id)
        actions.change(first, first.version, first.span, {"place": "home", "kind": "company"})
        request_id = actions.ask_for_meeting(meeting, person_id).id
    words = text_of(visit("northfirth.rep").get(f"/care/{request_id}"))
    assert "We worked out the times from the meeting, and took the rest from your last request." in words


def test_the_page_of_a_request_says_what_was_asked_for(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    """Also after an officer has offered other times, and where an officer wrote it."""
    one = asked(app, visit, cast)
    says = "You asked for Something else in your role: Carers week. Friday 20 March, from 9am to 2pm (5 hours)."
    rep = visit("northfirth.rep")
    assert f"{says} Sent on Tuesday 3 March" in text_of(rep.get(f"/care/{one.id}"))
    officer = visit("northfirth.officer")
    do(officer, one, "arrange", 1, **{**ARRANGE, "from_hour": "10am"}, anyway="y")
    page = text_of(rep.get(f"/care/{one.id}"))
    assert "from 10am to 2pm" in page
    assert says in page
    written = text_of(rep.get(f"/care/{asked_by(app, cast, 'officer').id}"))
    assert "CANARYNORTH Officer asked for Something else in your role: Carers week." in written
