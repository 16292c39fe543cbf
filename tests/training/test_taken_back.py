"""A step of an induction that was marked as done by mistake."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.audit.models import AuditLine
from portal.infra.database import db
from portal.training.inductions import queries as inductions_queries
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of


def test_a_step_marked_for_the_wrong_person_is_taken_back_the_same_day(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    officer = visit("northfirth.officer")
    with app.app_context():
        one = inductions_queries.inductions_of_board(cast.northfirth.id)[0]
    # They agreed to the description of their role, which is a step of its own.
    name, key = (
        one.appointment.person.name,
        next(task.key for task in one.tasks if task.owner == "rep" and not task.is_done),
    )
    path = f"/training/inductions/{one.appointment.id}/{key}"
    officer.post(f"{path}/done")
    officer.get("/boards/northfirth/inductions")
    refused = visit("northfirth.clerk").post(f"{path}/not-done", follow_redirects=True)
    assert "Only the person who marked it can undo it" in text_of(refused)
    assert f"{name}: 2 of" in text_of(officer.get("/boards/northfirth/inductions"))
    officer.post(f"{path}/not-done")
    assert f"{name}: 1 of" in text_of(officer.get("/boards/northfirth/inductions"))
    with app.app_context():
        lines = select(AuditLine).where(AuditLine.event == "InductionStepTakenBack").order_by(AuditLine.id)
        assert len(db.session.scalars(anywhere(lines)).all()) == 1
    officer.post(f"{path}/done")
    at(NOW + timedelta(days=1))
    later = visit("northfirth.officer")
    assert f"{path}/not-done" not in later.get("/boards/northfirth/inductions").text
    assert "on the same day" in text_of(later.post(f"{path}/not-done", follow_redirects=True))
