"""Days of payment lie within what can be, and every penny of a claim is told."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.boards.models import Board
from portal.core import clock
from portal.core.money import parse_pence
from portal.core.text import csv_cell
from portal.expenses.claims.rules import Named, names_of, shares
from portal.expenses.models import ExpensePolicy, PolicyTerms
from portal.expenses.payments import actions as payments_actions
from portal.expenses.payments.models import PaymentRun
from portal.expenses.payments.rules import problem_with_payment_day
from portal.expenses.policies import actions as policies_actions
from portal.expenses.policies import queries as policies_queries
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import NOW, TODAY, Cast
from tests.expenses.claiming import ALL_THE_SAME, DAY, TAXI, add, begin, emails, lines_of, paid, press, version_on
from tests.visitor import text_of

DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(DAYS, DAYS, DAYS, st.none() | DAYS)
def test_a_payment_day_is_never_before_its_run_nor_after_today(
    day: date, made_on: date, today: date, closed: date | None
) -> None:
    problem = problem_with_payment_day(day, made_on, today, closed)
    is_possible = made_on <= day <= today and (closed is None or day > closed)
    assert is_possible == (problem == "")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2000, 1, 1), "This run was made on 3 March 2026. Enter that day or a later one"),
        (date(2026, 3, 2), "This run was made on 3 March 2026. Enter that day or a later one"),
        (date(2026, 3, 4), "must be today or in the past"),
    ],
)
def test_a_run_is_not_paid_on_a_day_that_cannot_be(app: Flask, visit: Any, cast: Cast, day: date, words: str) -> None:
    """On the page, and by the action itself; and so no claim is paid before it was sent."""
    run_id, approver_id = cast.northfirth.things["run_id"], cast.northfirth.people["approver"]
    typed = {"paid_on": [str(day.day), str(day.month), str(day.year)]}
    assert words in text_of(visit("northfirth.approver").post(f"/payment-runs/{run_id}/paid", typed))
    with app.app_context():
        with pytest.raises(payments_actions.WrongDay), unit_of_work():
            payments_actions.mark_paid(db.session.get_one(PaymentRun, run_id), day, approver_id)
        db.session.rollback()
        assert db.session.get_one(PaymentRun, run_id).paid_on is None


def test_days_to_pay_are_counted_from_sending(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    run_id = cast.northfirth.things["run_id"]
    at(NOW + timedelta(days=4))
    visit("northfirth.approver").post(f"/payment-runs/{run_id}/paid", {"paid_on": ["6", "3", "2026"], **ALL_THE_SAME})
    with app.app_context():
        [claim] = _claims_of(cast, run_id)
        assert (claim.days_to_pay, claim.paid_on) == (3, date(2026, 3, 6))


def _claims_of(cast: Cast, run_id: UUID) -> Any:
    from portal.expenses.payments.queries import claims_in

    return claims_in(db.session.get_one(PaymentRun, run_id))


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_every_penny_of_a_claim_is_told(approved: int, declined: int, not_covered: int) -> None:
    found = shares(approved + declined + not_covered, approved + declined, approved)
    assert (found.approved, found.declined, found.not_covered) == (approved, declined, not_covered)
    said = [one.split(" ")[0] for one in found.words]
    told = sum(int(one[:-1]) if one.endswith("p") else parse_pence(one) for one in said if one)
    assert told == approved + declined + not_covered


def test_an_amount_approved_in_part_says_where_every_pound_went(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**TAXI, "paid": "6.40"})
    add(rep, claim, "subsistence", {**TAXI, "paid": "14.80"})
    press(rep, claim, "send")
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}/decide"
    food, taxi = sorted(lines_of(app, claim.id), key=lambda one: one.category)
    form = {"version": version_on(approver.get(path)), **paid(taxi.id)}
    approver.post(path, {**form, f"lines-{food.id}-say": "no", f"lines-{food.id}-reason": "Lunch was there"})
    for page in (rep.get("/claims"), rep.get(f"/claims/{claim.id}")):
        words = text_of(page)
        for part in ("£21.20", "£6.40 approved", "£10.70 not approved", "£4.10 not covered by the expenses policy"):
            assert part in words
    [told] = [one for one in emails(app, "claim-decided", claim.person_id) if one.facts["reference"] == "ZZ-2026-0004"]
    assert told.facts["shares"] == ["£6.40 approved", "£10.70 not approved", "£4.10 not covered by the expenses policy"]
    assert told.facts["not_approved"] == ["Food and drink, £10.70 on Monday 2 March (part of £14.80)"]
    assert told.facts["not_approved_total"] == "£10.70", "the list adds up to it"
    with app.app_context():
        letter = words_of(db.session.get_one(Email, told.id)).text
    assert "You claimed £21.20:" in letter
    assert "£17.10" not in letter, "one set of amounts"
    assert "Lunch was there" not in str(told.facts), "a reason may tell of somebody's health"
    own = text_of(rep.get(f"/claims/{claim.id}"))
    assert "Food and drink: £14.80 £10.70 not approved £4.10 not covered" in own
    assert "Taxi: £6.40 £6.40 approved" in own
    assert "If you think this is wrong, ask" in text_of(rep.get(f"/claims/{claim.id}"))
    decided = text_of(approver.get(path))
    assert "Covered by the expenses policy: £17.10 Approved: £6.40 Not approved: £10.70" in decided
    assert "not covered" not in decided, "that is the rep's alone"


def test_what_is_all_approved_is_said_once() -> None:
    assert shares(1814, 1814, 1814).in_short == "£18.14, all approved"
    assert shares(1814, 1814, 0).in_short == "£18.14, all not approved"
    assert shares(2120, 1710, 640).in_short == (
        "£21.20: £6.40 approved, £10.70 not approved, £4.10 not covered by the expenses policy"
    )
    assert shares(0, 0, 0).in_short == "£0.00"


@given(st.lists(st.tuples(st.sampled_from(["taxi", "parking"]), st.integers(0, 2)), max_size=8))
def test_no_two_lines_have_one_name(lines: list[tuple[str, int]]) -> None:
    named = {number: Named(category, TODAY, cost) for number, (category, cost) in enumerate(lines)}
    found = names_of(named)
    assert len(set(found.values())) == len(lines)
    assert all(found[number].startswith(named[number].words) for number in named)


@given(st.text("0123456789eE-/.=+@ '", max_size=20) | st.text(max_size=20))
def test_a_cell_is_read_as_it_was_written(typed: str) -> None:
    """What a spreadsheet would read as a formula, another number or a day is marked; nothing is lost."""
    cell = str(csv_cell(typed))
    assert cell in (typed, "'" + typed)
    assert cell[:1] not in ("=", "+", "-", "@")
    if typed.isascii() and typed.isdigit() and str(int(float(typed))) != typed:
        assert cell.startswith("'")


def test_missing_payee_references_are_said_before_the_run(app: Flask, visit: Any, cast: Cast) -> None:
    approver, things = visit("northfirth.approver"), cast.northfirth.things
    path = f"/claims/{things['claim_id']}/decide"
    form = {"version": version_on(approver.get(path)), **paid(things["line_id"])}
    approver.post(path, form)
    tick = "Make the run without a payee reference for CANARYNORTH Depute"
    assert tick in text_of(approver.get("/claims/payments"))
    approver.post("/boards/northfirth/payees", {f"payee-{cast.northfirth.people['depute']}": "SUP-1"})
    assert "payee reference for" not in text_of(approver.get("/claims/payments"))


def drafted(cast: Cast) -> ExpensePolicy:
    return policies_actions.begin_draft(db.session.get_one(Board, cast.northfirth.id))


def test_a_policy_that_begins_next_year_prices_nothing_again(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "car", {**DAY, "miles": "10"})
    admin, path = visit("northfirth.admin"), "/boards/northfirth/expenses-policy"
    for year, words in ((2027, ""), (2026, "We’ve changed the amounts of 2 claims not sent yet.")):
        with app.app_context(), unit_of_work():
            draft = drafted(cast)
            terms = policies_queries.terms_of(draft.board_id, [draft.id])[draft.id]["car"]
            policies_actions.change_terms(draft, terms, {"rate": 60})
            policies_actions.change_draft(draft, draft.version, {"from_on": date(year, 1, 1)})
        version = version_on(admin.get(f"{path}/publish"))
        page = text_of(admin.post(f"{path}/publish", {"version": version}, follow_redirects=True))
        assert words in page
        assert ("We’ve changed the amounts" in page) == bool(words)
        assert "priced again" not in page
        clock.use(lambda: NOW + timedelta(minutes=1))


def test_a_new_category_does_not_break_an_open_draft(app: Flask, visit: Any, cast: Cast) -> None:
    """A draft of before a kind of expense was added has no row for it: it is not covered yet, and can be."""
    admin, path = visit("northfirth.admin"), "/boards/northfirth/expenses-policy"
    with app.app_context(), unit_of_work():
        draft = drafted(cast)
        db.session.delete(policies_queries.terms_of(draft.board_id, [draft.id])[draft.id]["taxi"])
    for page in ("write", "publish"):
        assert "Taxi Not covered yet" in text_of(admin.get(f"{path}/{page}"))
    terms = {"is_covered": "yes", "cap_per": "item", "receipt": "always", "version": "1"}
    assert admin.post(f"{path}/terms/taxi", terms).status_code == 302
    assert admin.client.get(f"{path}/terms/rocket").status_code == 404
    admin.post(f"{path}/publish", {"version": version_on(admin.get(f"{path}/publish"))})
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", {**TAXI, "spent_on": ["3", "3", "2026"]})
    assert "So far it comes to: £12.50" in text_of(rep.get(f"/claims/{claim.id}"))


def test_no_link_of_a_draft_policy_throws_away_what_was_typed(visit: Any, cast: Cast) -> None:
    """Pages that lead on have no boxes, and pages with boxes lead on by their button only."""
    admin, path = visit("northfirth.admin"), "/boards/northfirth/expenses-policy"
    page = admin.get(f"{path}/write").text
    assert "<textarea" not in page
    assert 'type="text"' not in page
    form = {"from_on": ["1", "1", "2027"], "deadline_days": "60", "pay_days": "10", "decided_by": "Finance"}
    form |= {"letters": "nf", "version": version_on(admin.get(f"{path}/general"))}
    kept = admin.post(f"{path}/general", form, follow_redirects=True)
    assert "Friday 1 January 2027" in text_of(kept)
    assert "Friday 1 January 2027" in text_of(admin.get(f"{path}/publish")), "and not today"


def test_two_who_change_one_category_are_told(app: Flask, visit: Any, cast: Cast) -> None:
    admin, path = visit("northfirth.admin"), "/boards/northfirth/expenses-policy/terms/car"
    version = version_on(admin.get(path))
    terms = {"is_covered": "yes", "rate": "0.60", "cap_per": "item", "receipt": "never", "version": version}
    assert admin.post(path, terms).status_code == 302
    second = admin.post(path, {**terms, "rate": "0.70"})
    assert "This was changed since you opened this page" in text_of(second)
    assert 'value="0.70"' in second.text
    assert admin.post(path, {**terms, "rate": "0.70", "version": version_on(second)}).status_code == 302
    with app.app_context():
        draft = policies_queries.draft_policy(cast.northfirth.id)
        assert draft
        kept: PolicyTerms = policies_queries.terms_of(draft.board_id, [draft.id])[draft.id]["car"]
        assert kept.rate == 70


def test_books_are_opened_again_by_whoever_saw_them_closed(app: Flask, cast: Cast, rolled_back: Any) -> None:
    from portal.expenses.payments.queries import closed_until
    from portal.infra.versions import EditConflict

    board, approver = cast.northfirth.id, cast.northfirth.people["approver"]
    with app.app_context(), app.test_request_context(), unit_of_work():
        for day in (date(2026, 1, 31), date(2026, 2, 28)):
            payments_actions.close_period(board, day, approver)
        with pytest.raises(EditConflict):
            payments_actions.reopen_period(board, date(2026, 1, 31))
        payments_actions.reopen_period(board, date(2026, 2, 28))
        assert closed_until(board) == date(2026, 1, 31)
        payments_actions.close_period(board, date(2026, 2, 28), approver)


def test_a_claim_is_for_a_day_of_the_role_and_the_sentence_says_which(visit: Any, cast: Cast) -> None:
    form = {"what": "event", "board": str(cast.northfirth.id), "title": "Stall", "happened_on": ["3", "3", "2025"]}
    page = text_of(visit("northfirth.rep").post("/claims/new", form))
    assert "or later: the role at this board began then" in page
    of_rep = {"person": str(cast.northfirth.people["rep"]), "what": "event", "title": "Stall"}
    address = "/boards/northfirth/claims-for-reps"
    page = text_of(visit("northfirth.officer").post(address, {**of_rep, "happened_on": ["3", "3", "2025"]}))
    assert "or later: the role at this board began then" in page


def test_an_officer_may_send_photos_as_large_as_a_rep(app: Flask) -> None:
    limits = {
        name: getattr(app.view_functions[f"expenses.{name}"], "body_limit", "") for name in ("new_line", "line_for_rep")
    }
    assert set(limits.values()) == {"receipts_request_bytes"}
