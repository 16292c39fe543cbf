"""A claim's sums bear the same names wherever they are told, and a reason for no receipt stands beside its expense."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.expenses.claims import pdf, queries
from portal.expenses.claims.rules import covered_words
from portal.infra.database import db
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import Cast
from tests.expenses.claiming import DAY, TAXI, add, begin, claim_of, emails, press
from tests.expenses.test_helping import written
from tests.visitor import text_of

BROKEN = {**DAY, "no_receipt_because": "The machine was broken"}


def claimed(app: Flask, visit: Any, cast: Cast, food: str = "14.80") -> tuple[Any, Any]:
    """A claim for a taxi and a meal, of which up to £10.70 is covered."""
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**TAXI, "paid": "6.40"})
    add(rep, claim, "subsistence", {**BROKEN, "paid": food})
    return rep, claim


def letter_of(app: Flask, template: str, claim: Any) -> str:
    [told] = [one for one in emails(app, template) if one.facts["claim_id"] == claim.id.hex]
    with app.app_context():
        return words_of(db.session.get_one(Email, told.id)).text


def test_what_was_claimed_and_what_the_policy_covers_have_one_name_each(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = claimed(app, visit, cast)
    sums = "£21.20 The expenses policy covers £17.10 of it."
    assert f"So far it comes to: {sums}" in text_of(rep.get(f"/claims/{claim.id}"))
    assert "So far it comes to £21.20. The expenses policy covers £17.10 of it." in text_of(rep.get("/claims"))
    press(rep, claim, "send")
    assert f"You claimed: {sums}" in text_of(rep.get(f"/claims/{claim.id}"))
    letter = letter_of(app, "claim-sent", claim)
    assert "has been sent. You claimed £21.20. The expenses policy covers £17.10 of it." in letter
    for path in (f"/claims/{claim.id}/decide", "/claims/to-decide"):
        seen = text_of(visit("northfirth.approver").get(path))
        assert "Covered by the expenses policy: £17.10" in seen
        assert "£21.20" not in seen


def test_what_is_covered_as_a_whole_is_told_once(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = claimed(app, visit, cast, food="10")
    press(rep, claim, "send")
    letter = letter_of(app, "claim-sent", claim)
    assert "You claimed £16.40." in letter
    assert "covers" not in letter


@pytest.mark.parametrize(("covered", "part"), [(2120, "all"), (1710, "£17.10"), (0, "none")])
def test_how_much_of_a_claim_is_covered(covered: int, part: str) -> None:
    assert covered_words(2120, covered) == f"The expenses policy covers {part} of it"


def test_why_there_is_no_receipt_stands_beside_the_expense(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = claimed(app, visit, cast)
    said = "No receipt: The machine was broken"
    assert said in text_of(rep.get(f"/claims/{claim.id}"))
    press(rep, claim, "send")
    assert said in text_of(rep.get(f"/claims/{claim.id}"))
    assert said in text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    with app.app_context():
        of_lines = [pair for line in queries.lines(claim.id) for pair in pdf._line(line)]
    assert ("No receipt", "The machine was broken") in of_lines


def test_the_officer_who_writes_for_a_rep_reads_why_too(app: Flask, visit: Any, cast: Cast) -> None:
    officer, claim = written(app, visit, cast)
    assert "No receipt: The driver gave none" in text_of(officer.get(f"/claims-for-reps/{claim.id}"))
    assert claim_of(app, claim.person_id, claim.title).helped_by_id
