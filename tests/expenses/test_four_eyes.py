"""Paying is not deciding: whoever decided a claim neither makes nor marks paid its run, unless nobody else could."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.access.roles import APPROVER
from portal.accounts.models import Person
from portal.boards import queries as boards
from portal.boards.access.actions import suspend
from portal.boards.independence import queries as independence
from portal.boards.models import Board, StaffRole
from portal.boards.people import actions as people_actions
from portal.core import clock
from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import queries as claims_queries
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.models import Claim
from portal.expenses.payments import actions as payments_actions
from portal.expenses.payments import eyes, rules
from portal.expenses.payments.models import PaymentRun, SupplierLine
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import request_by_id
from tests.cast import NOW, TODAY, Cast, anywhere, person
from tests.expenses.claiming import ALL_THE_SAME
from tests.visitor import text_of

DAY = [str(TODAY.day), str(TODAY.month), str(TODAY.year)]


@pytest.fixture
def second(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """Another approver of Northfirth."""
    return another_approver(app, cast, "second")


def another_approver(app: Flask, cast: Cast, name: str, **more: Any) -> UUID:
    with app.app_context(), unit_of_work():
        someone = person(f"{name}@northfirth.test", f"{name.title()} Approver", **more)
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), someone, APPROVER)
        return someone.id


def approved_claim(app: Flask, cast: Cast, by: UUID) -> UUID:
    """A claim of the rep's, which somebody approved."""
    with app.app_context(), unit_of_work():
        claim = claims_actions.begin(uuid4(), cast.northfirth.id, cast.northfirth.people["rep"], "event", "X", TODAY)
        line = claims_actions.save_line(claim, uuid4(), {"category": "car", "spent_on": TODAY, "tenths": 100})
        claims_actions.send(claim, claim.version)
        decisions_actions.decide(claim, claim.version, by, {line.id: (True, "")})
        return claim.id


def make_run(app: Flask, cast: Cast, by: UUID, *claims: UUID) -> UUID:
    with app.app_context(), unit_of_work():
        return payments_actions.make_run(cast.northfirth.id, by, claims).id


def pay(app: Flask, run_id: UUID, by: UUID) -> None:
    with app.app_context(), unit_of_work():
        payments_actions.mark_paid(db.session.get_one(PaymentRun, run_id), TODAY, by)


def row(app: Flask, claim_id: UUID) -> Claim:
    with app.app_context():
        return db.session.scalars(anywhere(select(Claim).where(Claim.id == claim_id))).one()


def test_whoever_decided_does_not_make_the_run(app: Flask, cast: Cast, second: UUID) -> None:
    approver = cast.northfirth.people["approver"]
    claim_id = approved_claim(app, cast, approver)
    with pytest.raises(EditConflict):
        make_run(app, cast, approver, claim_id)
    make_run(app, cast, second, claim_id)
    kept = row(app, claim_id)
    assert (kept.status, kept.run_by_id, kept.paid_by_id, kept.is_by_one) == ("in_payment", second, None, False)


def test_whoever_decided_does_not_mark_it_as_paid(app: Flask, cast: Cast, second: UUID) -> None:
    approver = cast.northfirth.people["approver"]
    claim_id = approved_claim(app, cast, approver)
    run_id = make_run(app, cast, second, claim_id)
    with pytest.raises(payments_actions.AnotherPays):
        pay(app, run_id, approver)
    assert row(app, claim_id).status == "in_payment"
    pay(app, run_id, second)
    kept = row(app, claim_id)
    assert (kept.status, kept.paid_by_id, kept.is_by_one) == ("paid", second, False)


def test_who_is_alone_pays_all_the_same_and_it_is_kept(app: Flask, cast: Cast, rolled_back: Any) -> None:
    approver = cast.northfirth.people["approver"]
    claim_id = approved_claim(app, cast, approver)
    run_id = make_run(app, cast, approver, claim_id)
    assert row(app, claim_id).is_by_one
    with app.app_context(), unit_of_work():
        payments_actions.cancel(db.session.get_one(PaymentRun, run_id))
    kept = row(app, claim_id)
    assert (kept.run_by_id, kept.is_by_one) == (None, False), "nobody has paid it any more"
    pay(app, make_run(app, cast, approver, claim_id), approver)
    kept = row(app, claim_id)
    assert (kept.run_by_id, kept.paid_by_id, kept.is_by_one) == (approver, approver, True)


