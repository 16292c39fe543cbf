"""Payment runs: what is ticked stays ticked, finance keeps what it was given, and no bank details are taken."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring
from openpyxl import load_workbook
from sqlalchemy import select

from portal.expenses.claims import queries as claims_queries
from portal.expenses.models import Claim, ExpensePolicy
from portal.expenses.payments import queries as payments_queries
from portal.expenses.payments.actions import keep_payees
from portal.expenses.payments.models import PaymentRun
from portal.expenses.payments.rules import account_in, problem_with_reference
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import TODAY, Cast, anywhere
from tests.expenses.claiming import ALL_THE_SAME, paid, version_on
from tests.expenses.test_deciding import in_run
from tests.visitor import text_of

PAYEES = "/boards/northfirth/payees"


@pytest.fixture
def approved(visit: Any, cast: Cast) -> Any:
    """Two claims of the cast that are approved: the approver, and their ids as text."""
    approver, things = visit("northfirth.approver"), cast.northfirth.things
    path = f"/claims/{things['claim_id']}/decide"
    form = {"version": version_on(approver.get(path)), **paid(things["line_id"])}
    approver.post(path, form)
    approver.post(f"/payment-runs/{things['run_id']}/cancel")
    page = fromstring(approver.get("/claims/payments").text)
    return approver, [one.get("value") for one in page.xpath("//input[@name='claims']")]


def ticked(page: Any) -> list[str]:
    return [one.get("value") for one in fromstring(page.text).xpath("//input[@name='claims'][@checked]")]


def error_of(page: Any) -> Any:
    [line] = fromstring(page.text).xpath("//*[@class='govuk-error-summary']//a")
    assert fromstring(page.text).get_element_by_id(line.get("href")[1:]).tag == "input"
    return line.text_content().strip()


def runs(app: Flask) -> int:
    with app.app_context():
        return len(
            db.session.scalars(
                anywhere(select(PaymentRun).where(PaymentRun.reopened_at.is_(None)).order_by(PaymentRun.id))
            ).all()
        )


def test_a_run_of_nothing_is_an_error_at_the_box_and_the_choice_is_kept(app: Flask, approved: Any) -> None:
    approver, ids = approved
    assert len(ids) == 2
    assert ticked(approver.get("/claims/payments")) == ids
    before = runs(app)
    page = approver.post("/claims/payments", {})
    assert error_of(page) == "Select what to pay"
    assert ticked(page) == []
    assert runs(app) == before


def test_what_somebody_else_took_is_said_and_the_rest_stays_as_it_was(app: Flask, approved: Any) -> None:
    approver, ids = approved
    approver.post("/claims/payments", {"claims": [ids[0]], **ALL_THE_SAME})
    before = runs(app)
    page = approver.post("/claims/payments", {"claims": ids, **ALL_THE_SAME})
    assert error_of(page).startswith("Someone put one of these into another run")
    assert ticked(page) == [ids[1]]
    page = approver.post("/claims/payments", {"claims": [ids[0]], **ALL_THE_SAME})
    assert error_of(page).startswith("Someone put one of these into another run")
    assert ticked(page) == [], "what was not ticked is not ticked now"
    assert runs(app) == before


def files_of(approver: Any, run: str) -> list[str]:
    """What the CSV file holds; the sheet is made of the same lines."""
    return str(approver.client.get(f"{run}/run.csv").data.decode("utf-8-sig")).splitlines()


def test_a_run_keeps_what_it_was_made_with(app: Flask, approved: Any, cast: Cast) -> None:
    """Whatever becomes of references and cost codes: for an open run and a paid one."""
    approver, ids = approved
    rep, depute = (cast.northfirth.people[name] for name in ("rep", "depute"))
    approver.post(PAYEES, {f"payee-{rep}": "OLD-1", f"payee-{depute}": "OLD-2"})
    with app.app_context(), unit_of_work():
        _give_code(cast.northfirth.id, "CODE-1")
    run = approver.post("/claims/payments", {"claims": ids, **ALL_THE_SAME}).headers["Location"]
    before = files_of(approver, run)
    assert sum("OLD-1" in row or "OLD-2" in row for row in before) == 2
    assert sum("CODE-1" in row for row in before) == 2
    approver.post(PAYEES, {f"payee-{rep}": "NEW-1", f"payee-{depute}": ""})
    with app.app_context(), unit_of_work():
        _give_code(cast.northfirth.id, "CODE-2")
    assert files_of(approver, run) == before
    assert "NEW-1" not in approver.get(run).text
    approver.post(f"{run}/paid", {"paid_on": [str(TODAY.day), str(TODAY.month), str(TODAY.year)], **ALL_THE_SAME})
    paid = files_of(approver, run)
    approver.post(PAYEES, {f"payee-{rep}": "NEWER-1", f"payee-{depute}": "NEWER-2"})
    assert files_of(approver, run) == paid
    assert [row for row in paid if "OLD" in row] == [row for row in before if "OLD" in row]


def test_making_and_opening_a_run_says_who_is_emailed(approved: Any) -> None:
    approver, ids = approved
    made = approver.post("/claims/payments", {"claims": ids, **ALL_THE_SAME})
    names = "CANARYNORTH Depute and CANARYNORTH Rep"
    assert f"{names} will be emailed." in text_of(approver.get(made.headers["Location"]))
    assert f", to {names}. Made on" in text_of(approver.get("/claims/payments"))
    gone = text_of(approver.post(f"{made.headers['Location']}/cancel", follow_redirects=True))
    assert f"{names} will be emailed." in gone


def test_a_reference_that_was_missing_is_put_into_a_run_until_it_is_paid(app: Flask, approved: Any, cast: Cast) -> None:
    approver, ids = approved
    rep, depute = (cast.northfirth.people[name] for name in ("rep", "depute"))
    run = approver.post("/claims/payments", {"claims": ids, **ALL_THE_SAME}).headers["Location"]
    approver.post(PAYEES, {f"payee-{rep}": "LATE-1"})
    assert sum("LATE-1" in row for row in files_of(approver, run)) == 1
    approver.post(f"{run}/paid", {"paid_on": [str(TODAY.day), str(TODAY.month), str(TODAY.year)], **ALL_THE_SAME})
    paid = files_of(approver, run)
    approver.post(PAYEES, {f"payee-{depute}": "TOO-LATE"})
    assert files_of(approver, run) == paid


def test_a_run_that_is_opened_again_lets_go_of_what_it_kept(app: Flask, approved: Any, cast: Cast) -> None:
    approver, ids = approved
    rep = cast.northfirth.people["rep"]
    approver.post(PAYEES, {f"payee-{rep}": "OLD-1"})
    run = approver.post("/claims/payments", {"claims": ids, **ALL_THE_SAME}).headers["Location"]
    approver.post(PAYEES, {f"payee-{rep}": "NEW-1"})
    approver.post(f"{run}/cancel")
    with app.app_context():
        kept = db.session.scalars(select(Claim.payee_reference).where(Claim.person_id == rep)).all()
        assert set(kept) == {""}
    again = approver.post("/claims/payments", {"claims": ids, **ALL_THE_SAME}).headers["Location"]
    assert sum("NEW-1" in row for row in files_of(approver, again)) == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12345678", "a bank account number"),
        ("1234 5678", "a bank account number"),
        ("acc 12345678", "a bank account number"),
        ("12-34-56 12345678", "a bank account number"),
        ("１２３４５６７８", "a bank account number"),
        ("12-34-56", "a sort code"),
        ("12 34 56", "a sort code"),
        ("12–34–56", "a sort code"),
        ("GB29 NWBK 6016 1331 9268 19", "an IBAN"),
        ("gb29nwbk60161331926810", "an IBAN"),
        ("DE89370400440532013000", "an IBAN"),
        ("4111 1111 1111 1111", "a card number"),
        ("378282246310005", "a card number"),
    ],
)
def test_bank_details_are_refused_as_a_payee_reference(
    app: Flask, visit: Any, cast: Cast, typed: str, words: str
) -> None:
    rep, approver = cast.northfirth.people["rep"], visit("northfirth.approver")
    page = approver.post(PAYEES, {f"payee-{rep}": typed})
    said = f"CANARYNORTH Rep: this looks like {words}. Enter the number that finance uses for them, never bank details"
    assert said in text_of(page)
    with app.app_context():
        assert not payments_queries.payees(cast.northfirth.id)


@pytest.mark.parametrize("typed", ["SUP-1", "0042", "S12345678", "NF-2026-0042", "1234567", "123456789", "A.B/C 7", ""])
def test_references_of_suppliers_are_taken(typed: str) -> None:
    assert problem_with_reference(typed) == ""


@given(st.text("0123456789", min_size=8, max_size=8), st.sampled_from(["", " ", "-", "."]), st.integers(0, 8))
def test_no_eight_figures_are_ever_a_reference(figures: str, between: str, at: int) -> None:
    assert account_in(f"{figures[:at]}{between}{figures[at:]}") == "a bank account number"


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=5), st.text("0123456789", min_size=1, max_size=10))
def test_letters_before_a_number_make_it_a_reference(letters: str, figures: str) -> None:
    assert not re.match(r"[A-Z]{2}\d{2}.{11}", letters + figures)
    assert account_in(letters + figures) == ""


def test_the_amount_beside_each_box_is_what_was_approved(app: Flask, approved: Any) -> None:
    approver, ids = approved
    page = text_of(approver.get("/claims/payments"))
    with app.app_context():
        for key, (_, _, pence) in claims_queries.totals(map(UUID, ids)).items():
            assert f"£{pence / 100:.2f}" in page, key


def test_finance_gets_the_same_figures_in_both_files(app: Flask, visit: Any, cast: Cast) -> None:
    """Read back by a second library: csv by eye, xlsx by openpyxl."""
    approver, run = visit("northfirth.approver"), f"/payment-runs/{cast.northfirth.things['run_id']}"
    content = approver.client.get(f"{run}/run.csv").data
    assert content.startswith(b"\xef\xbb\xbf"), "the mark by which spreadsheets know UTF-8"
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [
        ["CANARYNORTH Joint Board: payment run 1"],
        ["Payment run", "1"],
        ["Board", "CANARYNORTH Joint Board"],
        ["Made on", "3 March 2026"],
        ["Run made by", "CANARYNORTH Approver"],
        ["Paid on", "Not paid yet"],
        ["Total", "£9.00"],
        [],
        ["Claim or care", "Payee reference", "Name", "Invoice", "Approved by", "Cost code", "Amount"],
        ["ZZ-2026-0002", "", "CANARYNORTH Rep", "", "CANARYNORTH Approver", "", "9.00"],
        ["Total", "", "", "", "", "", "9.00"],
    ]
    book = load_workbook(io.BytesIO(approver.client.get(f"{run}/run.xlsx").data))
    assert book.properties.title == "CANARYNORTH Joint Board: payment run 1"
    of_sheet = [[cell.value or "" for cell in row] for row in book.active.iter_rows()]
    amounts = [row[6] for row in of_sheet[9:]]
    assert amounts == [9, 9], "numbers, so that they can be added up"
    words = [[str(cell) for cell in row[:6]] for row in of_sheet]
    assert words == [[*row, *[""] * 6][:6] for row in rows]


def test_leading_zeros_and_formulas_stay_text_in_both_files(app: Flask, visit: Any, cast: Cast) -> None:
    rep, things = cast.northfirth.people["rep"], cast.northfirth.things
    approver, run = visit("northfirth.approver"), f"/payment-runs/{things['run_id']}"
    with app.app_context():
        claim_id, _ = in_run(cast)
    for typed, in_csv in (("0042", "'0042"), ("=1+1", "'=1+1"), ("12345678901234567", "'12345678901234567")):
        with app.app_context(), unit_of_work():
            keep_payees(cast.northfirth.id, {rep: typed})  # a formula, as older ones may be
        approver.post(f"{run}/cancel")
        run = approver.post("/claims/payments", {"claims": [str(claim_id)], **ALL_THE_SAME}).headers["Location"]
        rows = list(csv.reader(io.StringIO(approver.client.get(f"{run}/run.csv").data.decode("utf-8-sig"))))
        assert rows[9][1] == in_csv
        book = load_workbook(io.BytesIO(approver.client.get(f"{run}/run.xlsx").data))
        cell = book.active["B10"]
        assert (cell.value, cell.data_type, cell.number_format) == (typed, "s", "@")


def test_a_payee_reference_is_kept_whole_or_refused(app: Flask, visit: Any, cast: Cast) -> None:
    rep, stranger = cast.northfirth.people["rep"], cast.southmoor.people["rep"]
    approver, path = visit("northfirth.approver"), "/boards/northfirth/payees"
    for typed in ("x" * 41, " S UP-7\u202e7 "):
        approver.post(path, {f"payee-{rep}": typed, f"payee-{stranger}": "SUP-1"})
    with app.app_context():
        known = payments_queries.payees(cast.northfirth.id)
        assert {key: one.reference for key, one in known.items()} == {rep: "S UP-7 7"}


def _give_code(board_id: UUID, code: str) -> None:
    policies = select(ExpensePolicy).where(ExpensePolicy.board_id == board_id).order_by(ExpensePolicy.id)
    for policy in db.session.scalars(policies):
        policy.cost_code = code


def test_a_run_is_not_marked_as_paid_without_a_reference_unless_on_purpose(
    app: Flask, approved: Any, cast: Cast
) -> None:
    """Whose is missing is said before the run is made, on the page that checks it, and before it is paid."""
    approver, ids = approved
    approver.post(
        PAYEES, {f"payee-{cast.northfirth.people['rep']}": "SUP-1", f"payee-{cast.northfirth.people['depute']}": ""}
    )
    assert "Add a payee reference for CANARYNORTH Depute, or select" in error_of(
        approver.post("/claims/payments", {"claims": ids})
    )
    check = text_of(approver.post("/claims/payments?check=1", {"claims": ids, **ALL_THE_SAME}))
    assert (
        "The board has not recorded a payee reference for CANARYNORTH Depute. Finance may not know who to pay." in check
    )
    run = approver.post("/claims/payments", {"claims": ids, **ALL_THE_SAME}).headers["Location"]
    assert "Mark it as paid without a payee reference for CANARYNORTH Depute" in text_of(approver.get(run))
    today = {"paid_on": [str(TODAY.day), str(TODAY.month), str(TODAY.year)]}
    refused = approver.post(f"{run}/paid", today)
    assert error_of(refused) == (
        "Add a payee reference for CANARYNORTH Depute, or select the box to mark the run as paid without it"
    )
    both = approver.post(f"{run}/paid", {"paid_on": ["1", "1", "2100"]})
    assert len(fromstring(both.text).xpath("//*[@class='govuk-error-summary']//a")) == 2, "both at once"
    assert approver.post(f"{run}/paid", {**today, **ALL_THE_SAME}).status_code == 302
    assert "Paid on" in text_of(approver.get(run))
