"""Forms that are sent after the session of their page has ended, and what is kept of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import lxml.html
from flask import Flask
from sqlalchemy import select, update

from portal.accounts.models import SignedInSession
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web.interrupted_form import InterruptedForm
from tests.cast import NOW
from tests.visitor import Visitor

WORDS = "CANARYTYPED she fell again and the ward is full"
SOUTH = "rep@southmoor.test"
NOTHING_LEFT = "There is nothing left to send"


def end_sessions(app: Flask, ended_at: datetime = NOW) -> None:
    """End every session, now or at another moment."""
    with app.app_context(), unit_of_work():
        db.session.execute(update(SignedInSession).values(ended_at=ended_at))


def send_too_late(visitor: Visitor, path: str, words: str = WORDS, **fields: Any) -> Any:
    """Send a form from a page that was opened while the session lived; the answer."""
    return visitor.client.post(path, data={"csrf_token": visitor.token, "text": words, **fields})


@dataclass(frozen=True)
class KeptForm:
    """A row as it is, opened."""

    id: UUID
    person_id: UUID
    cookie_id: UUID
    path: str
    typed: str


def kept(app: Flask) -> list[KeptForm]:
    with app.app_context():
        rows = db.session.scalars(select(InterruptedForm).order_by(InterruptedForm.created_at))
        return [KeptForm(row.id, row.person_id, row.cookie_id, row.path, row.typed) for row in rows]


def sent_by(page: Any) -> list[tuple[str, str]]:
    """The fields that the first button of a page sends, in their order."""
    form = lxml.html.fromstring(page.text).xpath("//main//form[.//button[contains(., 'Send it now')]]")[0]
    return [(one.get("name"), one.get("value")) for one in form.xpath(".//input[@name != 'csrf_token']")]
