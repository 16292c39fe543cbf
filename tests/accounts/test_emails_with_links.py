"""An email whose link is dead does not go, and nobody is sent it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

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


def test_a_link_that_waits_for_the_mail_server_counts_from_when_it_was_taken(app: Flask, visit: Any, at: Any) -> None:
    """Ten minutes from then; what waited for an hour is not sent."""
    for waited, is_sent in ((timedelta(minutes=59), True), (timedelta(hours=1), False)):
        at(NOW)
        visit("").post("/sign-in/by-email", {"email": EMAIL})
        path = latest_link(app, "sign-in-link")
        at(NOW + waited)
        send_all(app)
        assert emails(app, "sign-in-link")[-1].status == ("sent" if is_sent else "expired")
        at(NOW + waited + timedelta(minutes=9, seconds=59))
        assert visit("").get(path).status_code == (200 if is_sent else 404)
        at(NOW + waited + timedelta(minutes=10))
        assert visit("").get(path).status_code == 404
        with app.app_context(), unit_of_work():
            db.session.execute(anywhere(delete(Email)))


def test_whoever_has_joined_and_asks_for_a_new_invitation_gets_a_link_that_signs_them_in(
    app: Flask, visit: Any
) -> None:
    visit("").post("/invitation/again", {"email": EMAIL})
    path = latest_link(app, "sign-in-link")
    assert visit("").post(path).status_code == 302


def test_links_end_after_their_time(app: Flask, visit: Any, at: Any) -> None:
    asked = text_of(visit("").post("/forgotten-password", {"email": EMAIL}))
    assert "The link works once, for 24 hours." in asked
    path = latest_link(app, "reset-password")
    at(NOW + timedelta(hours=23, minutes=59))
    assert visit("").get(path).status_code == 200
    at(NOW + timedelta(hours=24))
    assert visit("").get(path).status_code == 404
