"""What officers, administrators and approvers do about care: arrange, agree, refuse, stand aside, pay."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.boards.models import Board
from portal.boards.people import actions as people_actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.models import CarePolicy
from portal.replacement_care.requests import queries as requests_queries
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, TODAY, Cast, person
from tests.expenses.claiming import ALL_THE_SAME
from tests.replacement_care.asking import ARRANGE, ASK, asked, do, mails, request_of
from tests.visitor import Visitor, text_of


def test_other_times_need_the_others_yes(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    officer, rep = visit("northfirth.officer"), visit("northfirth.rep")
    do(officer, one, "arrange", 1, **{**ARRANGE, "from_hour": "10am"}, anyway="y")
    assert mails(app, cast, "care-to-agree", "rep") == 1
    assert "Confirm the times for your care" in text_of(rep.get("/"))
    assert "Please confirm your care. Do you need it at these times" in text_of(rep.get(f"/care/{one.id}"))
    do(rep, one, "agree", 2)
    assert request_of(app, cast).to_agree == ""
    assert mails(app, cast, "care-update", "officer") == 1
    assert rep.post(f"/care/{one.id}/change", {**ASK, "until_hour": "3pm", "version": "3"}).status_code == 302
    changed = request_of(app, cast)
    assert (changed.status, changed.to_agree) == ("arranging", "officer")
    assert mails(app, cast, "care-asked-again", "officer") == 1
    do(officer, one, "agree-times", 4)
    again = request_of(app, cast)
    assert (again.status, again.to_agree) == ("arranged", ""), "what was arranged is arranged again"


def test_an_officer_cannot_say_yes_for_the_rep(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    officer = visit("northfirth.officer")
    do(officer, one, "arrange", 1, **{**ARRANGE, "from_hour": "10am"}, anyway="y")
    do(officer, one, "agree-times", 2)
    assert request_of(app, cast).to_agree == "rep"


def test_another_officer_reads_nothing_of_who_comes(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    do(visit("northfirth.officer"), one, "arrange", 1, **ARRANGE)
    with app.app_context(), unit_of_work():
        board = db.session.get_one(Board, cast.northfirth.id)
        second = person("third@northfirth.test", "Third Officer")
        people_actions.give_role(board, second, "officer", TODAY)
        second_id = second.id
    other = Visitor(app, second_id)
    assert other.get(f"/care/{one.id}/arrange").status_code == 200
    assert "Jo comes" not in other.get(f"/care/{one.id}/arrange").text
    assert "Jo comes" in visit("northfirth.officer").get(f"/care/{one.id}/arrange").text


def test_an_invoice_may_come_after_the_day(app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    one = asked(app, visit, cast)
    pays = {"provider": str(cast.northfirth.things["provider_id"]), "is_paid_by_board": "yes"}
    do(visit("northfirth.officer"), one, "arrange", 1, **{**ARRANGE, **pays})
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    do(visit("northfirth.rep"), one, "outcome", 2, status="took_place")
    officer = visit("northfirth.officer")
    assert "The provider’s invoice" in officer.get(f"/care/{one.id}/arrange").text
    entered = "CANARYNORTH Rep: enter the provider’s invoice for care on Friday 20 March"
    assert entered in text_of(officer.get("/boards/northfirth/desk"))
    do(officer, one, "late-cost", 3, cost="75", invoice="")
    assert entered in text_of(officer.get("/boards/northfirth/desk")), "an invoice has a number, or its date"
    do(officer, one, "late-cost", 3, cost="75", invoice="INV-8")
    assert "enter the provider’s invoice" not in text_of(officer.get("/boards/northfirth/desk"))
    approver, run = visit("northfirth.approver"), cast.northfirth.things["run_id"]
    assert "invoice INV-8: £75.00" in text_of(approver.get("/claims/payments"))
    assert "Make a payment run: 1 care invoice Since Saturday 21 March" in text_of(approver.get("/"))
    approver.post(f"/payment-runs/{run}/cancel")
    assert "Make a payment run: 1 approved claim and 1 care invoice" in text_of(approver.get("/"))
    assert "Make a payment run" not in text_of(visit("southmoor.approver").get("/"))
    approver.post("/claims/payments", {"claims": [f"{one.id}:7500"], **ALL_THE_SAME})
    assert "Make a payment run: 1 approved claim Since" in text_of(approver.get("/"))


def test_an_officer_reads_that_an_invoice_is_more_than_the_policy_comes_to(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    with app.app_context(), unit_of_work():
        of_board = CarePolicy.board_id == cast.northfirth.id
        db.session.scalars(select(CarePolicy).where(of_board).order_by(CarePolicy.id)).one().hourly_rate = 100
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    pays = {"provider": str(cast.northfirth.things["provider_id"]), "is_paid_by_board": "yes"}
    do(officer, one, "arrange", 1, **{**ARRANGE, **pays})
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    do(visit("northfirth.rep"), one, "outcome", 2, status="took_place")
    officer, page = visit("northfirth.officer"), f"/care/{one.id}/arrange"
    do(officer, one, "late-cost", 3, cost="75", invoice="INV-8")
    assert "more than the care policy comes to" in text_of(officer.get(page))
    do(officer, one, "late-cost", 4, cost="2", invoice="INV-8")
    assert "Saved. The approver will see it without the rep’s name. " in (said := text_of(officer.get(page)))
    assert "more than the care policy" not in said


def test_what_no_officer_entered_as_an_invoice_is_not_offered_to_pay(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    one = asked(app, visit, cast)
    pays = {"provider": str(cast.northfirth.things["provider_id"]), "is_paid_by_board": "yes", "cost": "75"}
    do(visit("northfirth.officer"), one, "arrange", 1, **{**ARRANGE, **pays, "invoice": ""})
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    do(visit("northfirth.rep"), one, "outcome", 2, status="took_place")
    approver = visit("northfirth.approver")
    assert "£75.00" not in text_of(approver.get("/claims/payments")), "what it was to cost is no invoice"
    assert "care invoice" not in text_of(approver.get("/"))
    assert "enter the provider’s invoice" in text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))


def test_of_two_officers_one_takes_it_and_the_other_is_told(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    officer = visit("northfirth.officer")
    do(officer, one, "take", 1)
    second = officer.post(f"/care/{one.id}/take", {"version": "1"}, follow_redirects=True)
    assert "This request was changed since you opened this page" in text_of(second)
    late = officer.post(f"/care/{one.id}/arrange", {**ARRANGE, "version": "1"}, follow_redirects=True)
    assert "This was changed since you opened this page" in text_of(late)


def test_what_cannot_be_provided_has_a_reason_and_an_offer(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    officer, rep = visit("northfirth.officer"), visit("northfirth.rep")
    assert "Say why, and what you can offer" in text_of(do(officer, one, "cannot", 1, answer=""))
    do(officer, one, "cannot", 1, answer="Nobody is free. You can join online.", sure="y")
    page = text_of(rep.get(f"/care/{one.id}"))
    assert "this care cannot be provided" in page
    assert "Nobody is free. You can join online." in page


def test_a_relative_stands_aside_and_sees_nothing(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    officer = visit("northfirth.officer")
    page = officer.post(f"/care/{one.id}/stand-aside", follow_redirects=True)
    assert "You are the only officer" in text_of(page)
    with app.app_context(), unit_of_work():
        second = person("second@northfirth.test", "Second Officer")
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), second, "officer", TODAY)
        second_id = second.id
    assert officer.post(f"/care/{one.id}/stand-aside").headers["Location"] == "/care/to-arrange"
    assert officer.client.get(f"/care/{one.id}/arrange").status_code == 404
    assert "CANARYNORTH Rep" not in text_of(officer.get("/care/to-arrange"))
    with app.app_context():
        assert requests_queries.officers_for(requests_queries.request_by_id(one.board_id, one.id)) == [second_id]


def test_a_board_without_an_officer_hears_through_its_administrators(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    with app.app_context(), unit_of_work():
        officer = db.session.get_one(Person, cast.northfirth.people["officer"])
        officer.disabled_at = NOW
    asked(app, visit, cast)
    assert mails(app, cast, "care-no-officer", "admin") == 1
    at(datetime(2026, 3, 17, 9, 0, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    assert mails(app, cast, "care-no-officer", "admin") == 2, "and again three days before"


def test_the_policy_and_providers(visit: Any, app: Flask) -> None:
    admin, path = visit("northfirth.admin"), "/boards/northfirth/care-policy"
    version = admin.get(f"{path}/change").text.split('name="version"')[1].split('value="')[1].split('"')[0]
    form = {"is_provided": "yes", "arranged_by": "centre", "lead_days": "7", "text_days": "30", "cap": "80"}
    assert admin.post(f"{path}/change", {**form, "version": version}).status_code == 302
    late = admin.post(f"{path}/change", {**form, "version": version})
    assert "This was changed since you opened this page" in text_of(late)
    for page in (visit("northfirth.rep").get(path), visit("").get("/public/boards/northfirth")):
        assert "Who arranges it: A carers centre" in text_of(page)
        assert "up to £80.00 each time" in text_of(page)
    officer = visit("northfirth.officer")
    officer.post("/boards/northfirth/care-providers", {"name": "Shetland Home Care", "lead_days": "3"})
    assert "Shetland Home Care" in text_of(officer.get("/boards/northfirth/care-providers"))
    assert "a whole number" in text_of(
        officer.post("/boards/northfirth/care-providers", {"name": "X", "lead_days": "x"})
    )


def test_an_officer_asks_for_a_rep_who_telephoned(app: Flask, visit: Any, cast: Cast) -> None:
    officer = visit("northfirth.officer")
    form = {**ASK, "title": "Visit", "person": str(cast.northfirth.people["rep"]), "once": str(uuid4())}
    nobody = officer.post("/boards/northfirth/care/new", {**form, "person": ""})
    assert "Select who it is for" in text_of(nobody)
    assert officer.post("/boards/northfirth/care/new", form).status_code == 302
    one = request_of(app, cast)
    assert (one.title, one.asked_by_id) == ("Visit", cast.northfirth.people["officer"])
    assert "Visit" in text_of(visit("northfirth.rep").get("/care"))


def test_what_the_board_pays_a_provider_goes_into_a_payment_run_without_a_name(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    one = asked(app, visit, cast)
    officer, provider = visit("northfirth.officer"), str(cast.northfirth.things["provider_id"])
    pays = {"provider": provider, "cost": "75", "is_paid_by_board": "yes", "invoice": "INV-7"}
    do(officer, one, "arrange", 1, **{**ARRANGE, **pays})
    approver = visit("northfirth.approver")
    assert "INV-7" not in approver.get("/claims/payments").text, "not before it took place"
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    do(visit("northfirth.rep"), one, "outcome", 2, status="took_place")
    approver = visit("northfirth.approver")
    page = text_of(approver.get("/claims/payments"))
    assert "Care on Friday 20 March, CANARYNORTH Provider, invoice INV-7: £75.00" in page
    assert "CANARYNORTH Rep" not in page.split("Payment runs")[0], "nobody reads whose care it was"
    run = approver.post("/claims/payments", {"claims": [f"{one.id}:7500"], **ALL_THE_SAME}).headers["Location"]
    care = "Care 20/03/2026,{},CANARYNORTH Provider,INV-7,CANARYNORTH Approver,,75.00"
    assert care.format("") in approver.client.get(f"{run}/run.csv").text
    assert "CANARYNORTH Provider (care provider)" in text_of(approver.get("/boards/northfirth/payees"))
    approver.post("/boards/northfirth/payees", {f"payee-{provider}": "SUP-9"})
    assert care.format("SUP-9") in approver.client.get(f"{run}/run.csv").text
    assert "INV-7" not in text_of(approver.get("/claims/payments"))
    approver.post(f"{run}/cancel")
    assert "INV-7" in text_of(approver.get("/claims/payments")), "opened again, it is free"


def test_being_called_off_late_may_cost_and_that_is_kept(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast)
    officer, rep = visit("northfirth.officer"), visit("northfirth.rep")
    do(officer, one, "arrange", 1, **{**ARRANGE, "provider": str(cast.northfirth.things["provider_id"])})
    do(rep, one, "cancel", 2)
    page = text_of(officer.get("/care/to-arrange")).split("Over, or called off")[-1]
    assert "CANARYNORTH Rep, Friday 20 March" in page, "where the officer finds it again"
    assert "Has the provider charged for it?" in text_of(officer.get(f"/care/{one.id}/arrange"))
    bad = officer.post(f"/care/{one.id}/late-cost", {"version": "3", "cost": "x", "invoice": "LATE-1"})
    assert "What the provider charges must be an amount" in text_of(bad)
    assert 'value="LATE-1"' in bad.text, "what was typed stays"
    do(officer, one, "late-cost", 3, cost="30", invoice="LATE-1")
    assert "invoice LATE-1: £30.00" in text_of(visit("northfirth.approver").get("/claims/payments"))


def test_an_invoice_says_who_sent_it_before_it_is_paid(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    """The rep found somebody; finance pays only whom it knows."""
    with app.app_context(), unit_of_work():
        of_board = CarePolicy.board_id == cast.northfirth.id
        db.session.scalars(select(CarePolicy).where(of_board).order_by(CarePolicy.id)).one().cap = 80_00
    one, officer, provider = asked(app, visit, cast), visit("northfirth.officer"), cast.northfirth.things["provider_id"]
    refused = do(officer, one, "arrange", 1, **{**ARRANGE, "is_paid_by_board": "yes"})
    assert "The board can pay only a provider in its list" in text_of(refused)
    do(officer, one, "arrange", 1, **ARRANGE)
    do(visit("northfirth.rep"), one, "cancel", 2)
    typed = {"cost": "300", "invoice": "LATE-2"}
    assert "Select who sent the invoice" in text_of(do(officer, one, "late-cost", 3, **typed, provider=""))
    typed["provider"] = str(provider)
    asks = text_of(do(officer, one, "late-cost", 3, **typed))
    assert "£300.00 is over the limit of £80.00 each time. Check it, then tick the box if it is right" in asks
    do(officer, one, "late-cost", 3, **typed, sure="y")
    assert "Saved: invoice LATE-2, £300.00" in text_of(officer.get(f"/care/{one.id}/arrange"))
    page = text_of(visit("northfirth.approver").get("/claims/payments"))
    assert "CANARYNORTH Provider, invoice LATE-2: £300.00, over the limit of £80.00 each time" in page
    assert "by putting it into a run" in page


def test_the_same_invoice_twice_is_asked_about(app: Flask, visit: Any, cast: Cast) -> None:
    officer, provider = visit("northfirth.officer"), str(cast.northfirth.things["provider_id"])
    for title, answer in (("Visit", 302), ("Another visit", 200)):
        one = asked(app, visit, cast, title=title)
        do(officer, one, "arrange", 1, **{**ARRANGE, "provider": provider})
        do(visit("northfirth.rep"), one, "cancel", 2)
        said = do(officer, one, "late-cost", 3, cost="30", invoice="TWICE-1")
        assert said.status_code == answer, title
    assert "Invoice TWICE-1 is already entered for care on Friday 20 March" in text_of(said)