@pytest.mark.parametrize("why", ["invited", "disabled", "ended", "suspended"])
def test_one_who_cannot_work_leaves_the_other_alone(app: Flask, cast: Cast, rolled_back: Any, why: str) -> None:
    approver, other = cast.northfirth.people["approver"], another_approver(app, cast, "other")
    with app.app_context(), unit_of_work():
        someone = db.session.get_one(Person, other)
        if why == "invited":
            someone.joined_at = None
        elif why == "disabled":
            someone.disabled_at = clock.now()
        elif why == "suspended":
            suspend(cast.northfirth.id, other, cast.northfirth.people["admin"])
        else:
            held = db.session.scalars(anywhere(select(StaffRole).where(StaffRole.person_id == other))).one()
            people_actions.end_role(held)
    claim_id = approved_claim(app, cast, approver)
    make_run(app, cast, approver, claim_id)
    assert row(app, claim_id).is_by_one


def test_whose_claim_it_is_and_who_helped_count_for_nobody(app: Flask, cast: Cast, second: UUID) -> None:
    """Of two approvers one has a claim of their own: the other is alone with it."""
    approver = cast.northfirth.people["approver"]
    with app.app_context(), unit_of_work():
        claim = claims_actions.begin(uuid4(), cast.northfirth.id, second, "event", "X", TODAY)
        line = claims_actions.save_line(claim, uuid4(), {"category": "car", "spent_on": TODAY, "tenths": 100})
        claims_actions.send(claim, claim.version)
        decisions_actions.decide(claim, claim.version, approver, {line.id: (True, "")})
        claim_id = claim.id
    pay(app, make_run(app, cast, approver, claim_id), approver)
    assert row(app, claim_id).is_by_one


@pytest.mark.parametrize("name", ["run_by_id", "paid_by_id"])
def test_the_database_refuses_it_too(app: Flask, cast: Cast, second: UUID, name: str) -> None:
    approver, rep = cast.northfirth.people["approver"], cast.northfirth.people["rep"]
    claim_id = approved_claim(app, cast, approver)
    for who in (approver, rep):
        with app.app_context(), pytest.raises(IntegrityError), unit_of_work():
            db.session.execute(update(Claim).where(Claim.id == claim_id).values({name: who}))


def test_the_rule_and_its_statement_say_the_same(app: Flask, cast: Cast, second: UUID) -> None:
    """For everybody, whoever decided, whosever claim it is, with and without a helper."""
    people = [cast.northfirth.people[name] for name in ("approver", "officer", "rep")] + [second]
    claim_id = approved_claim(app, cast, second)
    with app.app_context():
        able, compared = boards.able(cast.northfirth.id, APPROVER), 0
        made_by = independence.made_by(cast.northfirth.id)
        for who, decided, owner, helper in product(people, people, people, [None, *people]):
            if decided in (owner, helper) or owner == helper:
                continue
            values = {"decided_by_id": decided, "person_id": owner, "helped_by_id": helper}
            db.session.execute(update(Claim).where(Claim.id == claim_id).values(values))
            mine = claims_queries.not_of(who) & eyes.may_pay(Claim, who, clock.today(), clock.now())
            found = db.session.scalar(select(Claim.id).where(Claim.id == claim_id, mine))
            said = rules.may_pay(who, rules.ToPay(decided, frozenset((owner, helper))), able, made_by)
            assert bool(found) == said, (who, decided, owner, helper)
            compared += 1
        db.session.rollback()
    assert compared > 50


def test_pages_say_who_can_pay_instead(app: Flask, visit: Any, cast: Cast, second: UUID) -> None:
    people = cast.northfirth.people
    mine, theirs = approved_claim(app, cast, people["approver"]), approved_claim(app, cast, second)
    approver = visit("northfirth.approver")
    page = approver.get("/claims/payments")
    assert str(theirs) in page.text
    assert str(mine) not in page.text
    said = "1 approved claim is not listed, because you decided it. Someone else must pay it: Second Approver can."
    assert said in text_of(page)
    assert "Make a payment run: 1 approved claim" in text_of(approver.get("/"))
    refused = approver.post("/claims/payments", {"claims": [str(mine)], **ALL_THE_SAME})
    assert "Someone put one of these into another run" in text_of(refused)
    run = f"/payment-runs/{make_run(app, cast, second, mine)}"
    words = "You decided a claim in this run, so another approver must mark it as paid. Who can: Second Approver."
    page = approver.get(run)
    assert words in text_of(page)
    assert "Date finance paid" not in text_of(page)
    number = text_of(page).split("Payment run ")[1].split()[0]
    assert f"Record when finance paid run {number} " not in f"{text_of(approver.get('/'))} "
    said = approver.post(f"{run}/paid", {"paid_on": DAY, **ALL_THE_SAME}, follow_redirects=True)
    assert "This run is not marked as paid. Another approver must do that." in text_of(said)
    assert row(app, mine).status == "in_payment"


