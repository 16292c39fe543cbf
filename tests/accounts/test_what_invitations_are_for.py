"""What an invitation says that somebody is invited to do, and what ends with it when it is withdrawn."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts import invitations
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.accounts.test_invitations import PASSWORD, PEOPLE, UNA, account_of, person_id, una
from tests.cast import NOW, anywhere
from tests.visitor import text_of

__all__ = ["una"]  # a fixture


def test_withdrawing_an_invitation_can_end_the_roles_in_the_same_step(app: Flask, visit: Any, una: str) -> None:
    admin = visit("northfirth.admin")
    account = admin.get(account_of(app))
    assert "Withdraw the invitation and end their roles" in text_of(account)
    assert 'href="/boards/northfirth">free the seat on the page of Northfirth</a>' in account.text
    done = text_of(admin.post(account_of(app), {"what": "withdraw-and-end"}, follow_redirects=True))
    assert "The invitation has been withdrawn and their roles have ended" in done
    assert "Was invited as" not in text_of(admin.get(PEOPLE))
    assert visit("").post(una, PASSWORD).status_code == 404
    assert "Ended a role: Una New" in text_of(admin.get("/boards/northfirth/audit"))


@pytest.mark.parametrize(
    ("role", "words"), [("officer", "arrange care"), ("depute", "when a rep cannot, if you agree")]
)
def test_an_invitation_says_what_the_role_does(app: Flask, visit: Any, role: str, words: str) -> None:
    visit("northfirth.admin").post(f"{PEOPLE}/new", {"name": "Una New", "email": UNA, "role": role})
    with app.app_context():
        last = select(Email).where(Email.template == "invitation").order_by(Email.asked_at.desc(), Email.id.desc())
        found = [one for one in db.session.scalars(anywhere(last)).unique() if one.person_id == person_id(app)]
        said = words_of(found[0]).text
    assert words in said
    assert "claim expenses" not in said


def test_whoever_has_joined_is_not_withdrawn_and_an_invitation_is_withdrawn_once(app: Flask, una: str) -> None:
    def withdraw() -> int:
        with app.app_context(), unit_of_work():
            person = db.session.get_one(Person, person_id(app))
            invitations.withdraw_invitation(person, None)
        with app.app_context():
            lines = select(AuditLine.id).where(AuditLine.event == "InvitationWithdrawn")
            return len(db.session.scalars(anywhere(lines)).all())

    assert (withdraw(), withdraw()) == (1, 1)
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, person_id(app)).joined_at = NOW
        db.session.get_one(Person, person_id(app)).invitation_withdrawn_at = None
    assert withdraw() == 1
    with app.app_context():
        assert db.session.get_one(Person, person_id(app)).invitation_withdrawn_at is None
