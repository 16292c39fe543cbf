"""Who was at a training session: officers are reminded to record it, and add whoever turned up without a place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.models import TrainingRecord, TrainingSession
from portal.training.sessions import actions as sessions_actions
from tests.cast import NOW, Cast
from tests.training.test_sessions import made, places
from tests.visitor import text_of

__all__ = ["made"]  # a fixture


def test_the_officer_is_reminded_until_attendance_is_recorded(
    app: Flask, visit: Any, cast: Cast, made: UUID, at: Any
) -> None:
    me = cast.northfirth.people["rep"]
    visit("northfirth.rep").post(f"/training/sessions/{made}/book", {"care": "no"})
    assert "Record who was at Finance" not in text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    at(NOW + timedelta(days=21))
    officer = visit("northfirth.officer")
    assert "Record who was at Finance" in text_of(officer.get("/boards/northfirth/desk"))
    officer.post(f"/training-sessions/{made}/attendance", {"came": [str(me)]})
    assert "Record who was at Finance" not in text_of(officer.get("/boards/northfirth/desk"))


def test_somebody_of_the_board_who_turned_up_without_a_place_is_added(
    app: Flask, visit: Any, cast: Cast, made: UUID, at: Any
) -> None:
    me, path = cast.northfirth.people["rep"], f"/training-sessions/{made}"
    early = visit("northfirth.officer").post(f"{path}/unbooked", {"person": str(me)}, follow_redirects=True)
    assert "once the session has begun" in text_of(early)
    at(NOW + timedelta(days=21))
    officer = visit("northfirth.officer")
    assert "Add someone who was there without a place" in text_of(officer.get(path))
    assert str(cast.northfirth.people["officer"]) not in officer.get(f"{path}/unbooked").text, "never their own"
    stranger = officer.post(f"{path}/unbooked", {"person": str(cast.southmoor.people["rep"])})
    assert stranger.status_code == 200
    assert places(app, made) == {}
    for _ in range(2):
        officer.post(f"{path}/unbooked", {"person": str(me)})
    assert places(app, made) == {me: "attended"}
    with app.app_context():
        found = db.session.scalars(select(TrainingRecord).where(TrainingRecord.person_id == me)).all()
        assert [(one.title, one.status) for one in found] == [("Finance", "confirmed")]


def test_an_officer_does_not_add_themselves(app: Flask, cast: Cast, made: UUID, at: Any) -> None:
    officer = cast.northfirth.people["officer"]
    at(NOW + timedelta(days=21))
    with app.app_context(), unit_of_work():
        sessions_actions.note_unbooked(db.session.get_one(TrainingSession, made), officer, officer)
    assert places(app, made) == {}
