"""What is said of somebody who has a role already, and of an invitation that was taken back."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.accounts.mailed import emails
from tests.accounts.test_invitations import PEOPLE, UNA
from tests.cast import NOW, Cast
from tests.visitor import text_of


def test_a_role_that_somebody_has_already_is_not_said_to_be_new(visit: Any, cast: Cast) -> None:
    admin = visit("northfirth.admin")
    admin.post(f"{PEOPLE}/new", {"name": "Fiona Tait", "email": "clerk@northfirth.test", "role": "clerk"})
    page = text_of(admin.get(PEOPLE))
    assert "CANARYNORTH Clerk has this role already, so nothing has changed." in page
    assert "You typed Fiona Tait, but clerk@northfirth.test is the address of CANARYNORTH Clerk." in page


def test_nobody_whose_invitation_was_taken_back_is_sent_round_in_a_circle(app: Flask, visit: Any, cast: Cast) -> None:
    admin = visit("northfirth.admin")
    admin.post(f"{PEOPLE}/new", {"name": "Una New", "email": UNA, "role": "clerk"})
    with app.app_context(), unit_of_work():
        email = db.session.get_one(Email, emails(app, "invitation")[0].id)
        email.template, email.facts = "term-ending", {"rep": "A", "group": "B", "until": "C", "seat_page": "/"}
        assert "Get a new invitation" in words_of(email).text
        email.person.invitation_withdrawn_at = NOW
        assert "Get a new invitation" not in words_of(email).text
    assert "your invitation may have been cancelled" in text_of(visit("").get("/invitation/not-a-token"))
