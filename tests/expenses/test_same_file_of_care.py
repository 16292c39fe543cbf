"""A file that may tell of care is locked wherever the same bytes stand, and named so that it is told from others."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.expenses.claims import originals, receipts
from portal.expenses.models import Receipt, ReceiptOriginal
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.expenses.claiming import DAY, add, begin, press
from tests.expenses.test_which_receipt import CARE
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

TAXI = {**DAY, "paid": "12.50"}


def receipts_of(app: Flask, claim_id: Any) -> list[Receipt]:
    with app.app_context():
        statement = select(Receipt).where(Receipt.claim_id == claim_id).order_by(Receipt.file_name)
        return list(db.session.scalars(statement))


@pytest.mark.parametrize("care_first", [True, False])
def test_the_same_file_beside_another_expense_is_locked_too(
    app: Flask, visit: Any, cast: Cast, care_first: bool
) -> None:
    rep, claim = begin(app, visit, cast)
    content, kinds = photo(), [("replacement_care", CARE, "care.jpg"), ("taxi", TAXI, "Jean.jpg")]
    for category, form, name in kinds if care_first else kinds[::-1]:
        add(rep, claim, category, form, (content, name))
    found = receipts_of(app, claim.id)
    assert [one.file_name for one in found] == ["Receipt 1.jpg", "Receipt 2.jpg"]
    assert all(one.sealed_key for one in found)
    for one in found:
        assert rep.client.get(f"/receipts/{one.id}/file").data.startswith(b"\xff\xd8"), "whose it is opens it"
    press(rep, claim, "send")
    approver = visit("northfirth.approver")
    page = approver.get(f"/claims/{claim.id}/decide")
    assert text_of(page).count("encrypted, because it may contain details") == 2
    assert "Jean" not in page.text
    assert "The same receipt is also with another expense in this claim: Taxi, £12.50 on Monday 2 March" in text_of(
        page
    )
    for one in found:
        assert approver.client.get(f"/receipts/{one.id}/file").status_code == 404
        assert str(one.id) in visit("northfirth.officer").get("/boards/northfirth/care-receipts").text


def test_care_receipts_of_a_claim_are_numbered_through(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "replacement_care", CARE, (photo("PNG"), "one.png"))
    add(rep, claim, "replacement_care", {**CARE, "paid": "20"}, (photo(), "two.jpg"))
    assert [one.file_name for one in receipts_of(app, claim.id)] == ["Receipt 1.jpg", "Receipt 2.jpg"]
    own = text_of(rep.get(f"/claims/{claim.id}"))
    press(rep, claim, "send")
    listed = text_of(visit("northfirth.officer").get("/boards/northfirth/care-receipts"))
    decided = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    for page in (own, listed, decided):
        assert "Receipt 1.jpg" in page
        assert "Receipt 2.jpg" in page


def test_a_copy_that_is_made_again_is_to_be_checked_again(
    app: Flask, visit: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "replacement_care", CARE, (photo(), "one.jpg"))
    press(rep, claim, "send")
    [one] = receipts_of(app, claim.id)
    officer = visit("northfirth.officer")
    officer.client.get(f"/care-receipts/{one.id}/file")
    officer.post(f"/care-receipts/{one.id}/checked")
    assert receipts_of(app, claim.id)[0].checked_at
    monkeypatch.setattr(originals, "opened", lambda _original: photo(size=(90, 60)))
    with app.app_context(), unit_of_work():
        key = db.session.scalars(select(ReceiptOriginal.id).where(ReceiptOriginal.receipt_id == one.id)).one()
        assert receipts.make_again(key)
    assert receipts_of(app, claim.id)[0].checked_at is None
