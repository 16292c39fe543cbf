"""A receipt keeps the name that it came with; where it gets another one, that is said."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.expenses.models import Receipt
from portal.infra.database import db
from portal.papers.uploads import check
from tests.cast import Cast
from tests.expenses.claiming import DAY, add, begin, lines_of, press, version_on
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

PAID = {**DAY, "paid": "12.50"}


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("JPEG", "IMG_1.jpg", "IMG_1.jpg"),
        ("JPEG", "IMG_1.JPEG", "IMG_1.JPEG"),
        ("WEBP", "IMG_1.webp", "IMG_1.jpg"),
        ("PNG", "two.png", "two.jpg"),
        ("PNG", "two", "two.jpg"),
        ("JPEG", "wrong.pdf", "wrong.jpg"),
    ],
)
def test_a_name_is_kept_or_said(kind: str, given: str, kept: str) -> None:
    found = check(given, photo(kind), "")
    assert found.name == kept
    assert found.said_as(kept) == ("" if given == kept else f"{given} was saved as {kept}.")


@pytest.mark.parametrize(("name", "says"), [("taxi.png", "taxi.png was saved as taxi.jpg."), ("taxi.jpg", "")])
def test_the_claim_says_what_was_made_of_a_name(app: Flask, visit: Any, cast: Cast, name: str, says: str) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", PAID, (photo("PNG" if says else "JPEG"), name))
    page = text_of(rep.get(f"/claims/{claim.id}"))
    assert ("was saved as" in page) is bool(says)
    assert says in page
    assert f"Receipt: {name.replace('png', 'jpg')}" in page


def test_a_receipt_for_care_is_said_to_lose_its_name(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "replacement_care", {**PAID, "hours": "2"}, (photo(), "Jean.jpg"))
    assert "Jean.jpg was saved as Receipt 1.jpg." in text_of(rep.get(f"/claims/{claim.id}"))
    with app.app_context():
        names = db.session.scalars(select(Receipt.file_name).where(Receipt.claim_id == claim.id)).all()
    assert list(names) == ["Receipt 1.jpg"]


def test_a_receipt_that_comes_with_an_answer_says_it_too(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**PAID, "no_receipt_because": "None given"})
    press(rep, claim, "send")
    [line] = lines_of(app, claim.id)
    approver, page = visit("northfirth.approver"), f"/claims/{claim.id}/decide"
    question = {"version": version_on(approver.get(page)), "question": "Please add it", "about": [str(line.id)]}
    approver.post(f"/claims/{claim.id}/ask", question)
    answer: dict[str, Any] = {"version": version_on(rep.get(f"/claims/{claim.id}")), "answer": "Here it is"}
    answer[f"receipts-{line.id}"] = [(io.BytesIO(photo("PNG")), "taxi.png")]
    sent = rep.post(f"/claims/{claim.id}/send", answer, content_type="multipart/form-data")
    assert "taxi.png was saved as taxi.jpg." in text_of(sent)
