"""Many approvers at once: each claim is decided once, paid in one run, sent once, and never by whose it is.

RACES says how many rounds of eight at once (make test: 12; make test-soak: 125, which makes 1,000).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select, true

from portal.access.roles import APPROVER
from portal.audit.models import AuditLine
from portal.boards.models import Board, StaffRole
from portal.boards.people import actions as people_actions
from portal.expenses.claims import actions as claims_actions
from portal.expenses.claims import queries as claims_queries
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.models import Claim
from portal.expenses.payments import actions as payments_actions
from portal.expenses.payments.models import PaymentRun
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from tests.cast import TODAY, Cast, person
from tests.soak.test_races import AT_ONCE, all_at_once, filled

__all__ = ["filled"]  # the fixture of the other races
RACES = int(os.environ.get("RACES", "12"))
pytestmark = [pytest.mark.slow, pytest.mark.races]


@pytest.fixture
def two(filled: tuple[Flask, Cast]) -> Iterator[list[UUID]]:
    """Two approvers of Northfirth; afterwards it has one again."""
    app, cast = filled
    with app.app_context(), unit_of_work():
        second = person(f"{uuid4().hex}@northfirth.test", "Second Racer")
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), second, APPROVER)
        second_id = second.id
    yield [cast.northfirth.people["approver"], second_id]
    with app.app_context(), unit_of_work():
        of_second = select(StaffRole).where(StaffRole.person_id == second_id).order_by(StaffRole.id)
        people_actions.end_role(db.session.scalars(of_second).one())


def sent(cast: Cast) -> tuple[UUID, int, UUID]:
    """A claim of the rep that waits: its id, version and only line."""
    with unit_of_work():
        north = cast.northfirth
        claim = claims_actions.begin(uuid4(), north.id, north.people["rep"], "event", "Race", TODAY - timedelta(days=1))
        typed = {"category": "car", "spent_on": claim.happened_on, "tenths": 100}
        line = claims_actions.save_line(claim, uuid4(), typed)
        claims_actions.send(claim, claim.version)
        return claim.id, claim.version, line.id


def in_a_transaction(do: Callable[[], Any]) -> Callable[[], str]:
    def press() -> str:
        with unit_of_work():
            do()
        return "done"

    return press


def won(results: list[Any]) -> int:
    """How many got through; every other one was told that it came too late."""
    assert len(results) == AT_ONCE
    assert all(one == "done" or isinstance(one, EditConflict) for one in results), results
    return results.count("done")


def test_a_claim_is_decided_once(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    approver, rep = cast.northfirth.people["approver"], cast.northfirth.people["rep"]
    for _ in range(RACES):
        with app.app_context():
            claim_id, version, line_id = sent(cast)

        def decide(who: UUID, key: UUID = claim_id, version: int = version, line: UUID = line_id) -> None:
            decisions_actions.decide(
                claims_queries.claim_by_id(cast.northfirth.id, key), version, who, {line: (True, "")}
            )

        assert won(all_at_once(app, in_a_transaction(lambda: decide(rep)))) == 0, "one's own, never"
        assert won(all_at_once(app, in_a_transaction(lambda: decide(approver)))) == 1
    with app.app_context():
        decided = select(func.count()).select_from(AuditLine).where(AuditLine.event == "ClaimDecided")
        of_board = decided.where(AuditLine.board_id == cast.northfirth.id)
        assert db.session.scalar(of_board) == RACES + 1  # and the one of the cast


def test_a_claim_is_in_one_run(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    board, approver = cast.northfirth.id, cast.northfirth.people["approver"]
    for _ in range(RACES):
        with app.app_context():
            claim_id, version, line_id = sent(cast)
            with unit_of_work():
                decisions_actions.decide(
                    claims_queries.claim_by_id(board, claim_id), version, approver, {line_id: (True, "")}
                )
        pay = in_a_transaction(lambda key=claim_id: payments_actions.make_run(board, approver, [key]))
        assert won(all_at_once(app, pay)) == 1
    with app.app_context():
        of_board = select(PaymentRun.number).where(PaymentRun.board_id == board).order_by(PaymentRun.number)
        in_runs = select(Claim.run_id).where(Claim.board_id == board, Claim.run_id.is_not(None)).order_by(Claim.id)
        runs, held = db.session.scalars(of_board).all(), db.session.scalars(in_runs).all()
        assert len(runs) == len(set(runs)) == len(held) == len(set(held)) == RACES + 1


def test_a_run_is_paid_or_opened_again_and_never_both(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    board, approver = cast.northfirth.id, cast.northfirth.people["approver"]
    for number in range(RACES):
        with app.app_context():
            claim_id, version, line_id = sent(cast)
            with unit_of_work():
                decisions_actions.decide(
                    claims_queries.claim_by_id(board, claim_id), version, approver, {line_id: (True, "")}
                )
            with unit_of_work():
                run_id = payments_actions.make_run(board, approver, [claim_id]).id
        turns = iter(range(AT_ONCE))

        def either(key: UUID = run_id, turns: Any = turns, number: int = number) -> None:
            run = db.session.get_one(PaymentRun, key)
            if (next(turns) + number) % 2:
                payments_actions.mark_paid(run, TODAY, approver)
            else:
                payments_actions.cancel(run)

        assert won(all_at_once(app, in_a_transaction(either))) == 1
        with app.app_context():
            run, claim = db.session.get_one(PaymentRun, run_id), claims_queries.claim_by_id(board, claim_id)
            assert (run.paid_on is None) != (run.reopened_at is None)
            assert claim.status == ("paid" if run.paid_on else "approved")


def test_nobody_decides_and_pays_alone_where_two_could(filled: tuple[Flask, Cast], two: list[UUID]) -> None:
    """Two approvers press everything there is, each on every claim: none ends as decided and paid by one of them."""
    app, cast = filled
    board, done = cast.northfirth.id, 0
    for _ in range(RACES):
        with app.app_context():
            claim_id, version, line_id = sent(cast)
        for _ in range(3):  # deciding, and then making and paying runs among those that decide too late
            turns = iter(range(AT_ONCE))

            def press(key: UUID = claim_id, v: int = version, line: UUID = line_id, turns: Any = turns) -> None:
                number = next(turns)
                who, claim = two[number % 2], claims_queries.claim_by_id(board, key)
                if number // 2 == 0:
                    decisions_actions.decide(claim, v, who, {line: (True, "")})
                elif claim.run_id is None:
                    payments_actions.make_run(board, who, [key])
                else:
                    payments_actions.mark_paid(db.session.get_one(PaymentRun, claim.run_id), TODAY, who)

            too_late = (EditConflict, payments_actions.AnotherPays)
            results = all_at_once(app, in_a_transaction(press))
            assert [one for one in results if one != "done" and not isinstance(one, too_late)] == []
        with app.app_context():
            claim = claims_queries.claim_by_id(board, claim_id)
            assert claim.decided_by_id in two
            assert claim.decided_by_id not in (claim.run_by_id, claim.paid_by_id)
            assert not claim.is_by_one
            done += claim.status == "paid"
    assert done > RACES // 2, "most were paid, by the other one"


def test_paying_what_one_decided_would_be_noticed(
    filled: tuple[Flask, Cast], two: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: among some rounds, one person does it all."""
    monkeypatch.setattr("portal.expenses.payments.eyes.may_pay", lambda *_: true())
    with pytest.raises(AssertionError):
        test_nobody_decides_and_pays_alone_where_two_could(filled, two)


