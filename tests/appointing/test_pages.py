"""An officer proposes an appointment, an administrator confirms or declines it, and nobody else sees it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.access.roles import OFFICER
from portal.accounts.models import Person
from portal.appointing import actions
from portal.appointing.models import ProposedAppointment
from portal.audit.models import AuditLine
from portal.boards.models import Appointment, Board, Seat
from portal.boards.people import actions as people
from portal.boards.seats import actions as seats
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.privacy.actions import tidy
from portal.privacy.export import as_json, everything_about
from tests.cast import NOW, TODAY, Cast, anywhere, person
from tests.visitor import Visitor, hidden_boxes, text_of

LIST = "/boards/northfirth/proposals"
TYPED = {"name": "Ina Carer", "email": "ina@new.test", "capacity": "unpaid_carer", "reason": "Knows the valley"}
FIRST, LAST = TODAY + timedelta(days=5), TODAY + timedelta(days=400)


def day(name: str, value: Any) -> dict[str, list[str]]:
    return {name: [str(value.day), str(value.month), str(value.year)]}


def propose(visit: Any, things: dict[str, Any], **typed: Any) -> Any:
    path = f"/boards/northfirth/seats/{things['seat_id']}/propose"
    officer = visit("northfirth.officer")
    term = {**day("from_on", FIRST), **day("until_on", LAST)}
    return officer.post(path, {**hidden_boxes(officer.get(path)), **TYPED, **term, **typed})


def found(app: Flask, email: str = TYPED["email"]) -> ProposedAppointment:
    with app.app_context():
        statement = select(ProposedAppointment).where(ProposedAppointment.email == email)
        one = db.session.scalars(anywhere(statement)).one()
        db.session.expunge(one)
        return one


def seated(app: Flask, email: str = TYPED["email"]) -> list[tuple[Any, Any]]:
    with app.app_context():
        terms = select(Appointment.from_on, Appointment.until_on).join(Appointment.person)
        rows = db.session.execute(anywhere(terms.where(Person.email == email).order_by(Appointment.id)))
        return [(first, last) for first, last in rows]


def answer(visit: Any, proposal: ProposedAppointment, **typed: str) -> Any:
    return visit("northfirth.admin").post(f"{LIST}/{proposal.id}", {"answer": "confirm", **typed})


def emails(app: Flask, template: str) -> list[str]:
    """To whom an email went."""
    with app.app_context():
        rows = select(Person.email).join(Email, Email.person_id == Person.id).where(Email.template == template)
        return list(db.session.scalars(anywhere(rows.order_by(Person.email))))


# Proposing


def test_a_proposal_appoints_nobody(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    assert propose(visit, things).headers["Location"] == LIST
    assert (found(app).status, seated(app)) == ("proposed", [])


def test_the_person_hears_nothing_yet(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    with app.app_context():
        assert db.session.scalar(select(Person.id).where(Person.email == TYPED["email"])) is None


def test_administrators_hear_by_email(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    before = emails(app, "appointment-proposed")
    propose(visit, things)
    assert emails(app, "appointment-proposed") == sorted([*before, "admin@northfirth.test"])


def test_it_waits_on_the_administrators_first_page(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    page = visit("northfirth.admin").get("/")
    assert "Confirm or decline: Ina Carer, proposed for CANARYNORTH Main Group" in text_of(page)
    assert f'href="{LIST}/{found(app).id}"' in page.text


def test_a_form_sent_twice_is_one_proposal(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    path = f"/boards/northfirth/seats/{things['seat_id']}/propose"
    officer = visit("northfirth.officer")
    body = {**hidden_boxes(officer.get(path)), **TYPED, **day("from_on", FIRST), **day("until_on", LAST)}
    officer.post(path, body)
    officer.post(path, body)
    assert found(app).name == "Ina Carer"


def test_a_seat_that_is_taken_is_said_at_once(visit: Any, things: dict[str, Any]) -> None:
    page = propose(visit, {**things, "seat_id": things["taken_seat_id"]})
    assert "Someone else has this seat" in text_of(page)
    assert "Knows the valley" in page.text


def test_whoever_has_a_seat_on_the_group_is_said_to_have_one(visit: Any, things: dict[str, Any]) -> None:
    page = propose(visit, things, email="rep@northfirth.test")
    assert "Ina Carer already has a seat on this group on some of these days" in text_of(page)


def test_the_reason_is_kept_sealed(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    assert "valley" not in found(app).sealed_reason
    with app.app_context():
        assert found(app).reason == "Knows the valley"


def test_no_email_and_no_line_of_the_trail_holds_the_reason(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    with app.app_context():
        facts = [str(one.facts) for one in db.session.scalars(anywhere(select(Email).order_by(Email.id)))]
        lines = [str(one.facts) for one in db.session.scalars(anywhere(select(AuditLine).order_by(AuditLine.id)))]
    assert [one for one in facts + lines if "valley" in one] == []


# Answering


def test_confirming_appoints_and_invites(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    assert answer(visit, found(app)).status_code == 302
    assert (found(app).status, seated(app)) == ("confirmed", [(FIRST, LAST)])
    assert TYPED["email"] in emails(app, "invitation")


def test_the_officer_hears_that_it_is_confirmed(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    answer(visit, found(app))
    assert emails(app, "proposal-confirmed") == ["officer@northfirth.test"]


def test_declining_needs_a_sentence(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    page = answer(visit, found(app), answer="decline")
    assert "Enter why not, so that the officer knows" in text_of(page)
    assert found(app).status == "proposed"


def test_the_officer_reads_why_it_is_declined(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    answer(visit, found(app), answer="decline", why="We are closing this seat")
    assert (found(app).status, seated(app)) == ("declined", [])
    assert "Why not: We are closing this seat" in text_of(visit("northfirth.officer").get(LIST))
    assert emails(app, "proposal-declined") == ["officer@northfirth.test"]


def test_a_seat_filled_meanwhile_is_said_and_the_proposal_stays(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    propose(visit, things)
    with app.app_context(), unit_of_work():
        seat = db.session.get_one(Seat, things["seat_id"])
        seats.appoint_by_email(seat, "Other", "other@new.test", "unpaid_carer", FIRST, LAST)
    page = answer(visit, found(app))
    assert "Someone else has this seat" in text_of(page)
    assert "The proposal is still open" in text_of(page)
    assert (found(app).status, seated(app)) == ("proposed", [])


def test_of_two_administrators_the_second_is_told(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    answer(visit, found(app))
    page = answer(visit, found(app), answer="decline", why="No")
    assert "This appointment has been confirmed already." in text_of(page)
    assert found(app).status == "confirmed"


def test_two_answers_at_once_are_one(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    with app.app_context(), unit_of_work():
        opened = db.session.get_one(ProposedAppointment, found(app).id)
        db.session.execute(
            update(ProposedAppointment)
            .where(ProposedAppointment.id == opened.id)
            .values(status="withdrawn", answered_at=NOW)
            .execution_options(synchronize_session=False)
        )
        with pytest.raises(actions.AlreadyAnswered):
            actions.confirm(opened)


def test_the_trail_names_what_was_done(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    answer(visit, found(app))
    page = text_of(visit("northfirth.admin").get("/boards/northfirth/audit"))
    assert "Proposed an appointment" in page
    assert "Confirmed a proposed appointment" in page


# Withdrawing


def withdraw(visit: Any, proposal: ProposedAppointment, who: str = "northfirth.officer") -> Any:
    return visit(who).post(f"{LIST}/{proposal.id}/withdraw")


def test_the_officer_withdraws_it(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    withdraw(visit, found(app))
    assert found(app).status == "withdrawn"
    assert "Ina Carer" not in text_of(visit("northfirth.admin").get("/"))


def test_what_is_confirmed_cannot_be_withdrawn(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    answer(visit, found(app))
    withdraw(visit, found(app))
    assert found(app).status == "confirmed"


def test_a_withdrawn_one_cannot_be_confirmed(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things)
    withdraw(visit, found(app))
    page = answer(visit, found(app))
    assert "The officer has withdrawn this proposal. Nothing has changed." in text_of(page)
    assert seated(app) == []


@pytest.mark.parametrize("who", ["northfirth.admin", "northfirth.clerk", "both", "southmoor.officer"])
def test_nobody_else_withdraws_it(app: Flask, visit: Any, things: dict[str, Any], who: str) -> None:
    propose(visit, things)
    assert withdraw(visit, found(app), who).status_code == 404


def test_a_second_officer_reads_it_and_does_not_withdraw_it(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    propose(visit, things)
    with app.app_context(), unit_of_work():
        second = person("second@northfirth.test", "Second Officer")
        people.give_role(db.session.get_one(Board, cast.northfirth.id), second, OFFICER)
        officer = Visitor(app, second.id)
    assert "Ina Carer" in text_of(officer.get(LIST))
    assert officer.post(f"{LIST}/{found(app).id}/withdraw").status_code == 404


# Who sees it, and how long


@pytest.mark.parametrize("who", ["northfirth.officer", "northfirth.clerk", "northfirth.rep", "southmoor.admin"])
def test_nobody_but_an_administrator_of_the_board_answers(
    app: Flask, visit: Any, things: dict[str, Any], who: str
) -> None:
    propose(visit, things)
    assert visit(who).get(f"{LIST}/{found(app).id}").status_code == 404


def test_a_board_shows_its_own(visit: Any, cast: Cast) -> None:
    assert cast.southmoor.canary not in visit("northfirth.officer").get(LIST).text


@pytest.mark.parametrize(("days", "stays"), [(29, True), (31, False)])
def test_an_answered_one_goes_after_30_days(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, days: int, stays: bool
) -> None:
    propose(visit, things)
    key = found(app).id
    withdraw(visit, found(app))
    at(NOW + timedelta(days=days))
    with app.app_context():
        with unit_of_work():
            tidy()
        assert (db.session.get(ProposedAppointment, key) is not None) is stays


def test_it_stands_in_the_copy_of_whom_it_is_about(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things, email="depute@northfirth.test", name="CANARYNORTH Depute")
    one = found(app, "depute@northfirth.test")
    with app.app_context():
        assert "Knows the valley" in as_json(everything_about(one.person_id))


def test_it_stands_in_nobody_elses_copy(app: Flask, visit: Any, things: dict[str, Any], cast: Cast) -> None:
    propose(visit, things, email="depute@northfirth.test", name="CANARYNORTH Depute")
    with app.app_context():
        assert "Knows the valley" not in as_json(everything_about(cast.person("northfirth.rep")))


def test_it_goes_with_the_account_of_whom_it_is_about(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    propose(visit, things, email="depute@northfirth.test", name="CANARYNORTH Depute")
    one = found(app, "depute@northfirth.test")
    with app.app_context(), unit_of_work():
        actions.forget_person(one.person_id)
        assert db.session.get(ProposedAppointment, one.id) is None
