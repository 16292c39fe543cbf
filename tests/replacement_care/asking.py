"""Asking for care in tests: what the files beside this one share."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.notifications.models import Email
from portal.replacement_care.models import CareRequest
from tests.cast import Cast, anywhere

DAY = ["20", "3", "2026"]
ASK = {
    "day": DAY,
    "from_hour": "9am",
    "until_hour": "2pm",
    "travel": "40",
    "place": "home",
    "kind": "company",
    "who": "arranged",
    "note": "NOTEWORDS",
}
ANSWER = {"coming": "in_person", "travel": "none", "printed": "no", "help_words": ""}


def new(visitor: Any, cast: Cast, **changed: Any) -> Any:
    form = {**ASK, "title": "Carers week", "once": str(uuid4()), **changed}
    return visitor.post(f"/care/new?what=event&board={cast.northfirth.id}", form)


def request_of(app: Flask, cast: Cast, role: str = "rep") -> CareRequest:
    with app.app_context():
        of = CareRequest.person_id == cast.northfirth.people[role]
        statement = select(CareRequest).where(of).order_by(CareRequest.asked_at.desc(), CareRequest.title)
        return db.session.scalars(statement).all()[0]


def asked(app: Flask, visit: Any, cast: Cast, **changed: Any) -> CareRequest:
    assert new(visit("northfirth.rep"), cast, **changed).status_code == 302
    return request_of(app, cast)


def mails(app: Flask, cast: Cast, template: str, role: str) -> int:
    """How many emails of a kind went to somebody of Northfirth."""
    with app.app_context():
        statement = select(Email.person_id).where(Email.template == template).order_by(Email.id)
        return list(db.session.scalars(anywhere(statement))).count(cast.northfirth.people[role])


def do(visitor: Any, one: CareRequest, what: str, version: int, **typed: Any) -> Any:
    return visitor.post(f"/care/{one.id}/{what}", {"version": str(version), **typed})


ARRANGE = {
    "day": DAY,
    "from_hour": "9am",
    "until_hour": "2pm",
    "arrangement": "Jo comes",
    "provider": "unlisted",
    "cost": "",
    "is_paid_by_board": "no",
}
