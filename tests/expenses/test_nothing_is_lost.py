"""What a rep types while they begin a claim is used or said; and each draft says until when it is to be sent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from lxml.html import fromstring

from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import last_day_to_send
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.decisions.warnings import warnings_of
from portal.infra.database import db
from portal.infra.fields.duration_field import DurationField
from portal.infra.unit_of_work import unit_of_work
from tests.cast import NOW, TODAY, Cast
from tests.expenses.claiming import DAY, TAXI, add, begin, lines_of, paid, press, version_on
from tests.infra.every_field import filled, has_check, of_kind
from tests.visitor import text_of

OF_MONEY = ("portal.expenses", "portal.replacement_care")


def errors(page: Any) -> list[str]:
    return [one.text_content().strip() for one in fromstring(page.text).xpath("//*[@class='govuk-error-summary']//a")]


@pytest.fixture
def meeting_form(cast: Cast, at: Any) -> dict[str, Any]:
    """A claim for the meeting of the cast, when it is over."""
    at(NOW + timedelta(days=30))
    of = {"board": str(cast.northfirth.id), "once": str(uuid4())}
    return {**of, "what": str(cast.northfirth.things["meeting_id"])}


def test_a_name_or_day_that_a_meeting_has_already_is_not_dropped(visit: Any, meeting_form: dict[str, Any]) -> None:
    rep = visit("northfirth.rep")
    other = {"title": "Away day", "happened_on": ["1", "1", "2026"]}
    page = rep.post("/claims/new", {**meeting_form, **other})
    name, day = errors(page)
    assert name == "You chose a meeting, which has a name. Clear this, or choose what else it was for"
    assert day.startswith("The meeting you chose was on")
    assert day.endswith("Clear this day, or choose what else it was for")
    assert 'value="Away day"' in page.text
    assert errors(rep.post("/claims/new", {**meeting_form, **other, "what": ""})) == ["Choose what it was for"]
    assert rep.post("/claims/new", meeting_form).status_code == 302


def test_a_second_claim_for_a_meeting_is_said_to_be_the_first(visit: Any, meeting_form: dict[str, Any]) -> None:
    rep, said = visit("northfirth.rep"), "There is one claim for each meeting. This is yours."
    assert said not in text_of(rep.post("/claims/new", meeting_form, follow_redirects=True))
    assert said in text_of(rep.post("/claims/new", {**meeting_form, "once": str(uuid4())}, follow_redirects=True))


def test_no_kind_of_expense_is_an_error_at_the_first_box(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    path = f"/claims/{claim.id}/lines/new"
    assert errors(rep.get(path)) == []
    page = rep.get(f"{path}?asked=1")
    assert errors(page) == ["Choose what kind of expense it is"]
    assert fromstring(page.text).get_element_by_id("category").name == "category"


def test_a_draft_says_until_when_it_is_to_be_sent(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    """On its page and in the list, until it is sent."""
    rep, claim = begin(app, visit, cast)
    pages, last = ("/claims", f"/claims/{claim.id}"), claim.happened_on + timedelta(days=90)
    for days, words in (
        (0, "(89 days left)"),
        (88, "(1 day left)"),
        (89, "that is today"),
        (90, "The last day to send it was"),
    ):
        at(NOW + timedelta(days=days))
        rep = visit("northfirth.rep")
        for page in pages:
            assert words in text_of(rep.get(page)), (days, page)
            assert f"{last.day} {last:%B}" in text_of(rep.get(page))
    add(rep, claim, "taxi", TAXI)
    press(rep, claim, "send")
    for page in pages:
        assert "to send it was" not in text_of(rep.get(page))


@pytest.mark.parametrize(("days", "given"), [(0, 90), (1, 7), (400, 730)])
def test_the_last_day_counts_from_the_day_of_the_claim(days: int, given: int) -> None:
    day = date(2026, 1, 31) + timedelta(days=days)
    assert (last_day_to_send(day, given) - day).days == given


def test_an_answer_to_a_question_makes_no_claim_late(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> None:
    rep, approver = (cast.northfirth.people[name] for name in ("rep", "approver"))
    with app.app_context():
        with unit_of_work():
            claim = claims_actions.begin(uuid4(), cast.northfirth.id, rep, "event", "Stall", TODAY)
            line = claims_actions.save_line(claim, uuid4(), {"category": "car", "spent_on": TODAY, "tenths": 10})
            claims_actions.send(claim, claim.version)
            decisions_actions.ask(claim, claim.version, approver, "From where?")
        at(NOW + timedelta(days=120))
        with unit_of_work():
            claims_actions.send(claim, claim.version, "From home")
            assert not any("deadline" in one for one in warnings_of(claim, [line])[None])
            late = claims_actions.begin(uuid4(), cast.northfirth.id, rep, "event", "Other", TODAY)
            line = claims_actions.save_line(late, uuid4(), {"category": "car", "spent_on": TODAY, "tenths": 20})
            claims_actions.send(late, late.version)
            assert any("deadline of 90 days" in one for one in warnings_of(late, [line])[None])
        assert claims_queries.last_days([claim, late]) == {}


def test_every_pound_of_the_tax_year_is_in_its_row(app: Flask, visit: Any, cast: Cast) -> None:
    """What was approved, was not, waits and is not covered adds up to what it cost."""
    from portal.expenses.figures.queries import own_year

    rep, claim = begin(app, visit, cast)
    add(rep, claim, "subsistence", {**DAY, "paid": "14.80", "no_receipt_because": "lost"})
    add(rep, claim, "taxi", {**TAXI, "paid": "6.40"})
    press(rep, claim, "send")
    approver, path = visit("northfirth.approver"), f"/claims/{claim.id}/decide"
    with app.app_context():
        waiting = {one.words: one for one in own_year(claim.person_id, TODAY)}
        assert waiting["Food and drink"].waiting == 1070
    form: dict[str, str] = {"version": version_on(approver.get(path))}
    for one in lines_of(app, claim.id):
        form |= paid(one.id) if one.category == "taxi" else {f"lines-{one.id}-say": "no"}
        form |= {f"lines-{one.id}-reason": "Lunch was there"} if one.category != "taxi" else {}
    approver.post(path, form)
    with app.app_context():
        for one in own_year(claim.person_id, TODAY):
            assert one.approved + one.declined + one.waiting + one.not_covered == one.cost, one.words
            assert min(one.approved, one.declined, one.waiting, one.not_covered) >= 0
        food = next(one for one in own_year(claim.person_id, TODAY) if one.words == "Food and drink")
        assert (food.declined, food.not_covered, food.waiting) == (1070, 410, 0)
        db.session.rollback()


def test_what_is_left_to_pay_is_on_an_approvers_first_page(visit: Any, cast: Cast) -> None:
    approver, things = visit("northfirth.approver"), cast.northfirth.things
    assert "Record when finance paid run 1" in text_of(approver.get("/"))
    assert "Make a payment run" not in text_of(approver.get("/"))
    approver.post(f"/payment-runs/{things['run_id']}/cancel")
    page = text_of(approver.get("/"))
    assert "Record when finance paid" not in page
    assert "Make a payment run: 1 approved claim" in page
    for nobody in ("northfirth.rep", "northfirth.clerk"):
        assert "Record when finance paid" not in text_of(visit(nobody).get("/"))


@pytest.mark.same_anywhere
@pytest.mark.parametrize("typed", ["x", "1,2", "-1", "9" * 30, "0.0.0"])
def test_errors_of_amounts_and_numbers_are_sentences_that_name_their_field(app: Flask, typed: str) -> None:
    """In every form of claims, policies and care: no question, and nothing but a sentence."""
    fields = [*has_check("_is_money"), *has_check("is_whole_number"), *of_kind(DurationField)]
    mine = [(form, name) for form, name in fields if form.__module__.startswith(OF_MONEY)]
    assert len(mine) >= 18
    with app.test_request_context():
        for form, name in mine:
            sent = filled(form, name, typed)
            sent.validate()
            for error in sent[name].errors:
                subject, is_must, rest = error.partition(" must be ")
                assert is_must, (form, name, error)
                assert subject[0].isupper()
                assert rest
                assert not set("?:…") & set(subject), error
