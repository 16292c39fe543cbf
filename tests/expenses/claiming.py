"""A rep who claims: what the tests of claims share."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select

from portal.expenses.claims import queries as claims_queries
from portal.expenses.models import Claim, ClaimLine
from portal.infra.database import db
from portal.notifications.models import Email
from tests.cast import Cast, anywhere

DAY = {"spent_on": ["2", "3", "2026"]}
ALL_THE_SAME = {"all_the_same": "y"}  # a run with payments for which there is no payee reference
TAXI = {**DAY, "paid": "12.50", "no_receipt_because": "The driver gave none"}


def claim_of(app: Flask, person_id: UUID, title: str = "") -> Claim:
    with app.app_context():
        statement = select(Claim).where(Claim.person_id == person_id).order_by(Claim.created_at.desc(), Claim.title)
        found = db.session.scalars(statement).all()
        return next(one for one in found if not title or one.title == title)


def lines_of(app: Flask, claim_id: UUID) -> list[ClaimLine]:
    with app.app_context():
        return list(claims_queries.lines(claim_id))


def begin(app: Flask, visit: Any, cast: Cast, title: str = "Carers week") -> tuple[Any, Claim]:
    """The rep begins a claim for an event of yesterday."""
    rep = visit("northfirth.rep")
    form = {"what": "event", "board": str(cast.northfirth.id), "title": title, "happened_on": ["2", "3", "2026"]}
    assert rep.post("/claims/new", {**form, "once": str(uuid4())}).status_code == 302
    return rep, claim_of(app, cast.northfirth.people["rep"], title)


def add(visitor: Any, claim: Claim, category: str, form: dict[str, Any], *receipts: tuple[bytes, str]) -> Any:
    data: dict[str, Any] = {"once": str(uuid4()), **form}
    if receipts:
        data["receipts"] = [(io.BytesIO(content), name) for content, name in receipts]
    path = f"/claims/{claim.id}/lines/new?category={category}"
    return visitor.post(path, data, content_type="multipart/form-data")


def paid(line_id: Any) -> dict[str, str]:
    """The approver pays a line, though it may lack a receipt."""
    return {f"lines-{line_id}-say": "yes", f"lines-{line_id}-unproven": "y"}


def version_on(page: Any) -> str:
    return str(page.text.split('name="version"')[1].split('value="')[1].split('"')[0])


def press(visitor: Any, claim: Claim, what: str) -> Any:
    page = visitor.get(f"/claims/{claim.id}")
    return visitor.post(f"/claims/{claim.id}/{what}", {"version": version_on(page)})


def emails(app: Flask, template: str, person_id: Any = None) -> list[Email]:
    with app.app_context():
        statement = select(Email).where(Email.template == template).order_by(Email.asked_at, Email.id)
        found = db.session.scalars(anywhere(statement)).unique().all()
        return [one for one in found if person_id in (None, one.person_id)]
