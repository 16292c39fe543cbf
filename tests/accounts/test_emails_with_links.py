"""An email whose link is dead does not go, and nobody is sent it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts import actions, invitations
from portal.accounts.models import Person
from portal.infra.database import db
from portal.infra.sealed import seal
from portal.infra.unit_of_work import unit_of_work
from portal.notifications import outbox
from portal.notifications.models import Email
from tests.accounts.mailed import (
    change_address,
    emails,
    send_all,
    set_up_factor,
)
from tests.accounts.test_pages import EMAIL, latest_link
from tests.cast import NOW, Cast, anywhere
from tests.sample import some
from tests.visitor import text_of

ASKS: dict[str, Callable[[Person], Any]] = {
    "sign-in-link": lambda person: actions.mail_link("sign-in", seal(actions.MAIL_LINK, person.email)),
    "reset-password": lambda person: actions.mail_link("reset", seal(actions.MAIL_LINK, person.email)),
    "confirm-new-email": lambda person: actions.ask_to_change_email(person, "new@new.test"),
    "invitation": lambda person: (setattr(person, "joined_at", None), invitations.invite_again(person, None)),
}


@pytest.mark.same_anywhere
@pytest.mark.parametrize("template", some(ASKS, one_in=2))
@pytest.mark.parametrize("changes", [True, False])
def test_an_email_that_waits_is_not_sent_once_its_link_is_dead(
    app: Flask, visit: Any, cast: Cast, template: str, changes: bool
) -> None:
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        ASKS[template](db.session.get_one(Person, rep))
    with app.app_context(), unit_of_work():
        if changes:
            set_up_factor(db.session.get_one(Person, rep))
    send_all(app)
    assert [one.status for one in emails(app, template)] == ["expired" if changes else "sent"]


def test_a_link_made_before_a_change_and_mailed_after_it_would_open_nothing(
    app: Flask, visit: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if such an email went: what stands in it is dead."""
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        ASKS["reset-password"](db.session.get_one(Person, rep))
    with app.app_context(), unit_of_work():
        change_address(db.session.get_one(Person, rep))
    monkeypatch.setattr(outbox, "has_dead_link", lambda _email: False)
    send_all(app)
    assert [one.status for one in emails(app, "reset-password")] == ["sent"]
    assert visit("").get(latest_link(app, "reset-password")).status_code == 404


@pytest.mark.parametrize("joins", [True, False])
def test_an_invitation_whose_link_is_dead_is_not_sent_again_and_the_page_says_why(
    app: Flask, visit: Any, cast: Cast, at: Any, joins: bool
) -> None:
    with app.app_context(), unit_of_work():
        person = db.session.get_one(Person, cast.northfirth.people["rep"])
        person.joined_at = None
        invitations.invite_again(person, cast.northfirth.id)
    if joins:
        assert visit("").post(latest_link(app, "invitation"), {"password": "heron ladder quay"}).status_code == 302
    else:
        at(NOW + timedelta(days=15))
    [email] = emails(app, "invitation")
    officer = visit("northfirth.officer")
    officer.post(f"/emails/{email.id}/send-again")
    assert len(emails(app, "invitation")) == 1
    said = "has already joined" if joins else "its link no longer works"
    assert said in text_of(officer.get("/boards/northfirth/emails"))


def test_an_email_with_a_link_that_has_ended_is_not_sent(app: Flask, visit: Any) -> None:
    visit("").post("/sign-in/by-email", {"email": EMAIL})
    latest_link(app, "sign-in-link")
    with app.app_context():
        found = db.session.scalars(anywhere(select(Email).where(Email.template == "sign-in-link"))).all()
        assert [one.expires_at for one in found] == [NOW + timedelta(minutes=10)]
