"""Putting an invoice into a run approves it: who did that does not mark the run as paid, unless nobody else could."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.access.roles import APPROVER
from portal.accounts.models import Person
from portal.boards import queries as boards
from portal.boards.independence import queries as independence
from portal.core import clock
from portal.expenses.paid_days import actions as paid_days
from portal.expenses.payments import actions as payments
from portal.expenses.payments import eyes, rules
from portal.expenses.payments.models import PaymentRun, SupplierLine
from portal.expenses.payments.planned import Planned
from portal.home.queries import next_steps
from portal.identity import find_viewer
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.replacement_care.requests.queries import request_by_id
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.expenses.claiming import ALL_THE_SAME
from tests.expenses.test_four_eyes import DAY, another_approver, approved_claim, invoiced, pay, row
from tests.visitor import Visitor, text_of


@pytest.fixture
def second(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """Another approver of Northfirth."""
    return another_approver(app, cast, "second")


def run_of(app: Flask, cast: Cast, by: UUID, entered_by: str = "officer", *claims: UUID) -> UUID:
    """A run with an invoice, made by somebody."""
    care_id = invoiced(app, cast, cast.northfirth.people[entered_by])
    with app.app_context(), unit_of_work():
        north = cast.northfirth.id
        return payments.make_run(north, by, claims, [request_by_id(north, care_id)]).id


def line_of(app: Flask, run_id: UUID) -> SupplierLine:
    with app.app_context():
        return db.session.scalars(anywhere(select(SupplierLine).where(SupplierLine.run_id == run_id))).one()


def steps_of(app: Flask, who: UUID) -> dict[str, str]:
    """What somebody's first page says of payment runs, by title."""
    with app.app_context(), app.test_request_context("/"):
        steps = next_steps(find_viewer(db.session.get_one(Person, who)), clock.today())
    return {one.title: one.detail for one in steps if "finance paid" in one.title}


def test_whoever_puts_an_invoice_into_a_run_does_not_mark_it_as_paid(
    app: Flask, visit: Any, cast: Cast, second: UUID
) -> None:
    approver = cast.northfirth.people["approver"]
    run_id = run_of(app, cast, approver)
    with pytest.raises(payments.AnotherPays):
        pay(app, run_id, approver)
    visitor = visit("northfirth.approver")
    words = "You approved an invoice by putting it into this run, so another approver must mark it as paid. Who can: "
    assert f"{words}Second Approver." in text_of(visitor.get(f"/payment-runs/{run_id}"))
    assert "Record when finance paid run 2" not in text_of(visitor.get("/"))
    said = {title: detail for title, detail in steps_of(app, second).items() if title.endswith("run 2")}
    assert said == {"Record when finance paid run 2": "£50.00. Made by CANARYNORTH Approver"}
    assert steps_of(app, cast.northfirth.people["admin"]) == {}, "an administrator does not pay"
    said = visitor.post(f"/payment-runs/{run_id}/paid", {"paid_on": DAY, **ALL_THE_SAME}, follow_redirects=True)
    assert "This run is not marked as paid. Another approver must do that." in text_of(said)
    assert line_of(app, run_id).paid_by_id is None
    pay(app, run_id, second)
    line = line_of(app, run_id)
    assert (line.run_by_id, line.paid_by_id, line.is_by_one) == (approver, second, False)


def test_the_database_refuses_it_too(app: Flask, cast: Cast, second: UUID) -> None:
    approver = cast.northfirth.people["approver"]
    of_run = (SupplierLine.run_id == run_of(app, cast, approver), SupplierLine.board_id == cast.northfirth.id)
    with app.app_context(), pytest.raises(IntegrityError), unit_of_work():
        db.session.execute(update(SupplierLine).where(*of_run).values(paid_by_id=approver))


