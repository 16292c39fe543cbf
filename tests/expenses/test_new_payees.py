"""Payee references: who hears that one was changed, and what an approver is told of whoever is paid first by it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select, update

from portal.access.roles import APPROVER
from portal.accounts.models import Person
from portal.boards.people import actions as people
from portal.boards.queries import board_by_key
from portal.expenses.claims import actions as claims
from portal.expenses.claims.rules import IN_PAYMENT, PAID
from portal.expenses.models import Claim
from portal.expenses.payments import actions, queries
from portal.expenses.payments.models import PaymentRun
from portal.expenses.payments.new_payees import _also_in, said_of, to_check
from portal.expenses.payments.references import keep_with, reference_of
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import NOW, TODAY, Cast, anywhere, person
from tests.visitor import text_of

REFERENCE = "QX-77-4711"
FIRST, CHANGED = "First payment to this person", "Payee reference changed on"


def told(template: str) -> dict[UUID, str]:
    rows = db.session.scalars(anywhere(select(Email).where(Email.template == template).order_by(Email.id)))
    found: dict[UUID, str] = defaultdict(str)
    for one in rows:
        found[one.person_id] += words_of(one).subject + words_of(one).text
    return found


def change(visit: Any, key: object, reference: str = REFERENCE) -> None:
    visit("northfirth.approver").post("/boards/northfirth/payees", {f"payee-{key}": reference, "version": "1"})


def test_whoever_it_is_and_the_other_approvers_hear_of_a_changed_reference_and_no_email_holds_it(
    app: Flask, visit: Any, cast: Cast
) -> None:
    rep, board = cast.person("northfirth.rep"), cast.northfirth
    with app.app_context(), unit_of_work():
        other = person("other@northfirth.test", "Olga Other")
        people.give_role(board_by_key("northfirth"), other, APPROVER)
        other_id = other.id
    change(visit, rep)
    with app.app_context():
        assert told("payee-reference-changed").keys() == {rep}
        found = told("payees-changed")
        assert found.keys() == {other_id}, "not whoever did it, and nobody of another board"
        assert "CANARYNORTH Rep" in found[other_id]
        assert not any(REFERENCE in words for words in (*told("payee-reference-changed").values(), *found.values()))
    change(visit, board.things["provider_id"])
    with app.app_context():
        assert told("payee-reference-changed").keys() == {rep}, "of a provider of care nobody else is told"
        assert "(care provider)" in told("payees-changed")[other_id]


def test_where_nobody_else_approves_the_administrators_hear(app: Flask, visit: Any, cast: Cast) -> None:
    change(visit, cast.person("northfirth.rep"))
    with app.app_context():
        assert cast.person("northfirth.admin") in told("payees-changed")
        assert cast.person("northfirth.approver") not in told("payees-changed")


def everybody() -> list[UUID]:
    return list(db.session.scalars(select(Person.id).order_by(Person.id)))


def was_paid(cast: Cast, number: int, person_id: UUID, paid_on: date) -> None:
    """Finance paid a claim of somebody on a day."""
    made_by, board_id = cast.person("northfirth.approver"), cast.northfirth.id
    run = PaymentRun(board_id=board_id, number=number, created_at=NOW, made_by_id=made_by, paid_on=paid_on)
    db.session.add(run)
    db.session.flush()
    one = claims.begin(uuid4(), board_id, person_id, "event", f"Event {number}", TODAY - timedelta(days=40))
    values = {"status": PAID, "paid_on": paid_on, "run_id": run.id, "sent_at": NOW, "year": 2026, "number": number}
    values["payee_reference"] = reference_of(queries.payees(board_id), person_id)
    db.session.execute(update(Claim).where(Claim.id == one.id).values(values))


def test_an_approver_is_told_of_a_first_payment_and_of_a_reference_changed_since_the_last(
    app: Flask, visit: Any, cast: Cast
) -> None:
    rep, board, things = cast.person("northfirth.rep"), cast.northfirth, cast.northfirth.things
    approver = visit("northfirth.approver")
    pages = (f"/claims/{things['claim_id']}/decide", f"/payment-runs/{things['run_id']}")
    for page in pages:
        assert FIRST in text_of(approver.get(page)), page
    with app.app_context(), unit_of_work():
        said = said_of(board.id)
        in_run = db.session.scalars(anywhere(select(Claim).where(Claim.run_id == things["run_id"]))).one().reference
        assert said(rep) == f"First payment to this person. Also theirs, and not paid yet: {in_run} in run 1"
        assert said(things["provider_id"]) == "First payment to this care provider"
    with app.app_context(), unit_of_work():
        for number, one in enumerate(("rep", "depute"), start=990):
            was_paid(cast, number, board.people[one], TODAY - timedelta(days=30))
    for page in pages:
        said = text_of(approver.get(page))
        assert FIRST not in said
        assert CHANGED not in said
    for one in ("rep", "depute"):
        change(visit, board.people[one])
    for page in pages:
        assert "Payee reference added on Tuesday 3 March" in text_of(approver.get(page)), page


def test_a_reference_that_was_there_before_the_last_payment_is_no_news(app: Flask, work: Any, cast: Cast) -> None:
    rep, board = cast.person("northfirth.rep"), cast.northfirth
    with work():
        actions.keep_payees(board.id, {rep: REFERENCE})
    with work():
        was_paid(cast, 990, rep, TODAY + timedelta(days=1))
    assert said_of(board.id)(rep) == ""


def test_finance_hears_of_new_references_and_of_payees_without_one_apart(app: Flask, work: Any, cast: Cast) -> None:
    """Whoever was last paid by the same reference is no news, even where it was added on the day of that payment."""
    board = cast.northfirth
    with work():
        run = db.session.get_one(PaymentRun, board.things["run_id"])
        rep, *others_in_run = {one.person_id for one in queries.claims_in(run)}
        others = len(others_in_run) + len(queries.supplier_lines(run))
        assert to_check(run) == (0, 1 + others), "nobody has one"
        was_paid(cast, 989, rep, TODAY)
        actions.keep_payees(board.id, {rep: REFERENCE})
        assert to_check(run) == (1, others), "they were last paid without one"
        was_paid(cast, 990, rep, TODAY)
        assert to_check(run) == (0, others), "on the same day, by the same one"
        assert said_of(board.id)(rep) == ""
        actions.keep_payees(board.id, {rep: "QX-78"})
        keep_with(run)
        assert to_check(run) == (1, others)
    assert said_of(board.id)(rep).startswith(CHANGED)


def test_who_is_in_two_unpaid_runs_is_said_to_be_in_both_and_to_be_paid_by_neither(
    app: Flask, visit: Any, cast: Cast
) -> None:
    """The run of the cast, and another one. Once either is paid, the other is no first payment."""
    things = cast.northfirth.things
    approver, first = visit("northfirth.approver"), f"/payment-runs/{things['run_id']}"
    with app.app_context(), unit_of_work():
        whose = db.session.scalars(
            anywhere(select(Claim.person_id).where(Claim.run_id == things["run_id"]).order_by(Claim.id))
        ).first()
        was_paid(cast, 990, whose, TODAY)
        newer = db.session.scalars(anywhere(select(PaymentRun).where(PaymentRun.number == 990))).one()
        newer.paid_on, newer_id = None, newer.id
        db.session.execute(update(Claim).where(Claim.run_id == newer_id).values(status=IN_PAYMENT, paid_on=None))
        older = db.session.get_one(PaymentRun, things["run_id"]).number
        every = db.session.scalars(anywhere(select(Claim).order_by(Claim.id)))
        references = {one.run_id: one.reference for one in every}
    also = f"{FIRST}. Also theirs, and not paid yet:"
    assert f"{also} {references[newer_id]} in run 990" in text_of(approver.get(first))
    page = text_of(approver.get(f"/payment-runs/{newer_id}"))
    assert f"{also} {references[things['run_id']]} in run {older}" in page
    with app.app_context(), unit_of_work():
        db.session.get_one(PaymentRun, newer_id).paid_on = TODAY
        db.session.execute(update(Claim).where(Claim.run_id == newer_id).values(status=PAID, paid_on=TODAY))
        assert said_of(cast.northfirth.id)(whose) == ""
    assert FIRST not in text_of(approver.get(first))


def test_in_several_runs_is_said_with_all_of_them() -> None:
    assert _also_in([]) == ""
    assert _also_in([(2, "NF-1")]) == ". Also theirs, and not paid yet: NF-1 in run 2"
    both = _also_in([(2, "NF-1"), (3, "invoice HHC-7")])
    assert both == ". Also theirs, and not paid yet: NF-1 in run 2 and invoice HHC-7 in run 3"
