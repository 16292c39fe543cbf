"""Before a meeting is cancelled, moved or adjourned, its page says who is emailed, and what becomes of care."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.requests import actions as care
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

WHO = "Bo Both, CANARYNORTH Admin, CANARYNORTH Depute, CANARYNORTH Officer and CANARYNORTH Rep will be emailed."
DURING = NOW.replace(hour=12) + timedelta(days=10)  # the first meeting of the cast
MOVED = {"hour": "11am", "place": "CANARYNORTH Hall", "link": "", "kind": "ordinary"}
NEW_DAY = {"meets_on": ["20", "4", "2026"]}
WAYS = {
    "cancel": ({"reason": "Snow"}, "Any replacement care asked for this meeting will be cancelled too."),
    "change": ({**MOVED, **NEW_DAY}, "any replacement care asked for this meeting will move with it"),
    "adjourn": ({**NEW_DAY, "hour": "11am", "reason": "No quorum"}, "The same care will be requested for the new day"),
    "not-held": ({"reason": "No quorum"}, ""),
}
EMAILED = ("admin", "both", "depute", "officer", "rep")
OF = {
    "cancel": "meeting-cancelled",
    "change": "meeting-moved",
    "adjourn": "meeting-adjourned",
    "not-held": "meeting-not-held",
}


def said_of_emails(page: str) -> str:
    """The sentence that says who will be emailed."""
    found = re.search(r"Bo Both, .{0,120}? will be emailed\.", page)
    return found[0] if found else ""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("whose", ["", "rep", "mentor"])
def test_who_is_emailed_is_said_before_as_after(
    app: Flask, cast: Cast, visit: Any, things: dict[str, Any], at: Any, way: str, whose: str
) -> None:
    """The same whether or not somebody has asked for care, also one who does not sit there: nobody learns of it."""
    if whose:
        with app.app_context(), unit_of_work():
            one = care.ask_for_meeting(meeting_by_id(things["meeting_id"]), cast.northfirth.people[whose])
            arranging.take(one, one.version, cast.northfirth.people["officer"])
    if way in ("adjourn", "not-held"):
        at(DURING)
    typed, of_care = WAYS[way]
    path, clerk = f"/meetings/{things['meeting_id']}/{way}", visit("northfirth.clerk")
    page = clerk.get(path)
    assert said_of_emails(text_of(page)) == WHO
    assert of_care in text_of(page)
    version = page.text.split('name="version"')[1].split('value="')[1].split('"')[0]
    assert clerk.get(path).text.split('name="version"')[1].split('value="')[1].split('"')[0] == version, "taken back"
    after = clerk.post(path, {**typed, "version": version}, follow_redirects=True)
    assert said_of_emails(text_of(after)) == WHO
    people = {cast.person(one if one == "both" else f"northfirth.{one}") for one in EMAILED}
    assert told(app, OF[way]) == people


def told(app: Flask, template: str) -> set[UUID]:
    with app.app_context():
        return set(
            db.session.scalars(anywhere(select(Email.person_id).where(Email.template == template).order_by(Email.id)))
        )


def test_only_looking_at_a_page_emails_nobody(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    page = visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}/cancel")
    assert page.status_code == 200
    assert told(app, OF["cancel"]) == set()
    assert "cancelled" not in text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))


def test_of_a_sitting_only_that_care_goes(app: Flask, work: Any, visit: Any, things: dict[str, Any], at: Any) -> None:
    at(DURING)
    with work():
        meeting = meeting_by_id(things["meeting_id"])
        meetings.adjourn(meeting, meeting.version, TODAY + timedelta(days=48), time(10), "No quorum")
    page = text_of(visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}/cancel"))
    assert said_of_emails(page) == WHO
    assert "Any replacement care asked for this sitting will be cancelled too." in page
