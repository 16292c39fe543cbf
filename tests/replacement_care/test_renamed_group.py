"""Care for a meeting is called by the name that its group has today, as on every other page."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select, update

from portal.boards.models import Group
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.rules import MEETING
from tests.cast import Cast, anywhere
from tests.visitor import text_of


def test_care_for_a_meeting_has_todays_name_of_its_group(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    with app.app_context(), unit_of_work():
        care = db.session.get_one(CareRequest, things["request_id"])
        care.what, care.meeting_id, care.title = MEETING, things["meeting_id"], "CANARYNORTH Main Group"
        assert care.person_id == cast.northfirth.people["depute"]
    with app.app_context(), unit_of_work():
        named = update(Group).where(Group.id == things["group_id"])
        db.session.execute(anywhere(named.values(name="Another name")))
    page = text_of(visit("northfirth.depute").get(f"/care/{things['request_id']}"))
    assert "Another name" in page
    assert "CANARYNORTH Main Group" not in page
    with app.app_context():
        titles = select(CareRequest.title).where(CareRequest.id == things["request_id"])
        assert db.session.scalars(anywhere(titles.order_by(CareRequest.id))).all() == ["Another name"]
