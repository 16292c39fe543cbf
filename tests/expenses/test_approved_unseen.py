"""A receipt for care that nobody looked at before an approver paid: that is said, and it can still be checked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from portal.expenses.models import Claim
from portal.infra.database import db
from tests.cast import NOW, Cast
from tests.expenses.claiming import DAY, add, begin, lines_of, paid, press, version_on
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

PAGE = "/boards/northfirth/care-receipts"
UNSEEN = "Approved before anyone checked the receipt. Decided by CANARYNORTH Approver"


def with_care(app: Flask, visit: Any, cast: Cast, title: str = "Carers week") -> Claim:
    rep, claim = begin(app, visit, cast, title)
    add(rep, claim, "replacement_care", {**DAY, "hours": "2", "paid": "50"}, (photo(), "care.jpg"))
    press(rep, claim, "send")
    return claim


def decide(app: Flask, approver: Any, claim: Claim, **said: str) -> Any:
    page = f"/claims/{claim.id}/decide"
    [line] = lines_of(app, claim.id)
    answers = {f"lines-{line.id}-{name}": value for name, value in said.items()} or paid(line.id)
    return approver.post(page, {"version": version_on(approver.get(page)), **answers})


def receipts_on(officer: Any, below: str = "") -> list[str]:
    """The addresses of the receipts for care that the page lists below some words."""
    parts = officer.get(PAGE).text.split(below or "<main")[1].split('href="')[1:]
    return [address for part in parts if (address := part.split('"')[0]).startswith("/care-receipts/")]


def test_what_was_paid_unseen_says_so_with_who_decided_and_stays_to_be_checked(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    claim = with_care(app, visit, cast)
    approver, officer = visit("northfirth.approver"), visit("northfirth.officer")
    page = f"/claims/{claim.id}/decide"
    assert "No officer has looked at the receipt for care yet" in text_of(approver.get(page))
    assert decide(app, approver, claim).status_code == 302
    said = text_of(approver.get(page))
    assert UNSEEN in said
    assert "No officer has looked" not in said
    [address] = receipts_on(officer, "Approved before anyone checked them")
    listed = text_of(officer.get(PAGE))
    assert "Approved before anyone checked them" in listed
    assert "Approved on Tuesday 3 March before anyone checked it. Decided by CANARYNORTH Approver" in listed
    at(NOW + timedelta(days=1))
    officer, approver = visit("northfirth.officer"), visit("northfirth.approver")
    officer.get(address)
    officer.post(address.replace("/file", "/checked"))
    assert "Approved before anyone checked them" not in text_of(officer.get(PAGE))
    said = text_of(approver.get(page))
    assert f"{UNSEEN} An officer checked it on Wednesday 4 March 2026." in said


def test_what_was_checked_first_or_not_approved_was_not_paid_unseen(app: Flask, visit: Any, cast: Cast) -> None:
    claim, officer = with_care(app, visit, cast), visit("northfirth.officer")
    for address in receipts_on(officer):
        officer.get(address)
        officer.post(address.replace("/file", "/checked"))
    approver = visit("northfirth.approver")
    decide(app, approver, claim)
    other = with_care(app, visit, cast, "Talk at the college")
    decide(app, approver, other, say="no", reason="Not care")
    for one in (claim, other):
        with app.app_context():
            assert db.session.get_one(Claim, one.id).decided_at is not None
        assert "Approved before anyone checked" not in text_of(approver.get(f"/claims/{one.id}/decide"))
    assert "Approved before anyone checked" not in text_of(officer.get(PAGE))
