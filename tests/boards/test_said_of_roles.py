"""What others hear of a role that begins, ends or never began, and what the page says of who hears it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from portal.access.roles import APPROVER, CLERK, OFFICER
from portal.accounts.models import Person
from portal.boards.models import Board, StaffRole
from portal.boards.people import actions as people
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.boards.test_telling import AT_ONCE, second, told, words
from tests.cast import Cast, anywhere
from tests.visitor import text_of

__all__ = ["second"]  # a fixture
PEOPLE = "/boards/northfirth/people"


def invite(admin: Any, role: str, email: str = "rory@new.test") -> None:
    admin.post(f"{PEOPLE}/new", {"name": "Rory Bain", "email": email, "role": role})


def role_of(email: str) -> Any:
    found = select(StaffRole).join(StaffRole.person).where(StaffRole.person.property.mapper.class_.email == email)
    return db.session.scalars(anywhere(found.order_by(StaffRole.id))).first()


def test_other_approvers_are_sent_to_administrators_of_today(app: Flask, visit: Any, cast: Cast, second: UUID) -> None:
    with app.app_context(), unit_of_work():
        db.session.get_one(Board, cast.northfirth.id).contact = "Olive Officer"
    approver = cast.northfirth.people["approver"]
    invite(visit("northfirth.admin"), APPROVER)
    with app.app_context():
        said = words(told("new-approver")[approver])
    assert "ask an administrator of CANARYNORTH Joint Board: CANARYNORTH Admin and Sona Second." in said
    assert "Olive Officer" not in said


def test_other_approvers_hear_that_one_is_suspended_or_ended(app: Flask, visit: Any, cast: Cast, second: UUID) -> None:
    approver, admin = cast.northfirth.people["approver"], visit("northfirth.admin")
    with app.app_context(), unit_of_work():
        joined = cast.northfirth.people["clerk"]
        people.give_role(db.session.get_one(Board, cast.northfirth.id), db.session.get_one(Person, joined), APPROVER)
    page = text_of(admin.get(f"{PEOPLE}/{joined}/suspend"))
    assert "We will also email the board’s officers, other approvers and other administrators." in page
    admin.post(f"{PEOPLE}/{joined}/suspend")
    account = text_of(admin.get(f"{PEOPLE}/{joined}/account"))
    assert (
        "We will email CANARYNORTH Clerk, and the board’s officers, other approvers and other administrators."
        in account
    )
    admin.post(f"{PEOPLE}/{joined}/access", {"what": "restore"})
    with app.app_context():
        for template in ("access-suspended", "access-restored"):
            assert approver in told(template), template
        suspended = words(told("access-suspended")[approver])
        assert "ask an administrator of CANARYNORTH Joint Board: CANARYNORTH Admin and Sona Second." in suspended
        held = db.session.scalars(
            anywhere(select(StaffRole).where(StaffRole.person_id == joined, StaffRole.role == APPROVER))
        ).one()
    said = text_of(admin.get(admin.post(f"/boards/northfirth/roles/{held.id}/end").headers["Location"]))
    assert "CANARYNORTH Clerk" in said
    assert "will be emailed." in said
    with app.app_context():
        assert "CANARYNORTH Clerk is no longer an expense approver" in words(told("new-approver")[approver])


def test_whoever_never_joined_is_not_said_to_have_been_anything(
    app: Flask, visit: Any, cast: Cast, second: UUID
) -> None:
    admin = visit("northfirth.admin")
    invite(admin, OFFICER)
    with app.app_context():
        held = role_of("rory@new.test")
    admin.post(f"/boards/northfirth/roles/{held.id}/end")
    with app.app_context():
        said = words(told(AT_ONCE)[second])
    assert "Rory Bain is no longer invited as an engagement officer" in said
    assert "The invitation was withdrawn by CANARYNORTH Admin." in said
    assert "is no longer an" not in said


def test_an_invitation_sent_again_has_its_own_line_in_the_trail(visit: Any, app: Flask) -> None:
    admin = visit("northfirth.admin")
    invite(admin, CLERK)
    with app.app_context():
        held = role_of("rory@new.test")
    before = text_of(admin.get("/boards/northfirth/audit"))
    admin.post(f"/boards/northfirth/roles/{held.id}/invite-again")
    trail = text_of(admin.get("/boards/northfirth/audit"))
    assert trail.count("Invited someone") == before.count("Invited someone") > 0
    assert trail.count("Sent an invitation again") == before.count("Sent an invitation again") + 2, (
        "a line, and a choice of lines"
    )


def test_an_administrators_own_account_says_what_only_another_can_do(visit: Any, cast: Cast) -> None:
    own = cast.person("northfirth.admin")
    page = text_of(visit("northfirth.admin").get(f"{PEOPLE}/{own}/account"))
    assert "Only another administrator can sign you out of this board" in page


def test_whoever_has_no_role_any_more_is_told_so(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        theirs = select(StaffRole).where(StaffRole.person_id == cast.northfirth.people["clerk"])
        people.end_role(db.session.scalars(anywhere(theirs)).one())
    page = text_of(visit("northfirth.clerk").get("/"))
    assert "Your roles have ended, so you are not part of any board now." in page
    assert "no tasks today" not in page
