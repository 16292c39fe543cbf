"""A claim for a meeting at which nobody confirmed who came: the approver knows whom to ask, and may decide anyway."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.boards.models import StaffRole
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import TODAY, Cast
from tests.expenses.claiming import TAXI, add, claim_of, emails, lines_of, paid, press, version_on
from tests.visitor import text_of


def test_approvers_see_if_the_clerk_confirmed_that_they_were_there(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    me, meeting = cast.northfirth.people["rep"], cast.northfirth.things["coming_id"]
    at(datetime(2026, 4, 13, 9, 0, tzinfo=UTC))
    rep = visit("northfirth.rep")
    rep.post("/claims/new", {"what": str(meeting), "board": str(cast.northfirth.id), "once": str(uuid4())})
    claim = claim_of(app, me, "CANARYNORTH Main Group")
    add(rep, claim, "taxi", {**TAXI, "spent_on": ["12", "4", "2026"]})
    press(rep, claim, "send")
    path = f"/claims/{claim.id}/decide"
    assert "The clerk has not confirmed that they were there" in text_of(visit("northfirth.approver").get(path))
    visit("northfirth.clerk").post(f"/meetings/{meeting}/attendance", {f"attended-{me}": "came"})
    assert "The clerk has not confirmed" not in text_of(visit("northfirth.approver").get(path))


@pytest.fixture
def unconfirmed(app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any) -> Any:
    """A claim for a meeting at which nobody confirmed who came: its decision page, and the meeting's id."""
    meeting = cast.northfirth.things["coming_id"]
    at(datetime(2026, 4, 13, 9, 0, tzinfo=UTC))
    rep = visit("northfirth.rep")
    rep.post("/claims/new", {"what": str(meeting), "board": str(cast.northfirth.id), "once": str(uuid4())})
    claim = claim_of(app, cast.northfirth.people["rep"], "CANARYNORTH Main Group")
    add(rep, claim, "taxi", {**TAXI, "spent_on": ["12", "4", "2026"]})
    press(rep, claim, "send")
    return claim, meeting


def test_recorded_as_absent_is_not_the_same_as_not_recorded(visit: Any, unconfirmed: Any) -> None:
    claim, meeting = unconfirmed
    visit("northfirth.clerk").post(f"/meetings/{meeting}/attendance", {f"attended-{claim.person_id}": "absent"})
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "The clerk recorded who came to this meeting, but not that they were there." in page
    assert "has not confirmed" not in page


def test_an_approver_asks_the_clerks_who_came_once_a_day(
    app: Flask, visit: Any, cast: Cast, unconfirmed: Any, at: Any
) -> None:
    claim, meeting = unconfirmed
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}"
    task = "Record attendance: CANARYNORTH Main Group"
    needs = "Someone at your board needs to know who came"
    assert needs not in text_of(visit("northfirth.clerk").client.get("/")), "nobody asked yet"
    page = text_of(approver.get(f"{path}/decide"))
    assert "Bo Both and CANARYNORTH Clerk can record who came. Ask them to record who came" in page
    assert "You can decide this claim without it." in page
    told = text_of(approver.post(f"{path}/ask-clerk", follow_redirects=True))
    assert "Bo Both and CANARYNORTH Clerk will be emailed." in told
    assert "CANARYNORTH Clerk can record who came, and have been asked today." in told
    again = approver.post(f"{path}/ask-clerk", follow_redirects=True)
    assert "They have already been asked today." in text_of(again)
    asked = emails(app, "attendance-asked")
    assert len(asked) == 2, "once each"
    assert cast.northfirth.people["clerk"] in {one.person_id for one in asked}
    assert not [one for one in asked if "Rep" in str(one.facts)], "whose claim it is the clerks are not told"
    at(datetime(2026, 4, 14, 9, 0, tzinfo=UTC))
    for who in ("northfirth.officer", "southmoor.clerk"):
        assert task not in text_of(visit(who).client.get("/"))
    told = text_of(visit("northfirth.clerk").client.get("/"))
    assert f"{task}, Sunday 12 April" in told
    assert "Since Monday 13 April" in told
    assert needs in told
    visit("northfirth.approver").post(f"{path}/ask-clerk")
    assert len(emails(app, "attendance-asked")) == 4, "another day, another question"
    visit("northfirth.clerk").post(f"/meetings/{meeting}/attendance", {f"attended-{claim.person_id}": "came"})
    assert f"{task}, Sunday 12 April" not in text_of(visit("northfirth.clerk").client.get("/"))
    assert "can record who came" not in text_of(visit("northfirth.approver").get(f"{path}/decide"))


def test_nobody_is_asked_who_came_once_a_claim_is_decided(app: Flask, visit: Any, unconfirmed: Any) -> None:
    claim, _ = unconfirmed
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}"
    [line] = lines_of(app, claim.id)
    form = {"version": version_on(approver.get(f"{path}/decide")), **paid(line.id)}
    assert approver.post(f"{path}/decide", form).status_code == 302
    assert approver.post(f"{path}/ask-clerk").status_code == 302
    assert emails(app, "attendance-asked") == []
    page = text_of(approver.get(f"{path}/decide"))
    assert "has not confirmed that they were there" in page
    assert "You can decide this claim without it" not in page


def test_a_board_without_a_clerk_is_said_and_nobody_is_asked(
    app: Flask, visit: Any, cast: Cast, unconfirmed: Any
) -> None:
    claim, _ = unconfirmed
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}"
    with app.app_context(), unit_of_work():
        role = select(StaffRole).where(StaffRole.board_id == cast.northfirth.id, StaffRole.role == "clerk")
        for one in db.session.scalars(role.order_by(StaffRole.id)):
            one.until_on = TODAY
    page = text_of(approver.get(f"{path}/decide"))
    assert "This board has no clerk who can record it." in page
    assert "You can decide this claim without it." in page
    assert "asked for attendance" not in text_of(approver.post(f"{path}/ask-clerk", follow_redirects=True))