def test_a_claim_sent_many_times_has_one_number(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    board = cast.northfirth.id
    for _ in range(RACES):
        with app.app_context(), unit_of_work():
            rep = cast.northfirth.people["rep"]
            claim = claims_actions.begin(uuid4(), board, rep, "event", "Send", TODAY - timedelta(days=1))
            claims_actions.save_line(claim, uuid4(), {"category": "car", "spent_on": claim.happened_on, "tenths": 100})
            claim_id, version = claim.id, claim.version

        def send(key: UUID = claim_id, seen: int = version) -> object:
            return claims_actions.send(claims_queries.claim_by_id(board, key), seen)

        assert won(all_at_once(app, in_a_transaction(send))) == 1
    with app.app_context():
        of_board = select(Claim.number).where(Claim.board_id == board).order_by(Claim.number, Claim.id)
        given = [one for one in db.session.scalars(of_board) if one is not None]
        assert len(given) == len(set(given))


def test_deciding_without_looking_would_be_noticed(filled: tuple[Flask, Cast], monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: several of many at once succeed."""
    app, cast = filled
    approver = cast.northfirth.people["approver"]
    with app.app_context():
        claim_id, version, line_id = sent(cast)
    monkeypatch.setattr("portal.expenses.decisions.actions._hold", lambda *_: None)
    monkeypatch.setattr("portal.expenses.decisions.actions.rows_changed", lambda _statement: 1)

    def decide() -> None:
        claim = claims_queries.claim_by_id(cast.northfirth.id, claim_id)
        decisions_actions.decide(claim, version, approver, {line_id: (True, "")})

    results = all_at_once(app, in_a_transaction(decide))
    assert sum(not isinstance(one, EditConflict) for one in results) > 1, "past the guard, whatever stops them later"