def invoiced(app: Flask, cast: Cast, by: UUID) -> UUID:
    """An invoice of a provider for care that took place, as somebody entered it."""
    with app.app_context(), unit_of_work():
        care = db.session.get_one(CareRequest, cast.northfirth.things["request_id"])
        care.status, care.is_paid_by_board, care.ended_at = "took_place", True, clock.now()
        arranging.keep_late_cost(care, care.version, by, care.provider_id, 5000, "INV-1")
        assert care.invoiced_by_id == by
        return care.id


def test_whoever_entered_an_invoice_neither_puts_it_into_a_run_nor_pays_it(
    app: Flask, visit: Any, cast: Cast, second: UUID
) -> None:
    approver = cast.northfirth.people["approver"]
    care_id = invoiced(app, cast, approver)

    def run_with_it(by: UUID) -> UUID:
        with app.app_context(), unit_of_work():
            return payments_actions.make_run(
                cast.northfirth.id, by, [], [request_by_id(cast.northfirth.id, care_id)]
            ).id

    page = text_of(visit("northfirth.approver").get("/claims/payments"))
    assert (
        "1 care invoice is not listed, because you entered it. Someone else must pay it: Second Approver can." in page
    )
    with pytest.raises(EditConflict):
        run_with_it(approver)
    run_id, third = run_with_it(second), another_approver(app, cast, "third")
    for who in (approver, second):
        with pytest.raises(payments_actions.AnotherPays):
            pay(app, run_id, who)
    page = text_of(visit("northfirth.approver").get(f"/payment-runs/{run_id}"))
    assert "You entered an invoice in this run, so another approver must mark it as paid" in page
    of_run = update(SupplierLine).where(SupplierLine.run_id == run_id, SupplierLine.board_id == cast.northfirth.id)
    with app.app_context(), pytest.raises(IntegrityError), unit_of_work():
        db.session.execute(of_run.values(paid_by_id=approver))
    pay(app, run_id, third)


def test_whoever_entered_an_invoice_pays_it_where_nobody_else_could(app: Flask, cast: Cast, rolled_back: Any) -> None:
    approver = cast.northfirth.people["approver"]
    care_id = invoiced(app, cast, approver)
    with app.app_context(), unit_of_work():
        north = cast.northfirth.id
        run_id = payments_actions.make_run(north, approver, [], [request_by_id(north, care_id)]).id
    pay(app, run_id, approver)
    with app.app_context():
        of_run = (SupplierLine.run_id == run_id, SupplierLine.board_id == cast.northfirth.id)
        [line] = db.session.scalars(select(SupplierLine).where(*of_run)).all()
        assert line.is_by_one
        assert (line.run_by_id, line.paid_by_id) == (approver, approver)


def test_figures_say_how_much_one_person_did(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    """Of the last twelve months, on the board's page and sheet and on all boards'. What waits in a run is not paid."""
    approver, coordinator = cast.northfirth.people["approver"], visit("coordinator")
    paid_alone = make_run(app, cast, approver, approved_claim(app, cast, approver))
    pay(app, paid_alone, approver)
    make_run(app, cast, approver, approved_claim(app, cast, approver))
    second = another_approver(app, cast, "second")
    pay(app, make_run(app, cast, second, approved_claim(app, cast, approver)), second)
    page = text_of(visit("northfirth.rep").get("/boards/northfirth/expenses"))
    assert "Of 2 paid claims, 1 was decided and paid by one person." in page
    assert "The portal allows this only where no other approver of the board could do it." in page
    sheet = visit("northfirth.officer").client.get("/boards/northfirth/expenses.csv").text
    assert "claims and invoices,decided and paid by one person,,1,,," in sheet
    assert "\nclaims,paid,,2,,," in sheet.replace("\r", "")
    assert "\ncare invoices,paid,,0,,," in sheet.replace("\r", "")
    assert "Northfirth 20 0 (4 claims) 0 (2 claims) 1 (of 2)" in text_of(coordinator.get("/expenses"))
    assert "Northfirth,yes,20,0,4,0,2,0,1" in coordinator.client.get("/expenses.csv").text
    clock.use(lambda: NOW + timedelta(days=366))
    assert "Of 0 paid claims, 0 were decided" in text_of(visit("northfirth.rep").get("/boards/northfirth/expenses"))
