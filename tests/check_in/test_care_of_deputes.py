"""Whoever stands in no longer needs nobody: their care is cancelled in the same step, and the officer hears of it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.boards import queries as boards
from portal.deputes import actions as deputes
from portal.deputes.models import Nomination
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id, stand_ins
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.queries import for_meeting
from tests.cast import NOW, Cast, anywhere
from tests.check_in.test_check_in import FIRST, answer_of, has_depute, mails
from tests.visitor import text_of

NEEDS = {**FIRST, "care_words": "Sitting"}


@pytest.fixture
def path(app: Flask, cast: Cast, rolled_back: Any) -> str:
    """A rep with a depute, who has asked for no care yet."""
    has_depute(app, cast)
    with app.app_context(), unit_of_work():
        theirs = update(CareRequest).where(CareRequest.person_id == cast.northfirth.people["depute"])
        db.session.execute(anywhere(theirs).values(status="cancelled", meeting_id=None, asked_at=NOW))
    return f"/meetings/{cast.northfirth.things['meeting_id']}"


def status(app: Flask, cast: Cast) -> str:
    """Of the newest request of the depute."""
    with app.app_context():
        of = CareRequest.person_id == cast.northfirth.people["depute"]
        newest = select(CareRequest.status).where(of).order_by(CareRequest.asked_at.desc(), CareRequest.id)
        return db.session.scalars(newest).first() or ""


def stands_in(app: Flask, cast: Cast) -> None:
    """The depute stands in, and has asked for care."""
    north = cast.northfirth
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(north.things["meeting_id"])
        meetings.let_stand_in(meeting, north.people["depute"], north.people["rep"])
    with app.app_context(), unit_of_work():
        care.ask_for_meeting(meeting_by_id(north.things["meeting_id"]), north.people["depute"], "Sitting")


def officers_hear(app: Flask, cast: Cast) -> int:
    return len(mails(app, "care-called-off", cast.northfirth.people["officer"]))


@pytest.mark.parametrize("has_answered", [True, False])
def test_undone_apologies_cancel_the_care_of_the_depute_who_was_called(
    app: Flask, visit: Any, cast: Cast, path: str, has_answered: bool
) -> None:
    rep, depute = visit("northfirth.rep"), visit("northfirth.depute")
    rep.post(f"{path}/cannot")
    if has_answered:
        depute.post(f"{path}/check-in", NEEDS)
    else:
        with app.app_context(), unit_of_work():
            meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
            care.ask_for_meeting(meeting, cast.northfirth.people["depute"], "Sitting")
    assert status(app, cast) == "asked"
    page = rep.post(f"/check-ins/{answer_of(app, cast).id}/undo", follow_redirects=True)
    assert "We have told them you are coming" in text_of(page)
    assert status(app, cast) == "cancelled"
    assert officers_hear(app, cast) == 1
    with app.app_context():
        newest = select(CareRequest.id).where(CareRequest.person_id == cast.northfirth.people["depute"])
        newest = newest.where(CareRequest.meeting_id == cast.northfirth.things["meeting_id"])
        [care_id] = db.session.scalars(newest)
    assert "You’re no longer standing in at this meeting." in text_of(depute.get(f"/care/{care_id}"))
    told = mails(app, "stand-down", cast.northfirth.people["depute"])
    assert [one.facts["care_cancelled"] for one in told] == [True]
    assert not mails(app, "rep-cannot-come")
    assert not mails(app, "apologies-undone"), "nobody else had heard of the apologies"


@pytest.mark.parametrize("way", ["officer", "rep comes", "nomination", "role", "other depute"])
def test_every_way_in_which_a_stand_in_ends_cancels_their_care(
    app: Flask, visit: Any, cast: Cast, path: str, way: str
) -> None:
    stands_in(app, cast)
    north = cast.northfirth
    assert status(app, cast) == "asked"
    with app.app_context(), unit_of_work():
        if way == "officer":
            row = stand_ins(north.things["meeting_id"])[0][0]
            meetings.end_stand_in(row)
        elif way == "nomination":
            deputes.withdraw(db.session.get_one(Nomination, north.things["nomination_id"]))
        elif way == "role":
            meetings.end_stand_ins_of(north.people["depute"])
        elif way == "other depute":
            meetings.let_stand_in(meeting_by_id(north.things["meeting_id"]), north.people["clerk"], north.people["rep"])
    if way == "rep comes":
        visit("northfirth.rep").post(f"{path}/check-in", {**FIRST, "care": "no"})
    assert status(app, cast) == "cancelled"
    assert officers_hear(app, cast) == 1
    assert mails(app, "stand-down", north.people["depute"])[-1].facts["care_cancelled"]


def test_a_depute_who_cannot_go_reads_that_their_care_is_cancelled(
    app: Flask, visit: Any, cast: Cast, path: str
) -> None:
    stands_in(app, cast)
    visit("northfirth.depute").post(f"{path}/cannot")
    assert status(app, cast) == "cancelled"
    assert mails(app, "depute-apologies")[-1].facts["care_cancelled"]


def test_whoever_is_asked_in_their_own_right_keeps_their_care(
    app: Flask, cast: Cast, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stands_in(app, cast)
    north = cast.northfirth
    monkeypatch.setattr(boards, "reps_of_group", lambda *_: {north.people["depute"]: "x", north.people["rep"]: "y"})
    with app.app_context(), unit_of_work():
        meetings.end_stand_in(stand_ins(north.things["meeting_id"])[0][0])
    assert status(app, cast) == "asked"
    assert not mails(app, "stand-down", north.people["depute"])[-1].facts["care_cancelled"]


def test_undone_apologies_bring_back_the_care_of_the_depute_whom_they_sent_home(
    app: Flask, visit: Any, cast: Cast, path: str
) -> None:
    stands_in(app, cast)
    rep = visit("northfirth.rep")
    rep.post(f"{path}/check-in", {"coming": "no"})
    assert status(app, cast) == "cancelled"
    rep.post(f"/check-ins/{answer_of(app, cast).id}/undo")
    assert status(app, cast) == "asked"
    assert not officers_hear(app, cast)
    with app.app_context():
        found = for_meeting(cast.northfirth.people["depute"], cast.northfirth.things["meeting_id"])
        assert found
        assert found.note == "Sitting"


def test_care_of_a_depute_who_was_called_and_sent_home_within_the_ten_minutes_is_told_of(
    app: Flask, visit: Any, cast: Cast, path: str
) -> None:
    """What was held is taken out as the apologies are undone: the officer heard of the request, so of its end too."""
    rep, depute = visit("northfirth.rep"), visit("northfirth.depute")
    rep.post(f"{path}/cannot")
    depute.post(f"{path}/check-in", NEEDS)
    rep.post(f"{path}/check-in", {"coming": "no"})
    rep.post(f"/check-ins/{answer_of(app, cast).id}/undo")
    assert status(app, cast) == "cancelled"
    assert officers_hear(app, cast) == 1
