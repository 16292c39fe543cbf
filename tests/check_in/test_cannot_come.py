"""Who cannot come without having a depute, and a depute who cannot go and undoes that."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.check_in.models import CheckIn
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from tests.cast import Cast
from tests.check_in.test_check_in import answer_of, asked, link, mails, stand_ins
from tests.visitor import text_of

__all__ = ["asked"]  # a fixture


def test_an_emergency_without_a_depute_sends_apologies(
    app: Flask, cast: Cast, visit: Any, things: dict[str, Any]
) -> None:
    visit("northfirth.rep").post(f"/meetings/{things['coming_id']}/cannot")
    assert answer_of(app, cast, "coming_id").coming == "no"
    page = text_of(visit("northfirth.clerk").get(f"/meetings/{things['coming_id']}/coming"))
    assert "CANARYNORTH Rep Apologies" in page


def test_a_get_of_the_emergency_does_nothing(app: Flask, cast: Cast, visit: Any, asked: None) -> None:
    assert visit("").client.get(f"{link(app, cast)}/cannot").status_code == 405
    assert answer_of(app, cast).answered_at is None


def test_a_depute_undoes_it_too(app: Flask, visit: Any, cast: Cast, things: dict[str, Any]) -> None:
    depute, path = visit("northfirth.depute"), f"/meetings/{things['meeting_id']}"
    before = stand_ins(app, things)
    depute.post(f"{path}/cannot")
    assert depute.client.get(path).status_code == 404
    assert "Undo your apologies for CANARYNORTH Main Group" in text_of(depute.get("/"))
    with app.app_context():
        mine = CheckIn.person_id == cast.northfirth.people["depute"]
        one = db.session.scalars(select(CheckIn).where(mine, CheckIn.meeting_id == things["meeting_id"])).one()
    assert "Undo my apologies" in depute.get(f"/check-ins/{one.id}/undo").text
    depute.post(f"/check-ins/{one.id}/undo")
    assert "no apologies to undo" in text_of(depute.get(f"/check-ins/{one.id}/undo"))
    assert stand_ins(app, things) == before
    assert not mails(app, "depute-cannot")


def test_a_depute_for_whom_somebody_else_goes_by_now_hears_so(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    depute, path = visit("northfirth.depute"), f"/meetings/{things['meeting_id']}"
    depute.post(f"{path}/cannot")
    other = cast.northfirth.people["mentor"]
    with app.app_context(), unit_of_work():
        meetings.let_stand_in(meeting_by_id(things["meeting_id"]), other, cast.northfirth.people["rep"])
    with app.app_context():
        mine = CheckIn.person_id == cast.northfirth.people["depute"]
        one = db.session.scalars(select(CheckIn).where(mine, CheckIn.meeting_id == things["meeting_id"])).one()
    said = text_of(depute.post(f"/check-ins/{one.id}/undo", follow_redirects=True))
    assert "Someone else is due to go now" in said
    assert stand_ins(app, things) == [other]
    assert {one.facts["instead"] for one in mails(app, "apologies-undone")} == {"CANARYNORTH Mentor"}
