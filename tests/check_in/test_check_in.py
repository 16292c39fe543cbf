"""The question before each meeting: asked in time, answered without sign-in, in an emergency with one press."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal.check_in.models import CheckIn
from portal.core import clock
from portal.deputes.models import Nomination
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting, StandIn
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.replacement_care.requests import actions as care
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

CARE = "CAREWORDS she needs lifting at noon"
FIRST = {"coming": "in_person", "care": "different", "care_words": CARE, "travel": "bus", "travel_from": "TRAVELHOME"}
FIRST |= {"printed": "yes", "address": "1 ADDRESS Street\nTown", "help_words": "HELPWORDS a loop"}
SAME = {"coming": "in_person", "care": "same", "travel": "same", "printed": "same", "help_words": ""}


def mails(app: Flask, template: str, person_id: Any = None) -> list[Email]:
    with app.app_context():
        statement = select(Email).where(Email.template == template).order_by(Email.asked_at)
        found = db.session.scalars(anywhere(statement)).unique().all()
        return [one for one in found if person_id in (None, one.person_id)]


def link(app: Flask, cast: Cast, board: str = "northfirth", template: str = "check-in") -> str:
    """The path in the rep's newest email about the cast's first meeting."""
    rep, meeting_id = cast.person(f"{board}.rep"), getattr(cast, board).things["meeting_id"]
    with app.app_context():
        sent = [one for one in mails(app, template, rep) if one.meeting_id == meeting_id]
        newest = max(sent, key=lambda one: int(one.facts["generation"]))  # both may be of the same moment
        words = words_of(db.session.get_one(Email, newest.id)).text
    found = re.search(r"http://localhost(/check-in/\S+)", words)
    assert found
    return found[1]


@pytest.fixture
def asked(app: Flask, cast: Cast, rolled_back: Any) -> None:
    """It is 3 March, ten days before the meeting of the cast: its reps are asked."""
    with app.app_context():
        do_what_is_due()


def answer_of(app: Flask, cast: Cast, meeting: str = "meeting_id") -> CheckIn:
    with app.app_context():
        one = (
            CheckIn.meeting_id == cast.northfirth.things[meeting],
            CheckIn.person_id == cast.person("northfirth.rep"),
        )
        return db.session.scalars(select(CheckIn).where(*one)).one()


def answered_before(app: Flask, cast: Cast) -> None:
    """The rep answered for an earlier meeting of the same group."""
    north = cast.northfirth
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(north.things["coming_id"])
        one = CheckIn(board_id=north.id, group_id=meeting.group_id, meeting_id=meeting.id)
        one.person_id, one.coming, one.care, one.travel, one.printed = (
            north.people["rep"],
            "in_person",
            "different",
            "bus",
            True,
        )
        one.travel_from, one.address, one.help_words = "TRAVELHOME", "1 ADDRESS Street", ""
        one.answered_at, one.answered_for = NOW - timedelta(days=60), meeting.meets_on
        db.session.add(one)
        care.ask_for_meeting(meeting, one.person_id, CARE)


@pytest.mark.usefixtures("rep_goes")
def test_reps_are_asked_once_ten_days_before_and_once_more(app: Flask, cast: Cast, asked: None, at: Any) -> None:
    rep = cast.person("northfirth.rep")
    with app.app_context():
        do_what_is_due()
    assert len(mails(app, "check-in", rep)) == 1
    assert not mails(app, "check-in", cast.person("northfirth.clerk"))
    at(datetime(2026, 3, 10, 7, 59, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    assert not mails(app, "check-in-reminder", rep)
    at(datetime(2026, 3, 10, 8, 1, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
        do_what_is_due()
    assert len(mails(app, "check-in-reminder", rep)) == 1


def test_whoever_answered_is_not_reminded(app: Flask, cast: Cast, visit: Any, asked: None, at: Any) -> None:
    assert "Thank you" in text_of(visit("").post(link(app, cast), FIRST))
    at(datetime(2026, 3, 10, 8, 1, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    assert not mails(app, "check-in-reminder", cast.person("northfirth.rep"))


def test_an_answer_without_sign_in_is_kept_sealed_and_seen_by_whom_it_concerns(
    app: Flask, cast: Cast, visit: Any, asked: None, things: dict[str, Any]
) -> None:
    path = link(app, cast)
    page = visit("").get(path)
    assert "CANARYNORTH Main Group" in text_of(page)
    assert answer_of(app, cast).answered_at is None, "opening the link answers nothing"
    assert visit("").post(path, FIRST).status_code == 200
    one = answer_of(app, cast)
    assert (one.coming, one.care, one.travel, one.printed) == ("in_person", "different", "bus", True)
    assert "ADDRESS" not in one.sealed_address
    where = f"/meetings/{things['meeting_id']}/coming"
    clerk, officer = (text_of(visit(f"northfirth.{role}").get(where)) for role in ("clerk", "officer"))
    assert "Cover is needed" in clerk
    assert "Papers by post: 1 ADDRESS Street, Town" in clerk
    assert "CAREWORDS" not in clerk
    assert "HELPWORDS" not in clerk
    assert "Cover is needed: from 10am to 12pm" in officer
    assert "CAREWORDS" not in officer, "only whoever arranges it reads that, on a page of its own"
    assert "HELPWORDS a loop" in officer
    assert "CAREWORDS" not in visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}").text


def test_as_last_time_takes_two_taps_and_shows_nothing(app: Flask, cast: Cast, visit: Any, asked: None) -> None:
    answered_before(app, cast)
    stranger = visit("")
    page = stranger.post(link(app, cast), {"coming": "in_person"}).text
    for secret in ("CAREWORDS", "TRAVELHOME", "ADDRESS"):
        assert secret not in page
    chosen = re.findall(r'name="(care|printed)"[^>]*value="same"[^>]*checked', page)
    assert sorted(chosen) == ["care", "printed"], "everything but 'are you coming' is filled in: tick it, and send"
    assert "Thank you" in text_of(stranger.post(link(app, cast), SAME))
    one = answer_of(app, cast)
    with app.app_context():
        assert (one.travel, one.travel_from, one.address) == (
            "bus",
            "TRAVELHOME",
            "1 ADDRESS Street",
        )


def test_as_last_time_may_be_no(app: Flask, cast: Cast, visit: Any, asked: None) -> None:
    answered_before(app, cast)
    with app.app_context(), unit_of_work():
        before = db.session.scalars(anywhere(select(CheckIn).where(CheckIn.answered_at.is_not(None)))).one()
        before.care = "no"
    page = visit("").post(link(app, cast), {"coming": "in_person"}).text
    assert re.findall(r'name="care"[^>]*value="same"[^>]*checked', page), "it looks as it does after a yes"
    visit("").post(link(app, cast), SAME)
    assert not answer_of(app, cast).needs_care


def test_signed_in_one_reads_back_ones_own_answer(app: Flask, cast: Cast, visit: Any, things: dict[str, Any]) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}/check-in"
    assert rep.post(path, FIRST).status_code == 302
    page = rep.get(path).text
    assert CARE in page
    assert "1 ADDRESS Street" in page
    assert rep.post(path, {**FIRST, "coming": "online", "care": "keep"}).status_code == 302
    assert answer_of(app, cast).coming == "online"


@pytest.mark.usefixtures("rep_goes")
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"coming": ""}, "Select whether you are coming"),
        ({"care": "x"}, "Select whether you need replacement care"),
        ({"care_words": ""}, "Say in a few words what is needed"),
        ({"address": ""}, "Enter the address"),
        ({"care": "same"}, "Select whether you need replacement care"),
        ({"coming": "depute"}, "Select whether you are coming"),  # there is none
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    app: Flask, cast: Cast, visit: Any, asked: None, changed: dict[str, str], words: str
) -> None:
    page = visit("").post(link(app, cast), {**FIRST, **changed})
    assert words in text_of(page)
    assert "HELPWORDS a loop" in page.text
    assert answer_of(app, cast).answered_at is None


def has_depute(app: Flask, cast: Cast) -> UUID:
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Nomination, cast.northfirth.things["nomination_id"])
        one.status, one.decided_at, one.agreed_at = "confirmed", NOW, NOW
        db.session.execute(anywhere(delete(StandIn)))
        clock.use(lambda: NOW + timedelta(minutes=5))
        return cast.person("northfirth.depute")


def stand_ins(app: Flask, things: dict[str, Any]) -> list[UUID]:
    with app.app_context():
        return list(db.session.scalars(select(StandIn.person_id).where(StandIn.meeting_id == things["meeting_id"])))


def test_my_depute_will(app: Flask, cast: Cast, visit: Any, asked: None, things: dict[str, Any]) -> None:
    depute = has_depute(app, cast)
    before = len(mails(app, "stand-in", depute))
    visit("").post(link(app, cast), {**FIRST, "coming": "depute", "care": "no"})
    assert stand_ins(app, things) == [depute]
    assert len(mails(app, "stand-in", depute)) == before + 1
    coming = text_of(visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}/coming"))
    assert "CANARYNORTH Depute (for CANARYNORTH Rep) No answer yet" in coming
    visit("").post(link(app, cast), {**FIRST, "coming": "in_person"})
    assert stand_ins(app, things) == []
    assert len(mails(app, "stand-in", depute)) == before, "within the ten minutes the depute never hears of it"
    assert not mails(app, "stand-down", depute)
    visit("").post(link(app, cast), {**FIRST, "coming": "depute"})
    clock.use(lambda: NOW + timedelta(minutes=16))
    visit("").post(link(app, cast), {**FIRST, "coming": "in_person"})
    assert stand_ins(app, things) == []
    assert mails(app, "stand-down", depute)


@pytest.mark.parametrize("way", ["link", "signed in"])
def test_an_emergency_takes_one_press(
    app: Flask, cast: Cast, visit: Any, asked: None, things: dict[str, Any], way: str
) -> None:
    depute = has_depute(app, cast)
    visit("").post(link(app, cast), FIRST)
    if way == "link":
        assert "We have your apologies" in text_of(visit("").post(f"{link(app, cast)}/cannot"))
    else:
        assert "I can’t come" in visit("northfirth.rep").get("/").text
        for _ in range(2):
            visit("northfirth.rep").post(f"/meetings/{things['meeting_id']}/cannot")
        clerks = [mail for mail in mails(app, "rep-cannot-come") if mail.person_id == cast.person("northfirth.clerk")]
        assert len(clerks) == 1
    one = answer_of(app, cast)
    assert (one.coming, one.care, one.printed) == ("depute", "no", False)
    assert stand_ins(app, things) == [depute]
    told = {mail.person_id for mail in mails(app, "rep-cannot-come")}
    assert told >= {cast.person("northfirth.clerk"), cast.person("northfirth.officer")}
    for mail in mails(app, "rep-cannot-come"):
        with app.app_context():
            words = words_of(db.session.get_one(Email, mail.id)).text
        assert "CAREWORDS" not in words
        assert "emergency" not in words
        assert "Their depute has been told, and is down to go instead" in words


def test_a_dead_link_offers_a_new_one_to_the_address_on_record(app: Flask, cast: Cast, visit: Any, asked: None) -> None:
    first, stranger = link(app, cast), visit("")
    assert "This link no longer works" in text_of(stranger.get(f"{first}x"))
    known = text_of(stranger.post("/check-in/send-again", {"email": "rep@northfirth.test"}))
    unknown = text_of(stranger.post("/check-in/send-again", {"email": "who@elsewhere.test"}))
    assert known == unknown
    with app.app_context():
        while work_once():
            pass
    assert stranger.get(first).status_code == 404
    assert stranger.get(link(app, cast)).status_code == 200


def test_a_link_dies_with_its_meeting(app: Flask, cast: Cast, visit: Any, asked: None, at: Any) -> None:
    path = link(app, cast)
    at(datetime(2026, 3, 13, 10, 1, tzinfo=UTC))
    assert "This link no longer works" in text_of(visit("").get(path))


def test_a_link_shows_no_paper_and_nobody_else(app: Flask, cast: Cast, visit: Any, asked: None) -> None:
    page = visit("").get(link(app, cast)).text
    for word in ("Budget", "Contract", "CANARYNORTH Rep", "CANARYNORTH Depute", "/papers/"):
        assert word not in page


def test_a_moved_meeting_keeps_answers_and_asks_again(app: Flask, cast: Cast, visit: Any, asked: None, at: Any) -> None:
    visit("").post(link(app, cast), FIRST)
    with app.app_context(), unit_of_work():
        meeting = db.session.get_one(Meeting, cast.northfirth.things["meeting_id"])
        meeting.meets_on, meeting.starts_at = date(2026, 3, 16), datetime(2026, 3, 16, 10, tzinfo=UTC)
    at(datetime(2026, 3, 6, 9, 0, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    assert len(mails(app, "check-in", cast.person("northfirth.rep"))) == 2
    assert answer_of(app, cast).coming == "in_person"
    page = text_of(visit("northfirth.clerk").get(f"/meetings/{cast.northfirth.things['meeting_id']}/coming"))
    assert "Answered before the meeting moved to this day" in page
    assert "Tell us if you’re coming" in text_of(visit("northfirth.rep").get("/"))
