"""Deciding and paying: by somebody else, once, and by whoever looked last."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import queries as claims_queries
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.decisions import queries as decisions_queries
from portal.expenses.models import Claim
from portal.expenses.payments import actions as payments_actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, TODAY, Cast
from tests.expenses.claiming import (
    ALL_THE_SAME,
    DAY,
    TAXI,
    add,
    begin,
    claim_of,
    emails,
    lines_of,
    paid,
    press,
    version_on,
)
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of


def test_nobody_decides_their_own_claim(app: Flask, visit: Any, cast: Cast) -> None:
    """In the list, behind the door, in the UPDATE and in the database."""
    approver_id = cast.northfirth.people["approver"]
    with app.app_context(), unit_of_work():
        claim = claims_actions.begin(
            uuid4(), cast.northfirth.id, approver_id, "event", "My own", TODAY - timedelta(days=1)
        )
        typed = {"category": "car", "spent_on": claim.happened_on, "tenths": 100}
        claims_actions.save_line(claim, uuid4(), typed)
        claims_actions.send(claim, claim.version)
        claim_id = claim.id
        assert claim.version == 3
    approver = visit("northfirth.approver")
    assert "My own" not in approver.get("/claims/to-decide").text
    assert approver.client.get(f"/claims/{claim_id}/decide").status_code == 404
    with app.app_context():
        with pytest.raises(EditConflict), unit_of_work():
            decisions_actions.decide(claims_queries.claim_by_id(cast.northfirth.id, claim_id), 3, approver_id, {})
        claims_queries.claim_by_id(cast.northfirth.id, claim_id).decided_by_id = approver_id
        with pytest.raises(IntegrityError, match="never_own"):
            db.session.flush()
        db.session.rollback()


def test_a_question_hands_the_claim_back_ready_to_mend(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    approver = visit("northfirth.approver")
    page = approver.get(f"/claims/{claim.id}/decide")
    [line] = lines_of(app, claim.id)
    form = {"version": version_on(page), "question": "Which taxi was it?", "about": [str(line.id)]}
    assert approver.post(f"/claims/{claim.id}/ask", form).status_code == 302
    assert "Which taxi was it?" in text_of(rep.get(f"/claims/{claim.id}"))
    assert "Answer a question about your expenses: Carers week" in text_of(rep.get("/"))
    changed = {**TAXI, "paid": "11", "once": str(line.id)}
    rep.post(f"/claim-lines/{line.id}/change", changed, content_type="multipart/form-data")
    press(rep, claim, "send")
    again = claim_of(app, claim.person_id, claim.title)
    assert (again.status, again.reference) == ("sent", "ZZ-2026-0004")


def test_a_claim_changed_while_it_is_decided_is_not_decided(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    approver = visit("northfirth.approver")
    page = approver.get(f"/claims/{claim.id}/decide")
    [line] = lines_of(app, claim.id)
    press(rep, claim, "withdraw")
    rep.post("/claims/new", {"what": "event", "title": "x"})
    form = {"version": version_on(page), **paid(line.id)}
    assert approver.client.get(f"/claims/{claim.id}/decide").status_code == 404
    assert approver.post(f"/claims/{claim.id}/decide", form).status_code == 404
    assert claim_of(app, claim.person_id, claim.title).status == "withdrawn"


def test_of_two_approvers_one_wins_and_the_other_is_told(app: Flask, visit: Any, cast: Cast) -> None:
    things = cast.northfirth.things
    approver = visit("northfirth.approver")
    page = approver.get(f"/claims/{things['claim_id']}/decide")
    form = {"version": version_on(page), **paid(things["line_id"])}
    assert approver.post(f"/claims/{things['claim_id']}/decide", form).headers["Location"] == "/claims/to-decide"
    second = approver.post(f"/claims/{things['claim_id']}/decide", form, follow_redirects=True)
    assert "This claim was decided or changed since you opened this page" in text_of(second)


def test_the_same_receipt_is_warned_of_and_not_refused(app: Flask, visit: Any, cast: Cast) -> None:
    for title in ("First", "Second"):
        rep, claim = begin(app, visit, cast, title)
        add(rep, claim, "taxi", {**DAY, "paid": "12.50"}, (photo(), "taxi.jpg"))
        press(rep, claim, "send")
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))
    assert "The same receipt was sent before" in page
    assert "Another claim has an expense of the same day and amount" in page
    assert "Save the decision" in page


def test_a_claim_is_in_one_run_and_a_paid_run_stays(app: Flask, visit: Any, cast: Cast) -> None:
    approver, run = visit("northfirth.approver"), f"/payment-runs/{cast.northfirth.things['run_id']}"
    with app.app_context():
        claim_id, title = in_run(cast)
        with pytest.raises(EditConflict), unit_of_work():
            payments_actions.make_run(cast.northfirth.id, cast.northfirth.people["approver"], [claim_id])
    assert approver.post(f"{run}/cancel").headers["Location"] == "/claims/payments"
    assert "Cancelled on" in text_of(approver.get(run))
    again = approver.post("/claims/payments", {"claims": [str(claim_id)], **ALL_THE_SAME}).headers["Location"]
    assert "must be today or in the past" in text_of(approver.post(f"{again}/paid", {"paid_on": ["1", "4", "2026"]}))
    half = approver.post(f"{again}/paid", {"paid_on": ["2", "3", ""]})  # a run that is paid stays paid
    assert "The payment date must include a year" in text_of(half)
    assert claim_of(app, cast.northfirth.people["rep"], title).status == "in_payment"
    early = approver.post(f"{again}/paid", {"paid_on": ["2", "3", "2026"]})
    assert "This run was made on 3 March 2026. Enter that day or a later one" in text_of(early)
    assert claim_of(app, cast.northfirth.people["rep"], title).status == "in_payment"
    approver.post(f"{again}/paid", {"paid_on": ["3", "3", "2026"], **ALL_THE_SAME})
    late = approver.post(f"{again}/cancel", follow_redirects=True)
    assert "This run has been paid, so it cannot be cancelled" in text_of(late)
    assert claim_of(app, cast.northfirth.people["rep"], title).status == "paid"


def in_run(cast: Cast) -> tuple[UUID, str]:
    """The claim in the cast's payment run: its id and title."""
    statement = select(Claim.id, Claim.title).where(Claim.run_id == cast.northfirth.things["run_id"])
    [(claim_id, title)] = db.session.execute(statement).all()
    return claim_id, title