def test_who_is_alone_pays_it_all_the_same_and_finance_and_figures_say_so(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    approver = cast.northfirth.people["approver"]
    with app.app_context(), unit_of_work():
        boards.board_by_id(cast.northfirth.id).finance_email = "finance@northfirth.test"
    run_id = run_of(app, cast, approver)
    with app.app_context():
        [mailed] = db.session.scalars(anywhere(select(Email).where(Email.template == "run-made"))).all()
        text = words_of(mailed).text
    assert "The same person will approve and pay 1 of the invoices, because nobody else on the board could." in text
    assert "One person alone" not in text, "an officer entered it"
    pay(app, run_id, approver)
    assert line_of(app, run_id).is_by_one
    page = text_of(visit("northfirth.rep").get("/boards/northfirth/expenses"))
    assert "Of 0 paid claims and 1 paid care invoice, 1 was decided and paid by one person." in page
    every = visit("coordinator").client.get("/expenses.csv").text
    assert next(line for line in every.splitlines() if line.startswith("Northfirth,")).endswith(",1,1")
    sheet = visit("northfirth.officer").client.get("/boards/northfirth/expenses.csv").text
    assert "claims and invoices,decided and paid by one person,,1,,," in sheet
    assert "care invoices,paid,,1,,," in sheet


def test_of_two_who_looked_whoever_entered_it_pays(app: Flask, cast: Cast, second: UUID) -> None:
    approver = cast.northfirth.people["approver"]
    run_id = run_of(app, cast, second, "approver")
    with pytest.raises(payments.AnotherPays):
        pay(app, run_id, second)
    pay(app, run_id, approver)
    with app.app_context():
        assert line_of(app, run_id).paid_by_id == approver


def test_the_rule_and_its_statement_say_the_same(app: Flask, cast: Cast, second: UUID) -> None:
    """For everybody, whoever entered it and whoever put it into the run."""
    people = [cast.northfirth.people[name] for name in ("approver", "officer", "rep")] + [second]
    run_id, whose = run_of(app, cast, second), cast.northfirth.people["rep"]
    with app.app_context():
        able, found = boards.able(cast.northfirth.id, APPROVER), set()
        made_by = independence.made_by(cast.northfirth.id)
        [whose] = [key for one in eyes.in_run(db.session.get_one(PaymentRun, run_id)) for key in one.kept_out]
        of_run = (SupplierLine.run_id == run_id, SupplierLine.board_id == cast.northfirth.id)
        for who, entered, put_in in product(people, [None, *people], people):
            signed = {"recorded_by_id": entered, "run_by_id": put_in, "is_by_one": True}
            db.session.execute(update(SupplierLine).where(*of_run).values(signed))
            mine = eyes.may_pay(SupplierLine, who, clock.today(), clock.now())
            may = db.session.scalar(select(SupplierLine.id).where(*of_run, mine)) is not None and who != whose
            assert may == rules.may_pay(who, rules.ToPay(entered, frozenset((whose,)), put_in), able, made_by)
            found.add(may)
        db.session.rollback()
    assert found == {True, False}


def make(visitor: Visitor) -> tuple[str, str]:
    """Everything on offer put into runs: what the page says before, and after."""
    boxes = lxml.html.fromstring(visitor.get("/claims/payments").text).xpath("//input[@name='claims']")
    ticked = {"claims": [one.get("value") for one in boxes], **ALL_THE_SAME}
    before = text_of(visitor.post("/claims/payments?check=1", ticked))
    return before, text_of(visitor.post("/claims/payments", ticked, follow_redirects=True))


def test_claims_and_invoices_that_nobody_could_pay_together_become_two_runs(
    app: Flask, visit: Any, cast: Cast, second: UUID
) -> None:
    """Who pays what is said before they are made."""
    approver = cast.northfirth.people["approver"]
    invoiced(app, cast, cast.northfirth.people["officer"])
    claim_id = approved_claim(app, cast, second)
    with app.app_context(), unit_of_work():
        boards.board_by_id(cast.northfirth.id).finance_email = "finance@northfirth.test"
    before, after = make(visit("northfirth.approver"))
    assert "Make these 2 payment runs: 1 claim and 1 care invoice" in before
    words = "You approve this invoice by putting it into the run, so another approver must mark it as paid."
    assert f"{words} Who can: Second Approver." in before
    assert "Only you can mark it as paid." in before, "the second approver decided the claim"
    assert "The claims and the invoices become two runs" in before
    assert "2 payment runs have been made." in after
    assert "finance@northfirth.test will be told of the number and total of each." in after
    with app.app_context():
        care = db.session.scalars(anywhere(select(SupplierLine.run_id).order_by(SupplierLine.id))).one()
    assert care != row(app, claim_id).run_id
    pay(app, row(app, claim_id).run_id, approver)
    pay(app, care, second)


def test_who_can_mark_a_run_of_claims_as_paid_is_said_before_it_is_made(
    app: Flask, visit: Any, cast: Cast, second: UUID
) -> None:
    approved_claim(app, cast, cast.northfirth.people["approver"])
    before, _ = make(Visitor(app, second))
    assert "Only you can mark it as paid." in before
    approved_claim(app, cast, another_approver(app, cast, "third"))
    before, _ = make(Visitor(app, second))
    assert "You can mark it as paid, and so can CANARYNORTH Approver." in before
    with app.app_context():
        of_board = (cast.northfirth.id, [], ["Ann Fraser"])
        assert Planned(*of_board, is_mine=False).who_pays == "Who can mark it as paid: Ann Fraser."
        assert Planned(cast.northfirth.id, [], [], is_mine=False).who_pays == "Nobody can mark it as paid at present."


def test_where_one_approves_alone_the_page_says_so_before(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    invoiced(app, cast, cast.northfirth.people["officer"])
    before, after = make(visit("northfirth.approver"))
    assert "and you mark it as paid, because no other approver can. The board’s figures say so." in before
    assert "Run 2 has been made." in after


def test_whoever_may_not_mark_it_as_paid_does_not_correct_its_day(
    app: Flask, visit: Any, cast: Cast, second: UUID
) -> None:
    approver = cast.northfirth.people["approver"]
    run_id = run_of(app, cast, approver)
    pay(app, run_id, second)
    page, typed = f"/payment-runs/{run_id}", {"paid_on": DAY, "reason": "typed"}
    visitor = visit("northfirth.approver")
    assert "Correct the payment day" not in text_of(visitor.get(page))
    for answer in (
        visitor.get(f"{page}/correct", follow_redirects=True),
        visitor.post(f"{page}/correct", typed, follow_redirects=True),
    ):
        assert "so another approver or an administrator must correct the payment day." in text_of(answer)
    with app.app_context(), pytest.raises(payments.AnotherPays), unit_of_work():
        paid_days.correct_day(db.session.get_one(PaymentRun, run_id), TODAY, approver, "typed", "")
    assert "Why is it corrected?" in text_of(visit("northfirth.admin").get(f"{page}/correct"))


def test_the_day_of_a_run_of_invoices_alone_is_corrected_with_both_values_kept(
    app: Flask, visit: Any, cast: Cast, second: UUID, at: Any
) -> None:
    """Each approver but whoever did it is told; of whose care it is nobody."""
    approver = cast.northfirth.people["approver"]
    run_id = run_of(app, cast, approver)
    pay(app, run_id, second)
    at(NOW + timedelta(days=9))
    page = f"/payment-runs/{run_id}"
    shown = text_of(visit("northfirth.admin").get(f"{page}/correct"))
    assert "CANARYNORTH Approver and Second Approver will get an email about a correction." in shown
    visit("northfirth.admin").post(f"{page}/correct", {"paid_on": ["8", "3", "2026"], "reason": "typed"})
    assert "was paid on 3 March 2026, now paid on 8 March 2026" in text_of(visit("northfirth.approver").get(page))
    with app.app_context():
        corrected = select(Email).where(Email.template == "row-corrected").order_by(Email.id)
        found = db.session.scalars(anywhere(corrected))
        said = "Payment of the care of 13 March 2026: was paid on 3 March 2026, now paid on 8 March 2026."
        assert {one.person_id for one in found if said in words_of(one).text} == {approver, second}


def test_who_entered_a_payee_reference_is_said_in_the_run_and_to_finance(
    app: Flask, visit: Any, cast: Cast, second: UUID
) -> None:
    """Of a provider of care as of people, before its first payment and once it was changed since the last."""
    provider, approver = cast.northfirth.things["provider_id"], cast.northfirth.people["approver"]
    with app.app_context(), unit_of_work():
        boards.board_by_id(cast.northfirth.id).finance_email = "finance@northfirth.test"
    visit("northfirth.approver").post("/boards/northfirth/payees", {f"payee-{provider}": "SUP-1", "version": "1"})
    care_id = invoiced(app, cast, cast.northfirth.people["officer"])
    with app.app_context(), unit_of_work():
        care = request_by_id(cast.northfirth.id, care_id)
        care.provider_id = provider
        db.session.flush()
        run_id = payments.make_run(cast.northfirth.id, approver, [], [care]).id
    said = "First payment to this care provider. Payee reference added on Tuesday 3 March by CANARYNORTH"
    assert said in text_of(visit("northfirth.approver").get(f"/payment-runs/{run_id}"))
    with app.app_context():
        [mailed] = db.session.scalars(anywhere(select(Email).where(Email.template == "run-made"))).all()
        text = words_of(mailed).text
    assert "1 payee reference is new, or was changed since the last payment. Check it" in text
    assert "no reference" not in text
    assert "CANARYNORTH Approver" not in text, "nobody is named to finance"
