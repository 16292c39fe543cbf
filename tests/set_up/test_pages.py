"""A coordinator starts a board, its administrators follow the list, and nobody else sees it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import delete, select

from portal.access.roles import ADMIN
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.boards import actions as boards
from portal.boards.models import Board, StaffRole
from portal.boards.people import actions as people
from portal.boards.seats import actions as seats
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.replacement_care.models import CarePolicy
from tests.cast import TODAY, Cast, anywhere, person
from tests.visitor import Visitor, hidden_boxes, text_of

START, LIST = "/boards/eastmuir/start", "/boards/eastmuir/set-up"
TYPED = {
    "name": "Eastmuir Joint Board",
    "contact": "Ada Orr, 0131 000 0000",
    "admin_name": "Ida Bruce",
    "email": "ida@new.test",
}


@pytest.fixture
def eastmuir(app: Flask, cast: Cast, rolled_back: Any) -> Any:
    """A board that has not joined, with the group that comes with the list of authorities."""
    with app.app_context(), unit_of_work():
        board = boards.create_board("eastmuir", "Eastmuir Integration Joint Board", "Eastmuir")
        boards.create_group(board, "Eastmuir Integration Joint Board", "board")
        return board.id


def start(visitor: Visitor, **typed: str) -> Any:
    return visitor.post(START, {**hidden_boxes(visitor.get(START)), **TYPED, **typed})


def administrators(app: Flask, board_id: Any) -> dict[str, bool]:
    """Who administers a board or did, by address, and whether they may still join."""
    with app.app_context():
        held = select(Person).join(StaffRole, StaffRole.person_id == Person.id)
        held = held.where(StaffRole.board_id == board_id, StaffRole.role == ADMIN).order_by(Person.email)
        return {one.email: one.invitation_withdrawn_at is None for one in db.session.scalars(anywhere(held))}


def administrator_of(app: Flask, board_id: Any) -> Visitor:
    with app.app_context(), unit_of_work():
        someone = person("first@eastmuir.test", "Flora First")
        people.give_role(db.session.get_one(Board, board_id), someone, ADMIN)
        key = someone.id
    return Visitor(app, key)


# The coordinator


def test_a_coordinator_starts_from_the_list_of_boards(visit: Any, eastmuir: Any) -> None:
    page = visit("coordinator").get("/boards")
    assert f'href="{START}"' in page.text
    assert "Set up Eastmuir" in text_of(page)


def test_a_board_with_people_offers_no_start(visit: Any, eastmuir: Any) -> None:
    assert "/boards/northfirth/start" not in visit("coordinator").get("/boards").text


def test_starting_invites_the_first_administrator(app: Flask, visit: Any, eastmuir: Any) -> None:
    assert start(visit("coordinator")).headers["Location"] == LIST
    assert administrators(app, eastmuir) == {"ida@new.test": True}


def test_the_invitation_goes_by_email(app: Flask, visit: Any, eastmuir: Any) -> None:
    start(visit("coordinator"))
    with app.app_context():
        email = select(Email).join(Person, Person.id == Email.person_id).where(Person.email == "ida@new.test")
        found = [one.template for one in db.session.scalars(anywhere(email.order_by(Email.template)))]
        assert found == ["invitation", "role-given-or-ended"]


def test_the_name_and_the_contact_are_saved(app: Flask, visit: Any, eastmuir: Any) -> None:
    start(visit("coordinator"))
    with app.app_context():
        board = db.session.get_one(Board, eastmuir)
        assert (board.name, board.contact) == ("Eastmuir Joint Board", "Ada Orr, 0131 000 0000")


def test_the_trail_says_who_started_it(app: Flask, visit: Any, cast: Cast, eastmuir: Any) -> None:
    start(visit("coordinator"))
    with app.app_context():
        line = select(AuditLine).where(AuditLine.event == "BoardStarted")
        [found] = db.session.scalars(anywhere(line)).all()
        assert (found.board_id, found.actor_id) == (eastmuir, cast.person("coordinator"))


def test_the_list_then_says_that_they_have_not_accepted(visit: Any, eastmuir: Any) -> None:
    coordinator = visit("coordinator")
    start(coordinator)
    assert "The first administrator is invited. They have not accepted yet." in text_of(coordinator.get(LIST))


def test_the_page_after_it_names_nobody_once_it_was_read(visit: Any, eastmuir: Any) -> None:
    coordinator = visit("coordinator")
    start(coordinator)
    coordinator.get(LIST)
    pages = [coordinator.get(path).text for path in (LIST, START, "/boards")]
    assert [word for word in ("Ida Bruce", "ida@new.test") for page in pages if word in page] == []


def test_another_address_replaces_the_first(app: Flask, visit: Any, eastmuir: Any) -> None:
    coordinator = visit("coordinator")
    start(coordinator)
    start(coordinator, email="una@new.test", admin_name="Una Bain")
    assert administrators(app, eastmuir) == {"ida@new.test": False, "una@new.test": True}


def test_the_same_address_again_is_one_administrator(app: Flask, visit: Any, eastmuir: Any) -> None:
    coordinator = visit("coordinator")
    start(coordinator)
    start(coordinator)
    assert administrators(app, eastmuir) == {"ida@new.test": True}


def test_of_two_coordinators_the_second_is_told(app: Flask, visit: Any, eastmuir: Any) -> None:
    first, second = visit("coordinator"), visit("coordinator")
    opened = hidden_boxes(second.get(START))
    start(first)
    page = second.post(START, {**opened, **TYPED, "email": "una@new.test"})
    assert "This was changed since you opened this page" in text_of(page)
    assert administrators(app, eastmuir) == {"ida@new.test": True}


def test_a_board_that_somebody_joined_is_not_started(app: Flask, visit: Any, eastmuir: Any) -> None:
    coordinator = visit("coordinator")
    opened = hidden_boxes(coordinator.get(START))
    administrator_of(app, eastmuir)
    assert coordinator.post(START, {**opened, **TYPED}).headers["Location"] == LIST
    assert administrators(app, eastmuir) == {"first@eastmuir.test": True}


def test_nobody_starts_a_board_for_themselves(app: Flask, visit: Any, eastmuir: Any) -> None:
    page = start(visit("coordinator"), email="Coordinator@Carers.test")
    assert "Enter someone else’s email address. You cannot give yourself this role" in text_of(page)
    assert administrators(app, eastmuir) == {}


@pytest.mark.parametrize("missing", TYPED)
def test_everything_has_to_be_typed(app: Flask, visit: Any, eastmuir: Any, missing: str) -> None:
    assert start(visit("coordinator"), **{missing: ""}).status_code == 200
    assert administrators(app, eastmuir) == {}


@pytest.mark.parametrize(("who", "code"), [("northfirth.admin", 404), ("northfirth.rep", 404), ("nobody", 404)])
def test_nobody_else_starts_one(visit: Any, eastmuir: Any, who: str, code: int) -> None:
    assert visit(who).get(START).status_code == code


# The list


def test_an_administrator_sees_what_their_board_still_needs(app: Flask, eastmuir: Any) -> None:
    page = administrator_of(app, eastmuir).get(LIST)
    assert "1 of 10 done" in text_of(page)
    [bar] = fromstring(page.text).xpath("//progress")
    assert (bar.get("max"), bar.get("value")) == ("10", "1")


def test_the_first_page_has_one_line_for_all_of_it(app: Flask, eastmuir: Any) -> None:
    page = administrator_of(app, eastmuir).get("/")
    assert page.text.count("govuk-task-list__item") == 1 + page.text.count("govuk-task-list__item--with-link")
    assert "Set up Eastmuir: 1 of 10 done" in text_of(page)


def test_a_board_that_is_set_up_has_no_such_line(visit: Any) -> None:
    assert "Set up Northfirth" not in text_of(visit("northfirth.admin").get("/"))


def test_each_line_that_can_be_done_leads_to_its_page(app: Flask, eastmuir: Any) -> None:
    admin = administrator_of(app, eastmuir)
    with app.app_context(), unit_of_work():
        board = db.session.get_one(Board, eastmuir)
        [group] = boards.queries.groups(board.id)
        people.invite_to_role(board, "Cleo", "cleo@new.test", "clerk")
        seats.create_seat(group, "Carer", TODAY)
    paths = [one.split('"')[0] for one in admin.get(LIST).text.split('govuk-task-list__link" href="')[1:]]
    assert len(paths) == 10
    assert {path: code for path in paths if (code := admin.get(path).status_code) != 200} == {}


def test_each_of_these_pages_leads_back(app: Flask, eastmuir: Any) -> None:
    admin = administrator_of(app, eastmuir)
    paths = [one.split('"')[0] for one in admin.get(LIST).text.split('govuk-task-list__link" href="')[1:]]
    lost = [
        path for path in paths if f'<a class="govuk-link" href="{LIST}">Set up this board' not in admin.get(path).text
    ]
    assert lost == []


def test_once_it_is_set_up_no_page_leads_back(visit: Any) -> None:
    assert "Set up this board: " not in text_of(visit("northfirth.admin").get("/boards/northfirth"))


def test_a_line_waits_without_a_link(app: Flask, eastmuir: Any) -> None:
    page = text_of(administrator_of(app, eastmuir).get(LIST))
    assert "First meeting First invite a clerk Later" in page


def test_a_coordinator_reads_the_steps_without_links(app: Flask, visit: Any, eastmuir: Any) -> None:
    administrator_of(app, eastmuir)
    page = visit("coordinator").get(LIST)
    assert "1 of 10 done" in text_of(page)
    assert "govuk-task-list__link" not in page.text


def test_a_coordinator_reads_no_name_there(app: Flask, visit: Any, cast: Cast) -> None:
    page = visit("coordinator").get("/boards/northfirth/set-up").text
    assert cast.northfirth.canary not in page


@pytest.mark.parametrize("role", ["rep", "depute", "mentor", "officer", "clerk", "approver"])
def test_nobody_else_of_the_board_sees_it(visit: Any, role: str) -> None:
    assert visit(f"northfirth.{role}").get("/boards/northfirth/set-up").status_code == 404


def test_a_role_that_ended_is_no_step_again(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        held = select(StaffRole).where(StaffRole.board_id == cast.northfirth.id, StaffRole.role == "approver")
        for one in db.session.scalars(held).all():
            people.end_role(one)
    page = text_of(visit("northfirth.admin").get("/"))
    assert "Invite an expense approver, Northfirth" in page
    assert "Set up Northfirth" not in page


def test_an_approver_hears_of_a_missing_policy_and_of_no_list(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(delete(CarePolicy).where(CarePolicy.board_id == cast.northfirth.id))
    assert "Set up Northfirth: 9 of 10 done" in text_of(visit("northfirth.admin").get("/"))
    assert "Set up Northfirth" not in text_of(visit("northfirth.approver").get("/"))
