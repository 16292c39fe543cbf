"""The page on which an approver decides: nothing is answered for them, and nothing they type is lost without a word."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring

from portal.expenses.claims import receipts as claims_receipts
from portal.expenses.models import Receipt
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.expenses.claiming import DAY, TAXI, add, begin, claim_of, lines_of, press, version_on
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

UNSEEN = "No officer has looked at its receipt"


@pytest.fixture
def sent(app: Flask, visit: Any, cast: Cast) -> Any:
    """A claim for a taxi and care with a locked receipt: the approver, the claim, and its lines by category."""
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    add(rep, claim, "replacement_care", {**DAY, "hours": "2", "paid": "20"}, (photo(), "care.jpg"))
    press(rep, claim, "send")
    return visit("northfirth.approver"), claim, {one.category: one.id for one in lines_of(app, claim.id)}


def answers(lines: Any, **said: str) -> dict[str, str]:
    """Each line's answer; a taxi without a receipt is paid on purpose."""
    form = {f"lines-{lines[category]}-say": say for category, say in said.items()}
    return {**form, f"lines-{lines['taxi']}-unproven": "y"} if said.get("taxi") == "yes" else form


def errors(page: Any) -> list[str]:
    return [one.text_content().strip() for one in fromstring(page.text).xpath("//*[@class='govuk-error-summary']//a")]


def test_the_hours_that_were_typed_are_shown_to_the_rep_and_the_approver(sent: Any, visit: Any) -> None:
    approver, claim, _ = sent
    for page in (visit("northfirth.rep").get(f"/claims/{claim.id}"), approver.get(f"/claims/{claim.id}/decide")):
        assert text_of(page).count("2 hours") == text_of(page).count("2 hours ×") + 1


def test_no_line_is_answered_before_the_approver_does(sent: Any) -> None:
    approver, claim, _ = sent
    path = f"/claims/{claim.id}/decide"
    page = approver.get(path)
    assert fromstring(page.text).xpath("//input[@checked]") == []
    assert sorted(errors(approver.post(path, {"version": version_on(page)}))) == [
        "Replacement care, £20.00: choose yes or no",
        "Taxi, £12.50: choose yes or no",
    ]


def test_a_locked_receipt_nobody_looked_at_is_paid_only_on_purpose(app: Flask, sent: Any) -> None:
    approver, claim, lines = sent
    path, care = f"/claims/{claim.id}/decide", lines["replacement_care"]
    page = approver.get(path)
    form = {"version": version_on(page), **answers(lines, taxi="yes", replacement_care="yes")}
    boxes = {one.get("id") for one in fromstring(page.text).xpath("//input[@type='checkbox' and @name!='about']")}
    assert boxes == {f"lines-{lines['taxi']}-unproven", f"lines-{care}-unproven"}
    assert errors(approver.post(path, form)) == [
        "Replacement care, £20.00: no officer has looked at its receipt. Select the box to pay it anyway"
    ]
    assert claim_of(app, claim.person_id, claim.title).status == "sent"
    assert approver.post(path, {**form, f"lines-{care}-unproven": "y"}).status_code == 302
    assert claim_of(app, claim.person_id, claim.title).status == "approved"


def test_a_locked_receipt_that_an_officer_looked_at_asks_nothing(app: Flask, sent: Any, cast: Cast) -> None:
    approver, claim, lines = sent
    for step in (claims_receipts.open_receipt, claims_receipts.check_care_receipt):
        with app.app_context(), unit_of_work():
            of_line = db.session.query(Receipt).where(Receipt.line_id == lines["replacement_care"])
            step(of_line.order_by(Receipt.id).one(), cast.northfirth.people["officer"])
    page = approver.get(f"/claims/{claim.id}/decide")
    assert UNSEEN not in page.text
    form = {"version": version_on(page), **answers(lines, taxi="yes", replacement_care="yes")}
    assert approver.post(f"/claims/{claim.id}/decide", form).status_code == 302


def test_saying_no_to_a_locked_receipt_needs_no_tick(sent: Any) -> None:
    approver, claim, lines = sent
    path = f"/claims/{claim.id}/decide"
    form = {"version": version_on(approver.get(path)), **answers(lines, taxi="yes", replacement_care="no")}
    form[f"lines-{lines['replacement_care']}-reason"] = "Not that day"
    assert approver.post(path, form).status_code == 302


