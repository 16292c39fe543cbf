"""After the meeting the clerk says who came."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.notifications.models import Email
from tests.cast import Cast, anywhere
from tests.check_in.test_check_in import answer_of
from tests.visitor import text_of


def test_a_meeting_that_is_off_asks_nobody(app: Flask, cast: Cast, visit: Any, things: dict[str, Any]) -> None:
    clerk, rep = visit("northfirth.clerk"), visit("northfirth.rep")
    page = clerk.get(f"/meetings/{things['coming_id']}/cancel").text
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    clerk.post(f"/meetings/{things['coming_id']}/cancel", {"reason": "Snow", "version": version})
    assert rep.get(f"/meetings/{things['coming_id']}/check-in").status_code == 302
    assert rep.post(f"/meetings/{things['coming_id']}/cannot").status_code == 302
    with app.app_context():
        told = select(Email).where(Email.template == "rep-cannot-come")
        assert not db.session.scalars(anywhere(told)).all()


def test_the_clerk_says_who_came(app: Flask, cast: Cast, visit: Any, things: dict[str, Any], at: Any) -> None:
    path, rep = f"/meetings/{things['meeting_id']}/attendance", cast.person("northfirth.rep")
    assert "when the meeting has begun" in text_of(visit("northfirth.clerk").get(path))
    visit("northfirth.clerk").post(path, {f"attended-{rep}": "absent"})
    at(datetime(2026, 3, 13, 13, 0, tzinfo=UTC))
    clerk = visit("northfirth.clerk")
    assert "CANARYNORTH Depute (for CANARYNORTH Rep)" in text_of(clerk.get(path))
    assert clerk.post(path, {f"attended-{rep}": "came", f"attended-{uuid4()}": "came"}).status_code == 302
    assert answer_of(app, cast).attended == "came"
    assert "Came" in text_of(clerk.get(f"/meetings/{things['meeting_id']}/coming"))


def test_who_is_missing_from_the_form_stays_as_they_were(
    app: Flask, cast: Cast, visit: Any, things: dict[str, Any], at: Any
) -> None:
    """A rep who joined after the page was opened is not taken to have come."""
    path, rep = f"/meetings/{things['meeting_id']}/attendance", cast.person("northfirth.rep")
    at(datetime(2026, 3, 13, 13, 0, tzinfo=UTC))
    clerk = visit("northfirth.clerk")
    assert clerk.post(path, {f"attended-{cast.person('southmoor.rep')}": "came"}).status_code == 302
    assert answer_of(app, cast).attended == ""
    assert clerk.post(path, {f"attended-{rep}": ["absent", "came"]}).status_code == 302
    clerk.post(path)
    assert answer_of(app, cast).attended == "absent"