def test_nobody_pays_their_own_claim(app: Flask, cast: Cast, rolled_back: Any) -> None:
    with app.app_context():
        claim_id, _ = in_run(cast)
        with unit_of_work():
            payments_actions.cancel(claim_run(cast))
        with pytest.raises(EditConflict), unit_of_work():
            payments_actions.make_run(cast.northfirth.id, cast.northfirth.people["rep"], [claim_id])


def claim_run(cast: Cast) -> Any:
    from portal.expenses.payments.models import PaymentRun

    return db.session.get_one(PaymentRun, cast.northfirth.things["run_id"])


def test_approvers_hear_once_a_working_day(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> None:
    with app.app_context():
        for moment in (NOW, NOW, NOW + timedelta(days=1), datetime(2026, 3, 7, 9, 0, tzinfo=UTC)):
            at(moment)
            do_what_is_due()
    told = [one for one in emails(app, "claims-to-decide") if one.board_id == cast.northfirth.id]
    assert len(told) == 2
    assert {one.person_id for one in told} == {cast.northfirth.people["approver"]}


@pytest.mark.same_anywhere
def test_lists_of_claims_take_few_queries(app: Flask, cast: Cast, visit: Any, rolled_back: Any) -> None:
    """The same number for three claims as for a hundred more: at most six beside those of signing in."""
    from tests.papers.test_pages import queries_on

    rep, approver = visit("northfirth.rep"), visit("northfirth.approver")
    before = queries_on(app, rep, "/claims"), queries_on(app, approver, "/claims/to-decide")
    with app.app_context(), unit_of_work():
        for number in range(100):
            claim = claims_actions.begin(
                uuid4(), cast.northfirth.id, cast.northfirth.people["rep"], "event", f"Day {number}", date(2026, 2, 1)
            )
            claims_actions.save_line(claim, uuid4(), {"category": "car", "spent_on": claim.happened_on, "tenths": 10})
            claims_actions.send(claim, claim.version)
        assert decisions_queries.waiting_by_board()[cast.northfirth.id] > 100
    after = queries_on(app, rep, "/claims"), queries_on(app, approver, "/claims/to-decide")
    assert after == before
    assert max(after) <= 6, "one of them for the last days on which claims can be sent"


def test_a_run_that_is_refused_leaves_nothing_behind(app: Flask, cast: Cast, rolled_back: Any) -> None:
    """One claim is free and one is taken: the page that says so commits, and neither moves, nor is there a run."""
    from portal.expenses.payments.models import PaymentRun

    board, approver = cast.northfirth.id, cast.northfirth.people["approver"]
    with app.app_context():
        taken, _ = in_run(cast)
        with unit_of_work():
            free = claims_queries.claim_by_id(board, cast.northfirth.things["claim_id"])
            line = cast.northfirth.things["line_id"]
            decisions_actions.decide(free, free.version, approver, {line: (True, "")})
            free_id = free.id
        with unit_of_work(), suppress(EditConflict):
            payments_actions.make_run(board, approver, [free_id, taken])
        db.session.expire_all()
        assert claims_queries.claim_by_id(board, free_id).status == "approved"
        assert len(db.session.scalars(select(PaymentRun).where(PaymentRun.board_id == board)).all()) == 1


def test_an_answer_that_is_missing_is_asked_for_at_its_line(app: Flask, visit: Any, cast: Cast) -> None:
    """Nothing that was typed of the other lines is lost, and no line is decided."""
    rep, claim = begin(app, visit, cast)
    for cost in ("12.50", "8.00", "3.00"):
        add(rep, claim, "taxi", {**TAXI, "paid": cost})
    press(rep, claim, "send")
    first, second, third = (f"lines-{one.id}" for one in sorted(lines_of(app, claim.id), key=lambda one: -one.covered))
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}/decide"
    form = {"version": version_on(approver.get(path)), f"{first}-say": "no", f"{first}-reason": "There is a bus"}
    answer = approver.post(path, {**form, f"{second}-say": "no", f"{second}-reason": " "})
    page = fromstring(answer.text)
    found = page.find_class("govuk-error-message")
    said = {one.get("id"): one.text_content().split(":", 1)[1].strip() for one in found}
    assert said == {
        f"{second}-reason-error": "Taxi, £8.00: give a reason for saying no. The rep will read it",
        f"{third}-say-error": "Taxi, £3.00: choose yes or no",
    }
    assert page.get_element_by_id(f"{first}-reason").value == "There is a bus"
    chosen = page.xpath("//input[@type='radio'][@checked]")
    assert {one.name: one.value for one in chosen} == {f"{first}-say": "no", f"{second}-say": "no"}
    assert version_on(answer) == form["version"]
    assert claim_of(app, claim.person_id, claim.title).status == "sent"


