"""Mailed links for tests: made, opened and made dead; and the emails in which they go."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pyotp
from flask import Flask
from sqlalchemy import select

from portal.accounts import actions, mailed_links, rules, second_factor
from portal.accounts.models import MailedLink, Person
from portal.check_in.actions import check_in_of
from portal.core import clock
from portal.infra.database import db
from portal.infra.sealed import seal
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web.links import token_for
from portal.meetings.queries import meeting_by_id
from portal.notifications.mailer import send_next
from portal.notifications.models import Email
from tests.cast import NOW, PASSWORD, Cast, anywhere

REP = "rep@northfirth.test"
SECRET = pyotp.random_base32()
ANY_SESSION: Any = SimpleNamespace(key="", began_at=NOW, proved_at=NOW)
PAGES = {
    rules.INVITATION: "/invitation/",
    rules.RESET: "/reset/",
    rules.SIGN_IN: "/sign-in/link/",
    rules.NEW_EMAIL: "/new-email/",
}


def links_of(app: Flask, person_id: Any) -> dict[str, str]:
    """The address of a new link of each purpose, as they would stand in emails."""
    with app.app_context(), unit_of_work():
        person = db.session.get_one(Person, person_id)
        made = {purpose: mailed_links.new_link(person, purpose) for purpose in PAGES}
        made[rules.NEW_EMAIL].new_email = "later@address.test"
        return {purpose: PAGES[purpose] + token_for(purpose, one.id, one.fingerprint) for purpose, one in made.items()}


def answers(visit: Any, links: dict[str, str]) -> dict[str, int]:
    """How each link answers a stranger who opens it and then presses its button."""
    stranger = visit("")
    opened = {purpose: stranger.get(path).status_code for purpose, path in links.items()}
    for purpose, path in links.items():
        if opened[purpose] != 200:
            assert stranger.post(path, {"password": "heron ladder quay"}).status_code == 404
    return opened


def own_links(app: Flask, cast: Cast) -> dict[str, str]:
    """The check-in and the calendar of the rep: they show nothing by which anybody signs in."""
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        one = check_in_of(meeting_by_id(cast.northfirth.things["meeting_id"]), rep)
        check_in, calendar = token_for("check-in", one.id, str(one.generation)), token_for("calendar", rep, "1")
    return {"check-in": f"/check-in/{check_in}", "calendar": f"/calendar/{calendar}.ics"}


def set_up_factor(person: Person, secret: str = "") -> list[str]:
    """An authenticator with its recovery codes."""
    secret = secret or pyotp.random_base32()
    offered, code = seal(f"offer.{person.id}", secret), pyotp.TOTP(secret).at(clock.now())
    codes = second_factor.set_up(person, ANY_SESSION, offered, code)
    assert codes
    return codes


def change_address(person: Person) -> None:
    actions.ask_to_change_email(person, "New@Address.test")
    db.session.flush()
    link = db.session.scalars(select(MailedLink).where(MailedLink.new_email == "new@address.test")).one()
    actions.change_email(link)


def ask_to_change(visitor: Any, email: str) -> Any:
    return visitor.post("/account/email", {"email": email, "present_password": PASSWORD})


def emails(app: Flask, template: str) -> list[Email]:
    with app.app_context():
        statement = select(Email).where(Email.template == template).order_by(Email.asked_at, Email.id)
        return list(db.session.scalars(anywhere(statement)))


def send_all(app: Flask) -> None:
    with app.app_context():
        while send_next():
            pass


CHANGES: dict[str, tuple[Callable[[Person], Any] | None, Callable[[Person], Any]]] = {
    "a new password": (None, lambda person: actions.change_password(person, "heron ladder quay seven", "")),
    "a new address": (None, change_address),
    "an address changed by a hand in the database": (None, lambda person: setattr(person, "email", "x@hand.test")),
    "a factor set up": (None, set_up_factor),
    "a factor replaced": (set_up_factor, set_up_factor),
    "new recovery codes for the same authenticator": (
        lambda person: set_up_factor(person, SECRET),
        lambda person: set_up_factor(person, SECRET),
    ),
    "a factor cleared": (set_up_factor, second_factor.clear),
}
