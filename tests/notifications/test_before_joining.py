"""Whoever has not joined gets their invitation, and nothing else: the rest waits until they have a password."""

from __future__ import annotations

from typing import Any

from flask import Flask
from sqlalchemy import select, update

from portal.accounts.models import Person
from portal.accounts.rules import DAILY, ONLY_NEEDED, USUAL
from portal.capability import gathered
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.outbox import _is_held
from tests.cast import Cast, anywhere
from tests.corrections.test_corrections import OVER, correct

GO_BEFORE = {
    *("invitation", "reset-password", "sign-in-link", "confirm-new-email"),  # links
    *("account-closed", "account-opened"),
    "letter-to-confirm",  # to somebody without an account, in the name of a rep
}


def test_of_every_kind_of_email_few_go_before_somebody_has_joined(app: Flask) -> None:
    with app.app_context():
        every = [one for rows in gathered().emails_about.values() for one in rows]
        for wanted in (USUAL, DAILY, ONLY_NEEDED):
            invited = Person(email="una@new.test", name="Una New", emails_wanted=wanted, joined_at=None)
            assert {one.email for one in every if not _is_held(one, invited)} == GO_BEFORE, wanted


def test_a_correction_of_the_record_waits_until_they_have_joined(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(OVER)
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        db.session.execute(update(Person).where(Person.id == rep).values(joined_at=None))
    correct(visit("northfirth.admin"), things, 8)
    with app.app_context():
        theirs = select(Email).where(Email.template == "record-corrected", Email.person_id == rep).order_by(Email.id)
        assert [one.status for one in db.session.scalars(anywhere(theirs))] == ["held"]
