"""Finance hears of each payment run at an address that is nobody's own: how much, and never whose."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.boards.models import Board
from portal.expenses.events import RunMade
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.notifications.letter import headers_of
from portal.notifications.mailer import message_of
from portal.notifications.models import Email
from portal.notifications.outbox import is_barred, write_emails
from portal.notifications.render import words_of
from tests.cast import NOW, Cast, anywhere
from tests.expenses.claiming import emails
from tests.expenses.test_four_eyes import another_approver, approved_claim, make_run
from tests.public_pages.test_complain import save
from tests.visitor import text_of

ADDRESS = "payments@northfirth.test"
MISSING = "Name a finance address for Northfirth"


@pytest.fixture
def named(app: Flask, cast: Cast, rolled_back: Any) -> None:
    """Northfirth has a finance address."""
    name_finance(app, cast)


def name_finance(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        db.session.get_one(Board, cast.northfirth.id).finance_email = ADDRESS


def run_of_the_approver(app: Flask, cast: Cast, *, alone: bool = True) -> UUID:
    """The approver of the cast puts a claim into a run, that they or another one decided."""
    approver = cast.northfirth.people["approver"]
    decider = approver if alone else another_approver(app, cast, "second")
    return make_run(app, cast, approver, approved_claim(app, cast, decider))


def to_finance(app: Flask) -> list[Email]:
    return emails(app, "run-made")


def test_it_is_told_of_a_run_without_names(app: Flask, cast: Cast, named: None) -> None:
    run_id = run_of_the_approver(app, cast, alone=False)
    assert len(to_finance(app)) == 1
    [email] = to_finance(app)
    assert (email.person_id, email.to_address, email.board_id) == (None, ADDRESS, cast.northfirth.id)
    with app.app_context():
        email = db.session.get_one(Email, email.id)
        words, message = words_of(email), message_of(email)
        assert message.recipients == [ADDRESS]
        assert headers_of(email) == {"Auto-Submitted": "auto-generated"}, "no way to get fewer that is somebody's"
        assert not is_barred(email)
        people = db.session.get_one(Board, cast.northfirth.id).name
    for part in ("Payment run: 2", "What is in it: 1 claim", "Total: £4.50", f"/payment-runs/{run_id}", people):
        assert part in words.text, part
    for never in ("Hello", "CANARYNORTH Rep", "Approver", "alone", "accounts", "unsubscribe"):
        assert never not in words.text.replace(people, ""), never


def test_it_is_told_what_one_person_did_alone(app: Flask, cast: Cast, named: None) -> None:
    run_of_the_approver(app, cast)
    [email] = to_finance(app)
    with app.app_context():
        text = words_of(db.session.get_one(Email, email.id)).text
    assert "One person alone decided 1 of these, or entered the invoice, and put it into the run" in text


def test_it_is_in_nobodys_own_data_and_on_no_list(app: Flask, visit: Any, cast: Cast, named: None) -> None:
    run_of_the_approver(app, cast)
    for name in ("rep", "approver", "admin", "officer"):
        visitor = visit(f"northfirth.{name}")
        assert "run-made" not in visitor.client.get("/account/data.json").text
    assert ADDRESS not in visit("northfirth.officer").get("/boards/northfirth/emails").text


def test_one_event_is_told_once_and_a_refused_run_never(app: Flask, cast: Cast, named: None) -> None:
    claim_id = approved_claim(app, cast, cast.northfirth.people["approver"])
    run_id = make_run(app, cast, cast.northfirth.people["approver"], claim_id)
    with app.app_context(), unit_of_work():
        event = RunMade(board_id=cast.northfirth.id, run_id=run_id)
        write_emails(event)
        write_emails(event)
    assert len(to_finance(app)) == 2, "the run's own, and once for the event that was handled twice"
    with pytest.raises(EditConflict):
        make_run(app, cast, cast.northfirth.people["approver"], claim_id)
    assert len(to_finance(app)) == 2


def test_an_email_goes_to_somebody_or_somewhere(app: Flask, cast: Cast, named: None) -> None:
    run_of_the_approver(app, cast)
    [email] = to_finance(app)
    with app.app_context(), pytest.raises(IntegrityError), unit_of_work():
        db.session.get_one(Email, email.id).to_address = None


def test_the_page_says_that_finance_is_told(app: Flask, visit: Any, cast: Cast, named: None) -> None:
    claim_id = approved_claim(app, cast, cast.northfirth.people["approver"])
    approver = visit("northfirth.approver")
    made = approver.post("/claims/payments", {"claims": [str(claim_id)], "all_the_same": "y"}, follow_redirects=True)
    assert f"{ADDRESS} will be told of its number and total." in text_of(made)


def test_where_none_is_named_administrators_hear_of_it_once_a_month(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    admin = visit("northfirth.admin")
    assert MISSING in text_of(admin.get("/"))
    for day in (0, 3, 31):
        at(NOW + timedelta(days=day))
        run_of_the_approver(app, cast)
    assert to_finance(app) == []
    told = emails(app, "finance-address-missing", cast.northfirth.people["admin"])
    assert [one.asked_at for one in told] == [NOW, NOW + timedelta(days=31)]
    with app.app_context():
        assert "/boards/northfirth/settings" in words_of(db.session.get_one(Email, told[0].id)).text
    name_finance(app, cast)
    assert MISSING not in text_of(admin.get("/"))


def test_where_two_approvers_look_nobody_is_asked_for_an_address(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    before = len(emails(app, "finance-address-missing"))
    at(NOW + timedelta(days=31))
    run_of_the_approver(app, cast, alone=False)
    assert len(emails(app, "finance-address-missing")) == before
    assert MISSING not in text_of(visit("northfirth.admin").get("/"))


def test_an_administrator_names_it_and_the_trail_has_both(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    admin = visit("northfirth.admin")
    for address, status in (("no address", 200), (ADDRESS, 302), ("others@northfirth.test", 302)):
        assert save(admin, finance_email=address).status_code == status
    trail = text_of(admin.get("/boards/northfirth/audit"))
    assert f"finance’s email address: was {ADDRESS}, now others@northfirth.test" in trail
    with app.app_context():
        board = db.session.scalars(anywhere(select(Board).where(Board.id == cast.northfirth.id))).one()
        assert board.finance_email == "others@northfirth.test"
