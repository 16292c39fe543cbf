"""A page to correct the record that was left open overwrites no newer correction: it says what the record says now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.boards.models import PaperTarget
from portal.check_in.models import CheckIn
from portal.check_in.recording import actions as check_ins
from portal.corrections.models import Correction
from portal.expenses.paid_days import actions as paid_days
from portal.expenses.payments import actions as payments
from portal.expenses.payments.models import PaymentRun
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.meetings.queries import meeting_by_id
from portal.training.models import AwarenessCount, TrainingRecord
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.security.sent_as_shown import forms_of
from tests.visitor import text_of

WHY = "The minutes say so"
PAID_ON = TODAY + timedelta(days=5)


def change(app: Flask, kind: str, things: dict[str, Any]) -> None:
    """What somebody else corrected since."""
    with app.app_context(), unit_of_work():
        if kind == "payment":
            run = db.session.get_one(PaymentRun, things["run_id"])
            paid_days.correct_day(run, PAID_ON + timedelta(days=1), things["admin"], "typed", "")
        elif kind == "attendance":
            db.session.get_one(CheckIn, things["check_in_id"]).attended = "came"
        elif kind == "training":
            db.session.get_one(TrainingRecord, things["record_id"]).done_on = date(2026, 1, 31)
        elif kind == "meeting":
            db.session.get_one(Meeting, things["meeting_id"]).status = "not_held"
        elif kind == "target":
            db.session.get_one(PaperTarget, things["target_id"]).days = 10
        else:
            of_session = select(AwarenessCount).where(AwarenessCount.session_id == things["awareness_id"])
            db.session.scalars(anywhere(of_session.order_by(AwarenessCount.group_id))).first().members += 1


KINDS: dict[str, tuple[str, str, dict[str, Any], str]] = {  # who, where, what they type, and what is said
    "payment": ("approver", "/payment-runs/{run_id}/correct", {"paid_on": ["10", "3", "2026"]}, "paid on 9 March 2026"),
    "attendance": ("clerk", "/attendance/{check_in_id}/correct", {"attended": "online"}, "The record: Came"),
    "training": (
        "officer",
        "/training/records/{record_id}/correct",
        {"done_on": ["1", "2", "2026"]},
        "31 January 2026",
    ),
    "meeting": ("admin", "/meetings/{meeting_id}/correct", {"what": "held"}, "did not take place, 13 March 2026"),
    "target": ("admin", "/paper-targets/{target_id}/correct", {"days": "14"}, "The record: 10 days"),
    "awareness": ("admin", "/carer-awareness/{awareness_id}/correct", {"what": "all"}, "The record: "),
}


def made() -> int:
    return len(db.session.scalars(anywhere(select(Correction).order_by(Correction.id))).all())


@pytest.mark.parametrize("kind", KINDS)
def test_an_old_page_overwrites_no_newer_correction(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any, kind: str
) -> None:
    at(NOW + timedelta(days=12))
    with app.app_context(), unit_of_work():
        payments.mark_paid(
            db.session.get_one(PaymentRun, things["run_id"]), PAID_ON, cast.northfirth.people["approver"]
        )
        check_ins.confirm_attendance(meeting_by_id(things["meeting_id"]), [(cast.person("northfirth.rep"), "absent")])
    who, where, typed, says = KINDS[kind]
    visitor, path = visit(f"northfirth.{who}"), where.format(**things)

    def opened() -> dict[str, Any]:
        return next(by_name(form.fields) for form in forms_of(path, visitor))

    def sent(page: dict[str, Any]) -> Any:
        reason = "typed" if kind in ("payment", "attendance", "training") else WHY
        return visitor.client.post(path, data={**page, **typed, "reason": reason})

    first = opened()
    change(app, kind, {**things, "admin": cast.northfirth.people["admin"]})
    with app.app_context():
        before = made()
    refused = sent(first)
    assert refused.status_code == 200
    assert "This was changed since you opened this page." in text_of(refused)
    assert says in text_of(refused)
    with app.app_context():
        assert made() == before
    assert sent(opened()).status_code == 302, "once it was looked at again"
    with app.app_context():
        assert made() > before


def by_name(fields: list[tuple[str, str]]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return dict(found)
