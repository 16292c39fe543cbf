"""A payment run pays by what its maker read: what was changed meanwhile is shown before anything is made."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.boards.queries import board_by_key
from portal.expenses.models import Claim
from portal.expenses.payments import actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import anywhere
from tests.expenses.claiming import ALL_THE_SAME
from tests.expenses.test_runs import approved, runs
from tests.visitor import text_of

__all__ = ["approved"]
CHANGED = "Something was changed after you opened this page"


def keep(app: Flask, claim_id: str, reference: str) -> None:
    """By what finance knows whose claim it is."""
    with app.app_context(), unit_of_work():
        claim = db.session.scalars(anywhere(select(Claim).where(Claim.id == UUID(claim_id)))).one()
        actions.keep_payees(board_by_key("northfirth").id, {claim.person_id: reference})


def as_sent(page: str) -> tuple[str, list[tuple[str, Any]]]:
    """Where the page's button leads, and what it sends."""
    (form,) = [one for one in fromstring(page).forms if one.xpath(".//input[@name='claims']")]
    return form.action, dict(form.form_values())


def test_a_payee_reference_changed_meanwhile_is_shown_before_the_run_is_made(app: Flask, approved: Any) -> None:
    approver, ids = approved
    keep(app, ids[0], "S20002")
    shown = approver.post("/claims/payments?check=1", {"claims": [ids[0]], **ALL_THE_SAME})
    assert "Payee reference S20002" in text_of(shown)
    assert CHANGED not in text_of(shown)
    way, sent = as_sent(shown.text)
    before = runs(app)
    keep(app, ids[0], "S30003")
    again = approver.post(way, sent)
    assert again.status_code == 200
    assert CHANGED in text_of(again)
    assert "Payee reference S30003" in text_of(again)
    assert "S20002" not in text_of(again)
    assert runs(app) == before, "nothing was made"
    way, sent = as_sent(again.text)
    assert "/payment-runs/" in approver.post(way, sent).headers["Location"]


def test_a_reference_added_meanwhile_is_shown_too(app: Flask, approved: Any) -> None:
    approver, ids = approved
    way, sent = as_sent(approver.post("/claims/payments?check=1", {"claims": [ids[0]], **ALL_THE_SAME}).text)
    before = runs(app)
    keep(app, ids[0], "S30003")
    again = text_of(approver.post(way, sent))
    assert CHANGED in again
    assert "Payee reference S30003" in again
    assert runs(app) == before
