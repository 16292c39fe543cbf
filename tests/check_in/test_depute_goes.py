"""A rep whose depute goes instead: every page says who goes, nothing that follows from going is asked, care is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.check_in.models import CheckIn
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.rules import proposed
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast
from tests.check_in.test_check_in import FIRST, mails
from tests.replacement_care.asking import mails as care_mails
from tests.visitor import text_of

GOES = "CANARYNORTH Depute is down to go for you."


@pytest.fixture
def path(things: dict[str, Any], rolled_back: Any) -> str:
    return f"/meetings/{things['meeting_id']}"


def let_depute_go(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        north = cast.northfirth
        meetings.let_stand_in(meeting_by_id(north.things["meeting_id"]), north.people["depute"], north.people["rep"])


def care_for(app: Flask, cast: Cast, person: str = "rep") -> Any:
    """A request for care at the meeting."""
    north, key = cast.northfirth, uuid4()
    with app.app_context(), unit_of_work():
        meeting, mine = meeting_by_id(north.things["meeting_id"]), north.people[person]
        of = {"what": "meeting", "title": "x", "meeting_id": meeting.id}
        care.ask(key, north.id, mine, mine, proposed(meeting.starts_at, 0), of)
    return key


def status_of(app: Flask, key: Any) -> tuple[str, str]:
    with app.app_context():
        one = db.session.scalars(select(CareRequest).where(CareRequest.id == key)).one()
        return one.status, one.to_agree


def test_every_page_of_the_meeting_says_who_goes(visit: Any, path: str) -> None:
    rep = visit("northfirth.rep")
    for where in ("/", path, "/boards/northfirth/meetings", f"{path}/check-in"):
        assert GOES.rstrip(".") in text_of(rep.get(where)), where
    for where in ("/", path):
        page = rep.get(where)
        assert "Change this" in text_of(page)
        assert f"{path}/cannot" not in page.text


def test_the_first_page_asks_nothing_that_follows_from_going(visit: Any, path: str) -> None:
    page = text_of(visit("northfirth.rep").get("/"))
    for asked in ("Read 2 papers", "You can request care", "Needed at home"):
        assert asked not in page, asked


def test_the_depute_is_asked_instead(app: Flask, cast: Cast, path: str, at: Any) -> None:
    at(datetime(2026, 3, 10, 8, 1, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    assert not mails(app, "check-in-reminder", cast.northfirth.people["rep"])
    assert mails(app, "check-in-reminder", cast.northfirth.people["depute"])


def test_the_officer_is_not_told_to_ask_the_rep(visit: Any, path: str, at: Any) -> None:
    at(NOW + timedelta(days=8))
    desk = text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    assert "CANARYNORTH Depute (depute): ask if they’re coming" in desk
    assert "CANARYNORTH Rep: ask if they’re coming" not in desk


def test_the_desk_says_whether_the_depute_has_answered(app: Flask, cast: Cast, visit: Any, path: str, at: Any) -> None:
    at(NOW + timedelta(days=8))
    officer, desk = visit("northfirth.officer"), "/boards/northfirth/desk"
    page, sheet = text_of(officer.get(desk)), officer.client.get(f"{desk}.csv").text
    asked = "the depute is down to go, but has not answered yet"
    assert f"{asked} No answer yet" in page
    assert asked in sheet
    assert "CANARYNORTH Rep" in text_of(officer.get(f"{desk}?show=check_in")).split("Care open")[-1]
    assert "No answer yet" in text_of(officer.get(f"{path}/coming"))
    visit("northfirth.depute").post(f"{path}/check-in", {**FIRST, "care": "keep"})
    page = text_of(officer.get(desk))
    assert "the depute will go" in page
    assert asked not in page
    assert "the depute will go" in officer.client.get(f"{desk}.csv").text
    assert "None of the reps match" in text_of(officer.get(f"{desk}?show=check_in"))


def test_the_desk_says_that_a_depute_could_not_and_is_called_again(
    app: Flask, cast: Cast, visit: Any, path: str, at: Any
) -> None:
    at(NOW + timedelta(days=8))
    visit("northfirth.depute").post(f"{path}/cannot")
    officer = visit("northfirth.officer")
    assert "down to go" not in text_of(officer.get("/boards/northfirth/desk"))
    let_depute_go(app, cast)
    again = "the depute is down to go, but told us earlier that they can’t, and has not answered again yet"
    assert again in text_of(officer.get("/boards/northfirth/desk"))


def test_printed_papers_are_not_posted_to_whoever_stays(app: Flask, cast: Cast, visit: Any, path: str) -> None:
    with app.app_context(), unit_of_work():
        mine = (CheckIn.meeting_id == cast.northfirth.things["meeting_id"],)
        rep = (CheckIn.person_id == cast.northfirth.people["rep"],)
        one = db.session.scalars(select(CheckIn).where(*mine, *rep)).one()
        one.printed, one.posted_on = True, None
    clerk = visit("northfirth.clerk")
    assert "Post 1 set" not in text_of(clerk.get("/"))
    assert "CANARYNORTH Rep" not in text_of(clerk.get(f"{path}/post"))


def test_the_answer_is_chosen_and_coming_after_all_lets_the_depute_stay(visit: Any, path: str) -> None:
    rep = visit("northfirth.rep")
    assert 'value="depute" checked' in " ".join(rep.get(f"{path}/check-in").text.split())
    rep.post(f"{path}/check-in", FIRST)
    page = text_of(rep.get(path))
    assert "You said you’re coming in person." in page
    assert GOES not in page


@pytest.mark.usefixtures("rep_goes")
def test_the_rep_is_asked_if_care_is_still_needed(app: Flask, cast: Cast, visit: Any, path: str) -> None:
    key, rep = care_for(app, cast), visit("northfirth.rep")
    let_depute_go(app, cast)
    assert status_of(app, key) == ("asked", "rep")
    assert care_mails(app, cast, "care-to-agree", "rep") == 1
    assert "Tell us if you still need your care" in text_of(rep.get("/"))
    page = text_of(rep.get(f"/care/{key}"))
    assert f"{GOES} Do you still need care" in page
    assert "Yes, I still need it" in page
    rep.post(f"/care/{key}/agree", {"version": "2"})
    assert status_of(app, key) == ("asked", "")
    assert "Tell us if you still need your care" not in text_of(rep.get("/"))


@pytest.mark.usefixtures("rep_goes")
def test_care_that_is_no_longer_needed_is_cancelled_there(app: Flask, cast: Cast, visit: Any, path: str) -> None:
    key = care_for(app, cast)
    let_depute_go(app, cast)
    visit("northfirth.rep").post(f"/care/{key}/cancel", {"version": "2"})
    assert status_of(app, key) == ("cancelled", "")


@pytest.mark.usefixtures("rep_goes")
def test_nobody_elses_care_is_asked_about(app: Flask, cast: Cast, path: str) -> None:
    key = care_for(app, cast, "depute")
    let_depute_go(app, cast)
    assert status_of(app, key) == ("asked", "")


def test_apologies_keep_the_depute_who_goes_already(app: Flask, cast: Cast, visit: Any, path: str) -> None:
    visit("northfirth.rep").post(f"{path}/cannot")
    assert GOES.rstrip(".") in text_of(visit("northfirth.rep").get(path))


@pytest.mark.usefixtures("rep_goes")
@pytest.mark.parametrize("way", ["cannot", "check-in"])
def test_apologies_say_at_once_that_care_is_cancelled(app: Flask, cast: Cast, visit: Any, path: str, way: str) -> None:
    care_for(app, cast)
    rep = visit("northfirth.rep")
    page = text_of(rep.post(f"{path}/{way}", {"coming": "no"}, follow_redirects=True))
    assert "Your replacement care is cancelled too. You can undo both until " in page
    assert "Undo my apologies" in page


@pytest.mark.usefixtures("rep_goes")
def test_apologies_without_care_say_nothing_of_it(visit: Any, path: str) -> None:
    page = visit("northfirth.rep").post(f"{path}/cannot", follow_redirects=True)
    assert "replacement care" not in text_of(page).split("We have your apologies")[1].split("Undo my")[0]


def test_the_deputes_first_page_says_for_whom_they_go(visit: Any, path: str) -> None:
    assert "You’re standing in for CANARYNORTH Rep." in text_of(visit("northfirth.depute").get("/"))
    assert "standing in for" not in text_of(visit("northfirth.rep").get("/"))


def test_whoever_requests_care_although_a_depute_goes_reads_so_on_the_form(
    app: Flask, cast: Cast, visit: Any, path: str
) -> None:
    rep, form = visit("northfirth.rep"), f"/care/new?meeting={path.split('/')[-1]}"
    assert "You can still request care below" in text_of(rep.get(form))
    assert GOES in text_of(rep.get(form))
