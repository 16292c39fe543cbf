"""Nobody makes their own second person: neither agreeing nor paying is for those whom the first brought in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import ADMIN, APPROVER
from portal.boards.independence import queries as independence
from portal.boards.models import Board
from portal.boards.people import actions as people_actions
from portal.core import clock
from portal.expenses.decisions import actions as decisions_actions
from portal.expenses.payments import actions as payments_actions
from portal.expenses.payments import eyes
from portal.infra.database import db
from portal.infra.unit_of_work import acting, unit_of_work
from portal.infra.versions import EditConflict
from tests.cast import NOW, Cast, person
from tests.expenses.test_four_eyes import another_approver, approved_claim, make_run, pay, row
from tests.expenses.test_second_name import appoint, decide, firsts, sent
from tests.visitor import text_of

NO = (False, "Not this one")


def brings_in(app: Flask, cast: Cast, by: UUID, name: str, *roles: str) -> UUID:
    """Somebody invites one more person to Northfirth, who joins."""
    with app.app_context(), unit_of_work():
        token = acting.set(by)
        someone = person(f"{name}@northfirth.test", f"{name.title()} Friend")
        for role in roles:
            people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), someone, role)
        acting.reset(token)
        return someone.id


@pytest.fixture
def first(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """The approver, who appointed the rep."""
    appoint(app, cast, cast.northfirth.people["approver"], NOW)
    return cast.northfirth.people["approver"]


@pytest.fixture
def friend(app: Flask, cast: Cast, first: UUID) -> UUID:
    return brings_in(app, cast, first, "close", APPROVER)


@pytest.fixture
def far_friend(app: Flask, cast: Cast, first: UUID) -> UUID:
    """Invited by an administrator whom the approver invited."""
    return brings_in(app, cast, brings_in(app, cast, first, "sock", ADMIN), "far", APPROVER)


def test_whom_one_brought_in_agrees_to_nothing(
    app: Flask, visit: Any, cast: Cast, first: UUID, friend: UUID, far_friend: UUID
) -> None:
    stranger = another_approver(app, cast, "second")
    claim = sent(app, cast)
    assert decide(app, cast, claim, first) == "sent"
    for who in (friend, far_friend):
        for said in ((True, ""), NO):
            with pytest.raises(decisions_actions.NotIndependent):
                decide(app, cast, claim, who, said)
    assert [one.by_id for one in firsts(app)] == [first], "nor does their word take its place"
    page = text_of(visit("northfirth.approver").get(f"/claims/{claim[0]}/decide"))
    assert "Who can: Second Approver. " in page
    assert "Close Friend cannot: you gave them their role on 3 March 2026." in page
    assert "Far Friend cannot: someone you gave a role gave them theirs." in page
    cast.others["friend"] = friend
    other = visit("friend")
    del cast.others["friend"]
    page = text_of(other.get(f"/claims/{claim[0]}/decide"))
    assert "You cannot: they gave you your role on 3 March 2026. Who can: Second Approver." in page
    assert "Agree and save" not in page
    assert "It needs another approver to agree" in text_of(other.get("/claims/to-decide"))
    assert decide(app, cast, claim, stranger) == "approved"


def test_through_others_somebody_is_close_too(app: Flask, cast: Cast, first: UUID) -> None:
    another_approver(app, cast, "second")
    officer = brings_in(app, cast, first, "sock", ADMIN)
    appoint(app, cast, officer, NOW)
    assert decide(app, cast, sent(app, cast), first) == "sent"


def test_with_nobody_independent_it_is_decided_alone_and_kept(
    app: Flask, cast: Cast, first: UUID, friend: UUID
) -> None:
    claim = sent(app, cast)
    assert decide(app, cast, claim, first) == "approved"
    assert row(app, claim[0]).is_decided_alone


@pytest.mark.parametrize("decider", ["first", "friend"])
def test_neither_pays_what_the_other_decided(
    request: pytest.FixtureRequest, app: Flask, cast: Cast, first: UUID, friend: UUID, far_friend: UUID, decider: str
) -> None:
    """Whichever of them decided: whoever brought somebody in can use them as the first as well."""
    appoint(app, cast, None, NOW)
    decided_by = request.getfixturevalue(decider)
    stranger = another_approver(app, cast, "second")
    claim = approved_claim(app, cast, decided_by)
    tied = {first, friend} if decider == "friend" else {first, friend, far_friend}
    for who in tied:
        with pytest.raises(EditConflict):
            make_run(app, cast, who, claim)
    run_id = make_run(app, cast, stranger, claim)
    for who in tied:
        with pytest.raises(payments_actions.AnotherPays):
            pay(app, run_id, who)
    pay(app, run_id, stranger)
    assert not row(app, claim).is_by_one


def test_with_nobody_independent_it_is_paid_and_figures_say_so(
    app: Flask, cast: Cast, first: UUID, friend: UUID
) -> None:
    appoint(app, cast, None, NOW)
    claim = approved_claim(app, cast, first)
    pay(app, make_run(app, cast, friend, claim), friend)
    assert row(app, claim).is_by_one


def test_two_who_are_not_independent_are_one_for_finance(app: Flask, cast: Cast, first: UUID, friend: UUID) -> None:
    with app.app_context():
        assert not eyes.are_two(cast.northfirth.id)
        found = db.session.scalar(
            select(Board.id).where(Board.id == cast.northfirth.id, eyes.has_two(clock.today(), clock.now()))
        )
        assert found is None
    another_approver(app, cast, "second")
    with app.app_context():
        assert eyes.are_two(cast.northfirth.id)
        assert independence.made_by(cast.northfirth.id)[friend] == {first: NOW}


def test_pages_of_payments_say_why(app: Flask, visit: Any, cast: Cast, first: UUID, friend: UUID) -> None:
    appoint(app, cast, None, NOW)
    stranger, claim = another_approver(app, cast, "second"), approved_claim(app, cast, friend)
    approver = visit("northfirth.approver")
    said = (
        "1 payment is not listed, because of who decided or entered it. Close Friend: you gave them their role on "
        "3 March 2026. Someone else must pay it: Second Approver can."
    )
    assert said in text_of(approver.get("/claims/payments"))
    run_id = make_run(app, cast, stranger, claim)
    said = (
        "Close Friend decided a claim in this run and you gave them their role on 3 March 2026, so another approver "
        "must mark it as paid. Who can: Second Approver."
    )
    assert said in text_of(approver.get(f"/payment-runs/{run_id}"))
