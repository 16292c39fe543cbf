"""Training that took place is added afterwards: nobody can book it, and nobody is emailed about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.infra.database import db
from portal.notifications.models import Email
from tests.cast import NOW, Cast, anywhere
from tests.training.test_sessions import NEW, made
from tests.visitor import text_of

__all__ = ["made"]  # a fixture
PAGE = "/boards/northfirth/training-sessions/new"


def on(days: int) -> dict[str, Any]:
    day = NOW + timedelta(days=days)
    return {**NEW, "day": [str(day.day), str(day.month), str(day.year)]}


def emails(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(anywhere(select(func.count(Email.id)))) or 0


@pytest.mark.parametrize("days", [-7, -360])
def test_a_session_that_took_place_is_added_and_filled(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, days: int
) -> None:
    officer, before = visit("northfirth.officer"), emails(app)
    page = officer.post(PAGE, on(days), follow_redirects=True)
    assert "Saved. This session is over, so nobody can book it." in text_of(page)
    assert emails(app) == before, "nobody is invited to what is over"
    path = page.request.path
    assert "Over" in text_of(officer.get(path))
    assert "Chairing" not in text_of(visit("northfirth.rep").get("/training"))
    sent = {"person": str(cast.northfirth.people["depute"])}
    added = text_of(officer.post(f"{path}/unbooked", sent, follow_redirects=True))
    assert "We’ve added it to the training record of CANARYNORTH Depute." in added
    assert "1 more there without a place" in added


def test_one_of_long_ago_is_a_slip(visit: Any, rolled_back: Any) -> None:
    page = text_of(visit("northfirth.officer").post(PAGE, on(-370)))
    assert "The session date must be within the last year, or in the future" in page


def test_one_that_people_can_book_is_not_moved_into_the_past(visit: Any, made: Any) -> None:
    page = text_of(visit("northfirth.officer").post(f"/training-sessions/{made}", {**on(-7), "version": "1"}))
    assert "The session date must be today or in the future" in page


def test_one_that_has_begun_is_not_called_over(visit: Any, rolled_back: Any) -> None:
    times = {**on(0), "from_hour": "9am", "until_hour": "11pm"}
    page = text_of(visit("northfirth.officer").post(PAGE, times, follow_redirects=True))
    assert "Saved. This session has begun, so nobody can book it." in page


def test_the_button_promises_no_booking_before_the_day_is_known(visit: Any, cast: Cast) -> None:
    page = text_of(visit("northfirth.officer").get(PAGE))
    assert "Save session" in page
    assert "Open it for booking" not in page


def test_sessions_are_reached_from_training_and_courses_by_those_who_arrange_them(visit: Any, cast: Cast) -> None:
    link = 'href="/boards/northfirth/training-sessions"'
    for page in ("/boards/northfirth/training", "/boards/northfirth/courses"):
        for who in ("officer", "admin", "coordinator"):
            visitor = visit("coordinator" if who == "coordinator" else f"northfirth.{who}")
            response = visitor.get(page)
            if response.status_code == 200:
                may_open = visitor.get("/boards/northfirth/training-sessions").status_code == 200
                assert (link in response.text) is may_open, (page, who)
    assert link in visit("northfirth.officer").get("/boards/northfirth/training").text