def test_a_line_of_another_claim_decides_nothing(app: Flask, visit: Any, cast: Cast) -> None:
    approver, other = visit("northfirth.approver"), cast.northfirth.things["line_id"]
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    path, [line] = f"/claims/{claim.id}/decide", lines_of(app, claim.id)
    form = {"version": version_on(approver.get(path)), f"lines-{line.id}-say": ["yes", "no"]}
    form |= {f"lines-{line.id}-unproven": "y"}
    form |= {f"lines-{other}-say": "no", f"lines-{other}-reason": "Not mine"}
    assert approver.post(path, form).status_code == 302
    assert claim_of(app, claim.person_id, claim.title).status == "approved", "of a doubled answer the first counts"
    [untouched] = lines_of(app, cast.northfirth.things["claim_id"])
    assert (untouched.approved, untouched.declined_because) == (None, "")


def test_an_unfinished_question_changes_no_answer(app: Flask, visit: Any, cast: Cast) -> None:
    claim_id, line_id = (cast.northfirth.things[name] for name in ("claim_id", "line_id"))
    approver = visit("northfirth.approver")
    assert "checked" not in approver.get(f"/claims/{claim_id}/decide").text, "nothing is answered for the approver"
    answer = approver.post(f"/claims/{claim_id}/ask", {"question": " ", f"lines-{line_id}-say": "no"})
    page = fromstring(answer.text)
    assert [one.get("href") for one in page.xpath("//*[@class='govuk-error-summary']//a")] == ["#question"]
    chosen = page.xpath("//input[@type='radio'][@checked]")
    assert {one.name: one.value for one in chosen} == {f"lines-{line_id}-say": "no"}
