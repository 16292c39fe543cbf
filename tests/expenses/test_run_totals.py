"""Payment runs: what they come to is known before and after they are made, and nobody is paid without a reference
unless somebody says so."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.core.emailed import who_words
from portal.core.money import pounds
from portal.core.names import name_key
from portal.core.text import minutes_words
from portal.expenses.claims import queries as claims_queries
from portal.expenses.models import Claim
from portal.expenses.payments import queries as payments_queries
from portal.expenses.payments.finance_file import finance_file
from portal.expenses.payments.models import PaymentRun
from portal.expenses.payments.rules import counted
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.models import CareRequest
from portal.replacement_care.policy import queries as care_policies
from portal.replacement_care.requests.rules import estimate
from tests.cast import Cast
from tests.expenses.claiming import ALL_THE_SAME
from tests.expenses.test_runs import PAYEES, approved, error_of, files_of, runs, ticked
from tests.visitor import text_of

__all__ = ["approved"]
WITHOUT = "Make the run without a payee reference for CANARYNORTH Depute and CANARYNORTH Rep"


def invoice(app: Flask, cast: Cast, pence: int, *, is_named: bool = True) -> str:
    """Care of yesterday that the board pays for; its key on the page of payments."""
    of = cast.northfirth
    with app.app_context(), unit_of_work():
        care = db.session.get_one(CareRequest, of.things["request_id"])
        care.status, care.is_paid_by_board, care.cost, care.invoice = "took_place", True, pence, "INV-9"
        care.provider_id = of.things["provider_id"] if is_named else None
        return f"{care.id}:{pence}"


def test_the_total_is_there_before_a_run_is_made(app: Flask, approved: Any) -> None:
    approver, ids = approved
    page = text_of(approver.get("/claims/payments"))
    assert "2 claims for 2 people, £" in page
    with app.app_context():
        approved_pence = {key: row[2] for key, row in claims_queries.totals(map(UUID, ids)).items()}
    whole, one = sum(approved_pence.values()), approved_pence[UUID(ids[0])]
    assert f", £{whole / 100:.2f}" in page
    before = runs(app)
    selected = approver.post("/claims/payments?total=1", {"claims": [ids[0]]})
    assert f"Total of what you selected, 1 claim: £{one / 100:.2f}. If" in text_of(selected)
    assert runs(app) == before, "it is only added up"


def test_what_is_in_a_run_is_shown_once_more_before_it_is_made(app: Flask, approved: Any) -> None:
    approver, ids = approved
    before = runs(app)
    first = fromstring(approver.get("/claims/payments").text)
    (make,) = first.xpath("//button[normalize-space()='Make a payment run']/@formaction")
    shown = approver.post(make, {"claims": [ids[0]], **ALL_THE_SAME})
    with app.app_context():
        pence = claims_queries.totals([UUID(ids[0])])[UUID(ids[0])][2]
    assert f"Make this payment run: 1 claim, £{pence / 100:.2f}" in text_of(shown)
    assert runs(app) == before, "it is only shown"
    check = fromstring(shown.text)
    (form,) = [one for one in check.forms if one.xpath(".//input[@name='claims']")]
    assert form.xpath(".//input[@name='claims']/@value") == [ids[0]]
    (back,) = form.xpath(".//button[normalize-space()='Change what is selected']/@formaction")
    assert ticked(approver.post(back, dict(form.form_values()))) == [ids[0]]
    made = approver.post(form.action, dict(form.form_values()))
    assert "/payment-runs/" in made.headers["Location"]


def test_what_was_unticked_stays_so_on_the_way_to_payee_references_and_back(
    approved: Any,
) -> None:
    approver, ids = approved
    page = fromstring(approver.get("/claims/payments").text)
    assert not page.xpath("//main//a[not(ancestor::nav)][contains(@href, '/payees')]"), (
        "a link would leave the selection behind"
    )
    (way,) = page.xpath("//button[starts-with(normalize-space(), 'Payee references for')]/@formaction")
    opened = approver.post(way, {"claims": [ids[0]]})
    assert opened.status_code == 303, "a browser can go back to it"
    there = fromstring(approver.get(opened.headers["Location"]).text)
    (form,) = [one for one in there.forms if one.xpath(".//input[@name='claims']")]
    (back,) = form.xpath(".//button[normalize-space()='Back without saving']/@formaction")
    assert ticked(approver.post(back, dict(form.form_values()))) == [ids[0]]
    box = form.xpath(".//input[starts-with(@name, 'payee-')]/@name")[0]
    typed = dict(form.form_values()) | {box: "S1"}
    saved = approver.post(form.action, typed)
    assert saved.status_code == 307, "what is selected goes along"
    assert ticked(approver.post(saved.headers["Location"], typed)) == [ids[0]]


def test_each_run_in_the_list_has_the_total_of_its_rows(app: Flask, approved: Any, cast: Cast) -> None:
    approver, ids = approved
    care = invoice(app, cast, 7500)
    for chosen in ([ids[0]], [ids[1], care]):
        assert approver.post("/claims/payments", {"claims": chosen, **ALL_THE_SAME}).status_code == 302
    page = text_of(approver.get("/claims/payments"))
    with app.app_context():
        every = select(PaymentRun).where(PaymentRun.board_id == cast.northfirth.id, PaymentRun.reopened_at.is_(None))
        made = db.session.scalars(every.order_by(PaymentRun.number)).all()
        sums = payments_queries.run_sums(made)
        for run in made:
            file = finance_file(run)
            found = sums[run.id]
            assert (found.claims + found.invoices, found.pence) == (len(file.lines), file.total)
            to = who_words(payments_queries.paid_in([run])[run.id])
            assert f"{found.counted}, £{file.total / 100:.2f}, to {to}. Made on" in page


def test_a_run_without_a_payee_reference_needs_a_tick(app: Flask, approved: Any, cast: Cast) -> None:
    approver, ids = approved
    before = runs(app)
    assert WITHOUT in text_of(approver.get("/claims/payments"))
    refused = approver.post("/claims/payments", {"claims": ids})
    who = "CANARYNORTH Depute and CANARYNORTH Rep"
    assert error_of(refused) == f"Add a payee reference for {who}, or select the box to make the run without it"
    assert runs(app) == before
    made = approver.post("/claims/payments", {"claims": ids, **ALL_THE_SAME}).headers["Location"]
    page = text_of(approver.get(made))
    assert "Without a payee reference:" in page
    for name in ("CANARYNORTH Depute", "CANARYNORTH Rep"):
        assert f", {name}: £" in page


def test_what_has_its_reference_needs_no_tick_beside_what_has_none(app: Flask, approved: Any, cast: Cast) -> None:
    approver, _ = approved
    approver.post(PAYEES, {f"payee-{cast.northfirth.people['rep']}": "SUP-1"})
    of_rep = [
        one.get("value")
        for one in fromstring(approver.get("/claims/payments").text).xpath("//input[@name='claims']")
        if "no payee reference" not in one.getparent().text_content()
    ]
    assert len(of_rep) == 1
    made = approver.post("/claims/payments", {"claims": of_rep}).headers["Location"]
    assert "Without a payee reference" not in text_of(approver.get(made))


@pytest.mark.parametrize("is_named", [True, False])
def test_an_invoice_without_a_reference_needs_a_tick_whoever_charges(
    app: Flask, approved: Any, cast: Cast, is_named: bool
) -> None:
    approver, _ = approved
    care = invoice(app, cast, 7500, is_named=is_named)
    refused = approver.post("/claims/payments", {"claims": [care]})
    assert ("CANARYNORTH Provider" if is_named else "no provider named") in error_of(refused)
    made = approver.post("/claims/payments", {"claims": [care], **ALL_THE_SAME}).headers["Location"]
    name = "CANARYNORTH Provider" if is_named else "no provider named"
    assert f"{name}, invoice INV-9: £75.00" in text_of(approver.get(made))
    today = date(2026, 3, 3)
    approver.post(f"{made}/paid", {"paid_on": [str(today.day), str(today.month), str(today.year)], **ALL_THE_SAME})
    page = text_of(approver.get(made))
    assert f"{name}, invoice INV-9: £75.00" in page, "a paid run says it too"
    assert "until the run is paid" not in page
    assert any("INV-9" in row for row in files_of(approver, made))


def test_an_invoice_that_is_not_what_the_policy_comes_to_is_not_selected_beforehand(
    app: Flask, approved: Any, cast: Cast
) -> None:
    """The approver reads the hours, what they come to, and from which amount it was changed."""
    approver, ids = approved
    with app.app_context(), unit_of_work():
        policy = care_policies.policy(cast.northfirth.id)
        policy.hourly_rate, policy.cap = 1800, None
        minutes = db.session.get_one(CareRequest, cast.northfirth.things["request_id"]).span.minutes
        right = estimate(minutes, 1800, None)
    over = invoice(app, cast, right + 500)
    page = approver.get("/claims/payments")
    assert ticked(page) == ids
    comes_to = f"at £18.00 an hour comes to {pounds(right)} by the care policy"
    assert f"{minutes_words(minutes)} {comes_to}, £5.00 less than this invoice" in text_of(page)
    same = invoice(app, cast, right)
    page = approver.get("/claims/payments")
    assert ticked(page) == [*ids, same]
    assert f"{comes_to}. First payment to this care provider" in text_of(page)
    assert error_of(approver.post("/claims/payments", {"claims": [over]})).startswith("Someone put one of these into")
    with app.app_context(), unit_of_work():
        care = db.session.get_one(CareRequest, cast.northfirth.things["request_id"])
        officer = cast.northfirth.people["officer"]
        arranging.keep_late_cost(care, care.version, officer, care.provider_id, right - 100, "INV-9")
        arranging.keep_late_cost(care, care.version, officer, care.provider_id, right, "INV-9")
    page = approver.get("/claims/payments")
    assert ticked(page) == ids
    assert f"Changed from {pounds(right - 100)} on Tuesday 3 March" in text_of(page)


def test_pages_and_files_of_payments_name_what_is_in_them(app: Flask, approved: Any, cast: Cast) -> None:
    approver, ids = approved
    assert "Claims to pay" in text_of(approver.get("/claims/payments"))
    care = invoice(app, cast, 7500)
    assert "Claims and invoices to pay" in text_of(approver.get("/claims/payments"))
    made = [
        approver.post("/claims/payments", {"claims": chosen, **ALL_THE_SAME}).headers["Location"]
        for chosen in ([ids[0]], [ids[1], care])
    ]
    only_claims, both = (text_of(approver.get(run)) for run in made)
    assert "Claims in this run" in only_claims
    assert "Claims and invoices in this run" in both
    assert "No reference" in both
    assert "Claim or care,Payee reference,Name,Invoice,Approved by,Cost code,Amount" in files_of(approver, made[1])


def test_the_total_of_what_is_selected_is_said_plainly(approved: Any) -> None:
    approver, ids = approved
    page = text_of(approver.post("/claims/payments?total=1", {"claims": ids[:1]}))
    assert "Total of what you selected, 1 claim: £" in page
    assert "If you select others, work out the total again." in page
    assert "worked it out" not in page


def test_a_run_names_each_payee_once_and_providers_too(work: Any, cast: Cast) -> None:
    with work():
        run = payments_queries.run_by_id(cast.northfirth.id, cast.northfirth.things["run_id"])
        names = payments_queries.paid_in([run])[run.id]
        lines = payments_queries.supplier_lines(run)
        people = {one.person.name for one in payments_queries.claims_in(run)}
    assert names == sorted({*people, *(one.name for one in lines)}, key=name_key)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((3, 2), "3 claims for 2 people"),
        ((1, 1), "1 claim"),
        ((2, 1, 1, 1), "2 claims for 1 person and 1 care invoice"),
        ((0, 0, 3, 2), "3 care invoices from 2 providers"),
        ((0, 0, 3, 0), "3 care invoices"),
    ],
)
def test_what_is_paid_is_counted_and_to_how_many(numbers: tuple[int, ...], words: str) -> None:
    assert counted(*numbers) == words


def test_two_claims_of_one_person_are_for_one_person(app: Flask, approved: Any, cast: Cast) -> None:
    approver, ids = approved
    with app.app_context(), unit_of_work():
        first, second = (db.session.get_one(Claim, UUID(one)) for one in ids)
        second.person_id = first.person_id
    says = "2 claims for 1 person, £"
    assert f"Everything listed for Northfirth: {says}" in text_of(approver.get("/claims/payments"))
    made = approver.post("/claims/payments", {"claims": ids, **ALL_THE_SAME}).headers["Location"]
    assert "What is in it 2 claims for 1 person" in text_of(approver.get(made))
    assert says in text_of(approver.get("/claims/payments")), "in the list of runs"
    assert says in text_of(approver.get(f"{made}/cancel"))
