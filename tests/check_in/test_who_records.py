"""Whoever reads who came, and cannot record it, is told who does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask

from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast
from tests.check_in.test_check_in import FIRST, mails
from tests.visitor import text_of


def test_an_officer_reads_who_records_attendance(visit: Any, cast: Cast, at: Any) -> None:
    path = f"/meetings/{cast.northfirth.things['meeting_id']}/coming"
    says = "Attendance is not recorded for everyone yet. The clerk records it: Bo Both and CANARYNORTH Clerk"
    assert says not in text_of(visit("northfirth.officer").get(path)), "nothing can be recorded yet"
    at(NOW + timedelta(days=60))
    assert says in text_of(visit("northfirth.officer").get(path))
    clerk = text_of(visit("northfirth.clerk").get(path))
    assert "The clerk records it" not in clerk
    assert "Record attendance" in clerk


def test_the_clerk_is_asked_from_the_day_after_until_everybody_is_recorded(visit: Any, cast: Cast, at: Any) -> None:
    """The meeting is on Friday 13 March."""
    task, me = "Record attendance: CANARYNORTH Main Group, Friday 13 March", cast.northfirth.people["rep"]
    path = f"/meetings/{cast.northfirth.things['meeting_id']}/attendance"
    for days, is_asked in ((10, False), (11, True), (100, True), (101, False)):
        at(NOW + timedelta(days=days))
        assert (task in text_of(visit("northfirth.clerk").get("/"))) is is_asked, days
    at(NOW + timedelta(days=11))
    clerk = visit("northfirth.clerk")
    assert f"{task} Since Friday 13 March" in text_of(clerk.get("/"))
    assert task not in text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    clerk.post(path, {f"attended-{me}": "came"})
    assert task not in text_of(clerk.get("/"))
    at(datetime(2026, 4, 13, 9, 0, tzinfo=UTC))
    page = text_of(visit("northfirth.clerk").get("/"))
    assert "Record attendance: CANARYNORTH Main Group, Sunday 12 April" in page, "of each meeting by itself"
    assert task not in page


def test_nobody_is_thanked_for_going_before_it_is_recorded(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    """They said that they would come; whether they did nobody knows the morning after."""
    meeting, rep = cast.northfirth.things["coming_id"], cast.northfirth.people["rep"]
    visit("northfirth.rep").post(f"/meetings/{meeting}/check-in", FIRST)
    at(datetime(2026, 4, 13, 9, 0, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    asked = mails(app, "claim-prompted", rep)[-1]
    with app.app_context():
        assert "We hope CANARYNORTH Main Group on Sunday 12 April went well. You should" in words_of(asked).text
        assert "Thank you for going" in words_of(Email(**_like(asked), facts={**asked.facts, "was_there": True})).text


def _like(email: Email) -> dict[str, Any]:
    return {"template": email.template, "person": email.person, "asked_at": email.asked_at}
