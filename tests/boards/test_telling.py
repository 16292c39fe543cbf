"""Administrators hear what others change on their board: at once where it counts, otherwise once a day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import ADMIN, APPROVER, CLERK, DEPUTE, OFFICER
from portal.accounts.models import Person
from portal.boards import actions
from portal.boards.models import Appointment, StaffRole
from portal.boards.people import actions as people
from portal.boards.people.importing import import_people
from portal.boards.queries import board_by_key
from portal.boards.seats import actions as seats
from portal.infra.database import db
from portal.infra.unit_of_work import acting, unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import TODAY, Cast, anywhere, person

AT_ONCE, DAILY = "role-given-or-ended", "board-changed"


@pytest.fixture
def second(app: Flask, cast: Cast, rolled_back: object) -> UUID:
    """One more administrator of Northfirth."""
    with app.app_context(), unit_of_work():
        one = person("sona@northfirth.test", "Sona Second")
        people.give_role(board_by_key("northfirth"), one, ADMIN)
        made = one.id
    with app.app_context(), unit_of_work():
        for email in db.session.scalars(anywhere(select(Email).order_by(Email.id))):
            db.session.delete(email)
    return made


@contextmanager
def done_by(person_id: UUID) -> Iterator[None]:
    token = acting.set(person_id)
    try:
        yield
    finally:
        acting.reset(token)


def administrators_anywhere() -> list[UUID]:
    admins = select(StaffRole.person_id).where(StaffRole.role == ADMIN).order_by(StaffRole.id)
    return list(db.session.scalars(anywhere(admins)))


def told(template: str) -> dict[UUID, list[Email]]:
    """Whom an email went to, with its words."""
    found: dict[UUID, list[Email]] = {}
    for one in db.session.scalars(anywhere(select(Email).where(Email.template == template).order_by(Email.asked_at))):
        found.setdefault(one.person_id, []).append(one)
    return found


def words(emails: list[Email]) -> str:
    return "\n".join(words_of(one).subject + words_of(one).text for one in emails)


@pytest.mark.parametrize("role", [APPROVER, OFFICER, ADMIN])
def test_of_a_role_that_counts_its_person_and_other_administrators_hear_at_once(
    app: Flask, visit: Any, cast: Cast, second: UUID, role: str
) -> None:
    admin, rep = cast.person("northfirth.admin"), cast.person("northfirth.rep")
    visit("northfirth.admin").post(
        "/boards/northfirth/people/new", {"name": "Rep", "email": "rep@northfirth.test", "role": role}
    )
    with app.app_context():
        found = told(AT_ONCE)
        assert found.keys() == {second, rep}, "whoever did it is not told, and no other board's administrator"
        assert {one.status for emails in found.values() for one in emails} == {"waiting"}
        assert "You are now" in words(found[rep])
        assert "CANARYNORTH Rep is now" in words(found[second])
        assert "CANARYNORTH Admin" in words(found[second])
        assert admin not in told(DAILY)
    with app.app_context(), done_by(admin), unit_of_work():
        people.end_role(db.session.scalars(anywhere(select(StaffRole).where(StaffRole.person_id == rep))).one())
    with app.app_context():
        found = told(AT_ONCE)
        assert [len(found[who]) for who in (second, rep)] == [2, 2]
        assert "You are no longer" in words(found[rep])


def test_an_administrator_who_is_the_only_one_is_told_of_what_they_did(app: Flask, visit: Any, cast: Cast) -> None:
    """A stranger at their computer leaves a trace in their mail."""
    admin = cast.person("northfirth.admin")
    with app.app_context():
        before = len(told(AT_ONCE).get(admin, []))
    visit("northfirth.admin").post(
        "/boards/northfirth/people/new", {"name": "Rep", "email": "rep@northfirth.test", "role": APPROVER}
    )
    with app.app_context():
        assert len(told(AT_ONCE)[admin]) == before + 1


def test_no_email_names_a_role_on_another_board(app: Flask, cast: Cast, second: UUID) -> None:
    """Somebody of both boards is made an approver of one: the other hears nothing, and is named to nobody."""
    both = cast.person("both")
    with app.app_context(), unit_of_work():
        people.give_role(board_by_key("southmoor"), db.session.get_one(Person, both), APPROVER)
    with app.app_context():
        found = told(AT_ONCE)
        assert second not in found
        assert cast.person("northfirth.admin") not in found
        assert cast.person("southmoor.admin") in found
        for emails in found.values():
            assert "northfirth" not in words(emails).lower()


def test_other_roles_seats_and_settings_come_once_a_day_from_what_to_what(
    app: Flask, visit: Any, cast: Cast, second: UUID
) -> None:
    admin = visit("northfirth.admin")
    admin.post("/boards/northfirth/people/new", {"name": "Rep", "email": "rep@northfirth.test", "role": CLERK})
    with app.app_context(), done_by(cast.person("northfirth.admin")), unit_of_work():
        board = board_by_key("northfirth")
        settings = {name: getattr(board, name) for name in actions.SETTINGS}
        actions.change_settings(board, board.version, {**settings, "check_in_days": 17, "contact": "Bo, 01632 960 102"})
        term = db.session.scalars(
            anywhere(select(Appointment).where(Appointment.person_id == cast.person("northfirth.rep")))
        ).one()
        seats.end_appointment(term, TODAY + timedelta(days=9), "caring")
    with app.app_context():
        found = told(DAILY)
        assert found.keys() == {second}
        assert {one.status for one in found[second]} == {"held"}, "they come together, once a day"
        said = words(found[second]).replace("because of your role", "")
        assert "is now a clerk" in said
        assert "- days before a meeting when reps are asked if they come: was 10, now 17" in said
        assert "- who people can ask: was CANARYNORTH, now Bo, 01632 960 102" in said
        assert "A term has a new last day: CANARYNORTH Rep" in said
        assert not any(why in said.lower() for why in ("caring", "because", "more of their time"))


def test_a_list_of_people_is_one_piece_of_news(app: Flask, cast: Cast, second: UUID) -> None:
    rows = [{"name": f"Person {n}", "email": f"p{n}@new.test", "role": DEPUTE} for n in range(3)]
    rows.append({"name": "Person 4", "email": "p4@new.test", "role": APPROVER})
    with app.app_context(), done_by(cast.person("northfirth.admin")), unit_of_work():
        assert not any(row.problems for row in import_people(board_by_key("northfirth"), rows))
    with app.app_context():
        assert [one.facts["news"] for one in told(DAILY)[second]] == ["4 roles and seats came from a list of people"]
        assert "Person 4 is invited as an expense approver" in words(told(AT_ONCE)[second])
