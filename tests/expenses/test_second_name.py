"""Nobody decides alone for somebody whom they appointed or invited within a year, where another approver could look."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from portal.access.roles import CLERK
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.boards.independence import rules
from portal.boards.models import Appointment, Board
from portal.boards.people import actions as people_actions
from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import queries as claims_queries
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.decisions import closeness
from portal.expenses.models import Claim, FirstDecision
from portal.expenses.payments import finance_file
from portal.expenses.payments.models import PaymentRun
from portal.infra.database import db
from portal.infra.unit_of_work import acting, unit_of_work
from portal.infra.versions import EditConflict
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.expenses.claiming import emails, paid, version_on
from tests.expenses.test_four_eyes import another_approver, make_run, pay, row
from tests.visitor import text_of

YES, NO = (True, ""), (False, "Not covered")


@pytest.fixture
def close(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """The approver of Northfirth, who appointed its rep four weeks ago."""
    approver = cast.northfirth.people["approver"]
    appoint(app, cast, approver, NOW - timedelta(days=28))
    return approver


def appoint(app: Flask, cast: Cast, by: UUID, at: Any) -> None:
    with app.app_context(), unit_of_work():
        of_rep = (Appointment.person_id == cast.northfirth.people["rep"], Appointment.board_id == cast.northfirth.id)
        db.session.execute(update(Appointment).where(*of_rep).values(made_by_id=by, made_at=at))


@pytest.fixture
def second(app: Flask, cast: Cast, close: UUID) -> UUID:
    return another_approver(app, cast, "second")


def sent(app: Flask, cast: Cast) -> tuple[UUID, UUID]:
    """A claim of the rep's that waits, and its only line."""
    with app.app_context(), unit_of_work():
        claim = claims_actions.begin(uuid4(), cast.northfirth.id, cast.northfirth.people["rep"], "event", "X", TODAY)
        line = claims_actions.save_line(claim, uuid4(), {"category": "car", "spent_on": TODAY, "tenths": 100})
        claims_actions.send(claim, claim.version)
        return claim.id, line.id


def decide(app: Flask, cast: Cast, claim: tuple[UUID, UUID], by: UUID, said: tuple[bool, str] = YES) -> str:
    with app.app_context(), unit_of_work():
        found = claims_queries.claim_by_id(cast.northfirth.id, claim[0])
        return decisions_actions.decide(found, found.version, by, {claim[1]: said})


def firsts(app: Flask) -> list[FirstDecision]:
    with app.app_context():
        return list(db.session.scalars(anywhere(select(FirstDecision).order_by(FirstDecision.id))))


def test_what_they_decide_is_kept_and_tells_nobody(app: Flask, cast: Cast, close: UUID, second: UUID) -> None:
    claim = sent(app, cast)
    before = len(emails(app, "claim-decided"))
    assert decide(app, cast, claim, close, NO) == "sent"
    kept = row(app, claim[0])
    assert (kept.status, kept.decided_by_id, kept.decided_at) == ("sent", None, None)
    with app.app_context():
        [line] = claims_queries.lines(claim[0])
        assert (line.approved, line.declined_because) == (None, "")
    [first] = firsts(app)
    assert (first.by_id, first.said) == (close, {claim[1]: NO})
    assert len(emails(app, "claim-decided")) == before


def test_another_agrees_and_both_names_stand(app: Flask, visit: Any, cast: Cast, close: UUID, second: UUID) -> None:
    claim = sent(app, cast)
    decide(app, cast, claim, close)
    assert decide(app, cast, claim, second) == "approved"
    kept = row(app, claim[0])
    assert (kept.decided_by_id, kept.seconded_by_id, kept.is_decided_alone) == (close, second, False)
    assert firsts(app) == []
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim[0]}/decide"))
    assert "Decided by CANARYNORTH Approver on Tuesday 3 March 2026, and agreed by Second Approver." in page
    run_id = make_run(app, cast, second, claim[0])
    with app.app_context():
        file = finance_file.finance_file(db.session.get_one(PaymentRun, run_id))
        assert [one.approved_by for one in file.lines] == ["CANARYNORTH Approver, Second Approver"]
    pay(app, run_id, second)
    assert not row(app, claim[0]).is_by_one, "two people have looked"
    with app.app_context():
        decided = select(AuditLine).where(AuditLine.event == "ClaimDecided").order_by(AuditLine.happened_at)
        lines = [one for one in db.session.scalars(anywhere(decided)) if one.facts["claim_id"] == str(claim[0])]
        assert [(one.actor_id, one.facts["first_by_id"]) for one in lines] == [(None, str(close))]


def test_other_answers_are_a_decision_of_their_own(app: Flask, cast: Cast, close: UUID, second: UUID) -> None:
    claim = sent(app, cast)
    decide(app, cast, claim, close)
    assert decide(app, cast, claim, second, NO) == "declined"
    kept = row(app, claim[0])
    assert (kept.decided_by_id, kept.seconded_by_id) == (second, None)


def test_where_both_are_close_each_needs_the_other(app: Flask, cast: Cast, close: UUID, second: UUID) -> None:
    with app.app_context(), unit_of_work():
        rep = db.session.get_one(Person, cast.northfirth.people["rep"])
        acting.set(second)
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), rep, CLERK)
        acting.set(None)
    claim = sent(app, cast)
    decide(app, cast, claim, close)
    assert decide(app, cast, claim, second, NO) == "sent"
    assert [one.by_id for one in firsts(app)] == [second]
    assert decide(app, cast, claim, second, NO) == "sent", "nobody agrees with themselves"
    assert decide(app, cast, claim, close, NO) == "declined"
    kept = row(app, claim[0])
    assert (kept.decided_by_id, kept.seconded_by_id) == (second, close)


