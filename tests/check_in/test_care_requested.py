"""The check-in of whoever has requested care already: nothing is replaced or cancelled without being said and asked."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.replacement_care.models import CareRequest
from tests.cast import Cast
from tests.check_in.test_check_in import CARE, FIRST, asked, has_depute, link
from tests.check_in.test_undoing import arranged, note_of, request_of
from tests.check_in.test_what_follows import asked_on, chosen_on
from tests.visitor import text_of

__all__ = ["asked"]  # a fixture
KEPT = {**FIRST, "care": "keep", "care_words": "other words"}
NONE = {**FIRST, "care": "no", "shown": "coming care travel travel_from printed address help_words"}


@pytest.fixture
def path(things: dict[str, Any]) -> str:
    return f"/meetings/{things['meeting_id']}"


def test_what_is_requested_is_shown_and_kept_unless_said_otherwise(
    app: Flask, visit: Any, cast: Cast, path: str
) -> None:
    one, rep = arranged(app, visit, cast, f"{path}/check-in"), visit("northfirth.rep")
    page = rep.get(f"{path}/check-in")
    shown = text_of(page)
    assert (
        "You have already requested care for this meeting. Arranged Friday 13 March 2026, from 10am to 12pm." in shown
    )
    assert f"What you wrote: {CARE}" in shown
    assert "not coming, or do not need care, we’ll cancel this request" in shown
    assert ("care", "keep") in chosen_on(page)
    assert "care_words" not in asked_on(page)
    assert rep.post(f"{path}/check-in", KEPT).status_code == 302
    assert rep.post(f"{path}/check-in", FIRST).status_code == 200, "an older page asks again"
    now = request_of(app, cast)
    assert (now.id, now.status, now.version) == (one.id, "arranged", one.version)
    assert note_of(app, now) == CARE


def test_a_no_to_care_says_what_it_cancels_and_asks(app: Flask, visit: Any, cast: Cast, path: str) -> None:
    one, rep = arranged(app, visit, cast, f"{path}/check-in"), visit("northfirth.rep")
    page = text_of(rep.post(f"{path}/check-in", NONE))
    assert "There is 1 more question below" in page
    assert "Cancel my care request" in page
    seen = {**NONE, "shown": f"{NONE['shown']} cancel_care"}
    assert "Tick the box to cancel your care request" in text_of(rep.post(f"{path}/check-in", seen))
    assert request_of(app, cast).status == "arranged"
    page = text_of(rep.post(f"{path}/check-in", {**seen, "cancel_care": "y"}, follow_redirects=True))
    assert "Your replacement care for this meeting is cancelled." in page
    assert "request this care again" in page
    assert request_of(app, cast).id == one.id, "the page is that of what was cancelled"


def test_a_new_request_begins_with_what_was_cancelled(app: Flask, visit: Any, cast: Cast, path: str) -> None:
    one, rep = arranged(app, visit, cast, f"{path}/check-in"), visit("northfirth.rep")
    change = {"day": ["13", "3", "2026"], "from_hour": "8am", "until_hour": "4pm", "place": "home", "kind": "company"}
    rep.post(f"/care/{one.id}/change", {**change, "who": "known", "note": "CHANGEDWORDS", "version": str(one.version)})
    rep.post(f"{path}/check-in", {**NONE, "cancel_care": "y"})
    form = rep.get(f"/care/new?meeting={path.rsplit('/', 1)[1]}")
    assert "The form below begins with the same day and times, where" in text_of(form)
    assert "CHANGEDWORDS" in form.text
    assert 'value="08:00"' in form.text
    assert "CHANGEDWORDS" not in visit("northfirth.officer").get(f"/care/{one.id}/arrange").text
    rep.post(f"{path}/check-in", {**FIRST, "care_words": "CHANGEDWORDS"})
    again = request_of(app, cast)
    assert (again.status, again.starts_at, again.ends_at) == ("asked", *_times(app, one))
    assert (again.who, again.is_worked_out) == ("known", False)


def _requests(app: Flask, cast: Cast) -> list[CareRequest]:
    """Every request of the rep for the meeting, whichever is the newest."""
    mine = (CareRequest.person_id == cast.northfirth.people["rep"], CareRequest.what == "meeting")
    with app.app_context():
        return list(db.session.scalars(select(CareRequest).where(*mine).order_by(CareRequest.id)))


def _times(app: Flask, one: CareRequest) -> tuple[Any, Any]:
    with app.app_context():
        found = db.session.get_one(CareRequest, one.id)
        return found.starts_at, found.ends_at


def test_a_mailed_link_neither_tells_of_care_nor_replaces_it(
    app: Flask, visit: Any, cast: Cast, asked: None, path: str
) -> None:
    visit("northfirth.rep").post(f"{path}/check-in", FIRST)
    page = visit("").get(link(app, cast))
    assert "You have already requested care" not in text_of(page)
    assert "not coming, or do not need care, we’ll cancel it" in text_of(page)
    done = text_of(visit("").post(link(app, cast), {**FIRST, "care_words": "LATERWORDS"}))
    assert "We have not changed that request, and have not saved what you wrote now" in done
    assert [note_of(app, one) for one in _requests(app, cast)] == [CARE], "that one, and no second beside it"
    assert "is cancelled" not in done
    assert "care for this meeting is cancelled" in text_of(visit("").post(link(app, cast), {**FIRST, "care": "no"}))


def test_a_change_of_worked_out_times_warns_as_a_new_request_does(
    app: Flask, visit: Any, cast: Cast, path: str
) -> None:
    rep = visit("northfirth.rep")
    rep.post(f"{path}/check-in", FIRST)
    page = text_of(rep.get(f"/care/{request_of(app, cast).id}/change"))
    assert "We worked out the times from the meeting" in page
    assert "They may differ from what you wrote." in page


def test_the_page_of_care_says_that_apologies_cancelled_it(app: Flask, visit: Any, cast: Cast, path: str) -> None:
    one, rep = arranged(app, visit, cast, f"{path}/check-in"), visit("northfirth.rep")
    for where in ("/", f"{path}/check-in"):
        page = text_of(rep.get(where))
        assert "If you can’t come, your replacement care for" in page, "it is no news"
        assert page.count("will be cancelled too. You can undo both") == 1, where
        assert "you can undo it" not in page, where
    rep.post(f"{path}/cannot")
    page = text_of(rep.get(f"/care/{one.id}"))
    assert "You sent your apologies for this meeting, and this request was cancelled with them." in page
    assert "You can undo this until" in page
    assert "Undo my apologies" in page


def test_nobody_is_asked_how_they_travel_to_a_meeting_that_is_online_only(
    app: Flask, visit: Any, cast: Cast, path: str, asked: None
) -> None:
    with app.app_context(), unit_of_work():
        meeting = db.session.get_one(Meeting, cast.northfirth.things["meeting_id"])
        meeting.place, meeting.link = "", "https://meet.test/1"
    for visitor, where in ((visit("northfirth.rep"), f"{path}/check-in"), (visit(""), link(app, cast))):
        assert "Yes, in person" not in text_of(visitor.get(where))
        assert "Select whether you are coming" in text_of(visitor.post(where, FIRST))
        assert "travel" not in asked_on(visitor.post(where, {"coming": "online", "shown": "coming"}))


def test_a_depute_is_promised_only_once_they_said_yes(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], path: str
) -> None:
    has_depute(app, cast)
    rep, depute = visit("northfirth.rep"), visit("northfirth.depute")
    rep.post(f"{path}/cannot")
    for where in (path, f"{path}/check-in", "/"):
        page = text_of(rep.get(where))
        assert "CANARYNORTH Depute is down to go for you. They have not answered yet." in page, where
    assert "Tell us if you’re coming" in text_of(depute.get("/"))
    depute.post(f"{path}/check-in", {**FIRST, "care": "keep"})
    assert "CANARYNORTH Depute will go for you." in text_of(rep.get(path))


def test_notes_are_shared_only_where_there_is_a_depute(app: Flask, visit: Any, cast: Cast, path: str) -> None:
    has_depute(app, cast)
    rep = visit("northfirth.rep")
    assert "Share notes with your depute" not in text_of(rep.get(path))
    rep.post(f"{path}/cannot")
    assert "Share notes with your depute" in text_of(rep.get(path))


def test_notes_are_not_offered_to_share_before_there_are_papers(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    has_depute(app, cast)
    rep, path = visit("northfirth.rep"), f"/meetings/{things['coming_id']}"
    rep.post(f"{path}/cannot")
    page = text_of(rep.get(path))
    assert "is down to go for you" in page
    assert "Share notes with your depute" not in page