def test_a_reason_typed_under_yes_is_not_thrown_away(app: Flask, sent: Any) -> None:
    approver, claim, lines = sent
    path, taxi = f"/claims/{claim.id}/decide", lines["taxi"]
    form = {"version": version_on(approver.get(path)), **answers(lines, taxi="yes", replacement_care="no")}
    form |= {f"lines-{lines['replacement_care']}-reason": "Not that day", f"lines-{taxi}-reason": "Only half of it"}
    answer = approver.post(path, form)
    assert errors(answer) == [
        "Taxi, £12.50: you chose yes, so nobody would read this reason. Choose no, or clear the reason"
    ]
    assert "Only half of it" in answer.text
    assert claim_of(app, claim.person_id, claim.title).status == "sent"


def test_a_question_half_typed_stops_the_decision_and_stays(app: Flask, sent: Any) -> None:
    approver, claim, lines = sent
    path, taxi = f"/claims/{claim.id}/decide", lines["taxi"]
    form = {"version": version_on(approver.get(path)), **answers(lines, taxi="yes", replacement_care="no")}
    form |= {f"lines-{lines['replacement_care']}-reason": "Not that day"}
    answer = approver.post(path, {**form, "about": [str(taxi)], "question": "Was it a sing"})
    assert errors(answer) == [
        "Your question would not be sent with the decision. "
        "Select Send back with a question, or clear it to save the decision"
    ]
    page = fromstring(answer.text)
    assert page.get_element_by_id("question").text_content().strip() == "Was it a sing"
    assert page.xpath("//input[@name='about' and @checked]/@value") == [str(taxi)]
    assert page.get_element_by_id(f"lines-{lines['replacement_care']}-reason").value == "Not that day"
    assert claim_of(app, claim.person_id, claim.title).status == "sent"


def test_a_reason_is_not_lost_with_a_question(app: Flask, sent: Any) -> None:
    approver, claim, lines = sent
    form = {"version": version_on(approver.get(f"/claims/{claim.id}/decide")), "question": "Which taxi?"}
    reason = {f"lines-{lines['taxi']}-reason": "There is a bus"}
    answer = approver.post(f"/claims/{claim.id}/ask", {**form, **answers(lines, taxi="no"), **reason})
    assert errors(answer) == [
        "Taxi, £12.50: a reason is not sent with a question. Put it into your question, or clear it"
    ]
    assert "There is a bus" in answer.text
    assert "Which taxi?" in answer.text
    assert approver.post(f"/claims/{claim.id}/ask", {**form, **answers(lines, taxi="yes")}).status_code == 302
    assert claim_of(app, claim.person_id, claim.title).status == "queried"


def test_what_was_typed_survives_another_approver(sent: Any) -> None:
    """The first asked, so the second's question is not sent: it is shown, and said."""
    approver, claim, _ = sent
    form = {"version": version_on(approver.get(f"/claims/{claim.id}/decide")), "question": "Which taxi?"}
    approver.post(f"/claims/{claim.id}/ask", form)
    second = approver.post(f"/claims/{claim.id}/ask", {**form, "question": "Where to?"})
    assert "This has not been saved" in text_of(second)
    assert "What you typed Your question Where to?" in text_of(second)


def test_whose_turn_it_is_is_true_for_each_reader(app: Flask, visit: Any, cast: Cast, sent: Any) -> None:
    approver, claim, _ = sent
    path = f"/claims/{claim.id}/decide"
    form = {"version": version_on(approver.get(path)), "question": "Which taxi?"}
    approver.post(f"/claims/{claim.id}/ask", form)
    page = text_of(approver.get(path))
    assert "Question to answer" not in page
    assert "Sent back with a question" in page
    assert "CANARYNORTH Rep has not answered the question yet" in page
    assert "Save the decision" not in page
    rep = visit("northfirth.rep")
    for address in ("/claims", f"/claims/{claim.id}"):
        assert "Question to answer" in text_of(rep.get(address))
    other = add_other(app, visit, cast)
    assert "sent back with a question" in text_of(approver.get(f"/claims/{other.id}/decide"))


def add_other(app: Flask, visit: Any, cast: Cast) -> Any:
    """Another claim for the same event, which names the first."""
    rep, claim = begin(app, visit, cast, "Carers week, once more")
    add(rep, claim, "taxi", {**TAXI, "paid": "3"})
    press(rep, claim, "send")
    return claim


def test_what_was_approved_is_summed_for_the_approver_too(sent: Any) -> None:
    approver, claim, lines = sent
    path = f"/claims/{claim.id}/decide"
    form = {"version": version_on(approver.get(path)), **answers(lines, taxi="yes", replacement_care="no")}
    approver.post(path, {**form, f"lines-{lines['replacement_care']}-reason": "Not that day"})
    page = text_of(approver.get(path))
    assert "Covered by the expenses policy: £32.50 Approved: £12.50 Not approved: £20.00" in page