def test_who_is_not_close_decides_alone(app: Flask, cast: Cast, close: UUID, second: UUID) -> None:
    claim = sent(app, cast)
    assert decide(app, cast, claim, second) == "approved"
    assert (row(app, claim[0]).decided_by_id, row(app, claim[0]).seconded_by_id) == (second, None)


def test_where_nobody_else_could_it_is_decided_and_kept_that_it_was(app: Flask, cast: Cast, close: UUID) -> None:
    claim = sent(app, cast)
    assert decide(app, cast, claim, close) == "approved"
    assert row(app, claim[0]).is_decided_alone


@pytest.mark.parametrize(("days", "waits"), [(364, True), (365, False), (366, False)])
def test_a_year_later_they_decide_alone(app: Flask, cast: Cast, second: UUID, days: int, waits: bool) -> None:
    approver = cast.northfirth.people["approver"]
    appoint(app, cast, approver, NOW - timedelta(days=days))
    assert (decide(app, cast, sent(app, cast), approver) == "sent") == waits


def test_the_rule_and_its_statement_say_the_same(app: Flask, cast: Cast, second: UUID) -> None:
    claim = sent(app, cast)
    for by in (second, cast.northfirth.people["approver"]):
        for days in (0, 364, 365, 400):
            appoint(app, cast, by, at := NOW - timedelta(days=days))
            with app.app_context():
                found = closeness.is_close(claims_queries.claim_by_id(cast.northfirth.id, claim[0]), second)
            assert found == (by == second and at > NOW - rules.CLOSE)


def test_a_question_a_withdrawal_and_a_new_version_end_it(app: Flask, cast: Cast, close: UUID, second: UUID) -> None:
    asked, withdrawn = sent(app, cast), sent(app, cast)
    for claim in (asked, withdrawn):
        decide(app, cast, claim, close)
    assert len(firsts(app)) == 2
    with app.app_context(), unit_of_work():
        one = claims_queries.claim_by_id(cast.northfirth.id, asked[0])
        decisions_actions.ask(one, one.version, second, "Which car?")
        other = claims_queries.claim_by_id(cast.northfirth.id, withdrawn[0])
        claims_actions.withdraw(other, other.version)
    assert firsts(app) == []


def test_the_database_refuses_one_name_twice_and_the_update_one_alone(
    app: Flask, cast: Cast, close: UUID, second: UUID
) -> None:
    claim = sent(app, cast)
    decide(app, cast, claim, close)
    decide(app, cast, claim, second)
    for who in (close, cast.northfirth.people["rep"]):
        with app.app_context(), pytest.raises(IntegrityError), unit_of_work():
            db.session.execute(update(Claim).where(Claim.id == claim[0]).values(seconded_by_id=who))


def test_the_update_itself_refuses_one_alone(
    app: Flask, cast: Cast, close: UUID, second: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if they had been appointed while the decision was on its way."""
    claim = sent(app, cast)
    monkeypatch.setattr(closeness, "is_close", lambda *_: False)
    with pytest.raises(EditConflict):
        decide(app, cast, claim, close)
    assert row(app, claim[0]).status == "sent"


def test_pages_say_who_must_agree_and_what_was_chosen(
    app: Flask, visit: Any, cast: Cast, close: UUID, second: UUID
) -> None:
    claim = sent(app, cast)
    approver, path = visit("northfirth.approver"), f"/claims/{claim[0]}/decide"
    page = approver.get(path)
    assert "so another approver must agree to what you decide. Who can: Second Approver." in text_of(page)
    form = {"version": version_on(page), **paid(claim[1])}
    said = text_of(approver.post(path, form, follow_redirects=True))
    assert "your decision has been saved. It needs a second approver. Who can agree: Second Approver." in said
    assert "You have decided. A second approver has to agree: Second Approver" in said
    assert "You decided this on Tuesday 3 March 2026" in text_of(approver.get(path))
    cast.others["second_approver"] = second
    other = visit("second_approver")
    del cast.others["second_approver"]
    assert "CANARYNORTH Approver has decided. It needs you" in text_of(other.get("/claims/to-decide"))
    page = other.get(path)
    assert "CANARYNORTH Approver decided this on Tuesday 3 March 2026, and appointed, invited" in text_of(page)
    assert "Agree and save" in text_of(page)
    checked = page.text.split(f'name="lines-{claim[1]}-say"')[1].split(">")[0]
    assert "checked" in checked, "what was chosen first is filled in"
    form = {"version": version_on(page), **paid(claim[1])}
    assert "approved" in text_of(other.post(path, form, follow_redirects=True))
    assert row(app, claim[0]).seconded_by_id == second


def test_what_waits_for_another_is_nobodys_task_of_their_own(
    app: Flask, visit: Any, cast: Cast, close: UUID, second: UUID
) -> None:
    approver = visit("northfirth.approver")
    before = text_of(approver.get("/"))
    decide(app, cast, sent(app, cast), close)
    assert text_of(approver.get("/")) == before
    own = visit("northfirth.rep").client.get("/account/data.json").text
    assert "second approver" not in own, "the rep reads of no decision before there is one"
