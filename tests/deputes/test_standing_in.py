"""Who is standing in at a meeting, as the officer arranges it: only a depute who agreed, and the rep is told."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.check_in.actions import check_in_of
from portal.deputes.models import Nomination
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import StandIn
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of


@pytest.fixture
def agreed(app: Flask, things: dict[str, Any]) -> None:
    """The cast's depute was confirmed, and agreed."""
    _say(app, things, agreed_at=NOW)


def _say(app: Flask, things: dict[str, Any], **said: Any) -> None:
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Nomination, things["nomination_id"])
        one.status, one.decided_at, one.agreed_at = "confirmed", NOW, said["agreed_at"]


def let(visit: Any, cast: Cast, meeting: Any) -> Any:
    form = {"depute": str(cast.northfirth.people["depute"]), "rep": str(cast.northfirth.people["rep"])}
    return visit("northfirth.officer").post(f"/meetings/{meeting}/stand-ins", form)


def mailed(app: Flask, template: str) -> list[Any]:
    with app.app_context():
        statement = select(Email.person_id).where(Email.template == template).order_by(Email.id)
        return list(db.session.scalars(anywhere(statement)))


def test_an_officer_lets_a_depute_who_agreed_stand_in_and_the_rep_is_told(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast, agreed: None
) -> None:
    before = mailed(app, "depute-goes")
    assert let(visit, cast, things["coming_id"]).status_code == 302
    assert visit("northfirth.depute").get(f"/meetings/{things['coming_id']}").status_code == 200
    first_page = text_of(visit("northfirth.depute").get("/"))
    assert "You’re standing in for CANARYNORTH Rep." in first_page
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['coming_id']}"))
    assert "You (CANARYNORTH Depute is down to go instead)" in page
    assert sorted(mailed(app, "depute-goes")) == sorted([*before, cast.northfirth.people["rep"]])


def test_whoever_has_not_agreed_to_be_a_depute_cannot_stand_in(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    _say(app, things, agreed_at=None)
    page = let(visit, cast, things["coming_id"])
    assert page.status_code == 200
    assert "CANARYNORTH Nominee has not agreed to be a depute yet" in text_of(page)
    with app.app_context():
        assert not db.session.scalars(select(StandIn).where(StandIn.meeting_id == things["coming_id"])).all()


def test_ending_it_is_asked_first_and_the_rep_is_told(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    officer, path = visit("northfirth.officer"), f"/stand-ins/{things['stand_in_id']}/end"
    assert path in officer.get(f"/meetings/{things['meeting_id']}/stand-ins").text
    assert "We’ll email them and CANARYNORTH Rep" in text_of(officer.get(path))
    assert mailed(app, "depute-stays") == []
    assert officer.post(path).status_code == 302
    assert mailed(app, "depute-stays") == [cast.northfirth.people["rep"]]


def test_a_rep_who_lets_their_depute_go_is_not_told_of_it(
    app: Flask, visit: Any, things: dict[str, Any], agreed: None
) -> None:
    called, told = len(mailed(app, "stand-in")), mailed(app, "depute-goes")
    visit("northfirth.rep").post(f"/meetings/{things['coming_id']}/cannot")
    assert len(mailed(app, "stand-in")) == called + 1
    assert mailed(app, "depute-goes") == told


def test_what_the_rep_answered_does_not_stand_under_the_name_of_the_depute(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    with app.app_context(), unit_of_work():
        one = check_in_of(meeting_by_id(things["meeting_id"]), cast.northfirth.people["rep"])
        one.coming, one.printed, one.address = "in_person", True, "4 Shore Road"
        one.answered_at, one.answered_for = NOW, one.meeting.meets_on
    page = text_of(visit("northfirth.officer").get(f"/meetings/{things['meeting_id']}/coming"))
    assert "CANARYNORTH Depute (for CANARYNORTH Rep) No answer yet" in page
    assert "4 Shore Road" not in page
