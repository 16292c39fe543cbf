"""Mailed links die with what they rest on: password, address and second factor; and with nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask, current_app
from sqlalchemy import select, update

from portal.accounts import actions, queries, rules, second_factor
from portal.accounts.models import Person
from portal.boards.models import Board
from portal.boards.people.actions import give_role
from portal.core import clock
from portal.infra.database import db
from portal.infra.keys import rotate
from portal.infra.sealed import keys_of, seal
from portal.infra.unit_of_work import unit_of_work
from tests.accounts.mailed import (
    ANY_SESSION,
    CHANGES,
    PAGES,
    SECRET,
    answers,
    links_of,
    own_links,
    set_up_factor,
)
from tests.accounts.test_pages import latest_link
from tests.cast import NOW, Cast


@pytest.mark.same_anywhere
@pytest.mark.parametrize("what", CHANGES)
def test_every_unused_link_dies_when_how_somebody_signs_in_changes(
    app: Flask, visit: Any, cast: Cast, at: Any, what: str
) -> None:
    before, change = CHANGES[what]
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        if before:
            before(db.session.get_one(Person, rep))
    links, others = links_of(app, rep), own_links(app, cast)
    assert set(answers(visit, links | others).values()) == {200}
    at(NOW + timedelta(minutes=1))
    with app.app_context(), unit_of_work():
        change(db.session.get_one(Person, rep))
    assert answers(visit, links) == dict.fromkeys(PAGES, 404)
    assert answers(visit, others) == {"check-in": 200, "calendar": 200}
    assert set(answers(visit, links_of(app, rep)).values()) == {200}, "new ones work"


def use_code(person: Person, _codes: list[str]) -> None:
    assert second_factor.pass_with(person, ANY_SESSION, pyotp.TOTP(person.totp).at(clock.now()))


def use_recovery_code(person: Person, codes: list[str]) -> None:
    assert second_factor.pass_with(person, ANY_SESSION, codes[0])


def seal_under_a_new_key(person: Person, _codes: list[str]) -> None:
    current_app.extensions["field keys"] = {"newer": b"n" * 32, **keys_of(current_app.config["PORTAL"])}
    before = person.sealed_totp
    db.session.flush()
    assert sum(rotate())
    db.session.refresh(person)
    assert person.sealed_totp != before


def close_and_open_again(person: Person, _codes: list[str]) -> None:
    actions.disable(person)
    actions.enable(person)


def give_another_role(person: Person, _codes: list[str]) -> None:
    give_role(db.session.scalars(select(Board).where(Board.key == "northfirth")).one(), person, "clerk")


UNCHANGED: dict[str, Callable[[Person, list[str]], Any]] = {
    "sealed under a new key": seal_under_a_new_key,
    "preferences": lambda person, _: actions.set_preferences(person, "daily", 4),
    "a role": give_another_role,
    "a name": lambda person, _: setattr(person, "name", "Morag Sinclair-Reid"),
    "signed in": lambda person, _: actions.begin_session(person),
    "signed out everywhere": lambda person, _: actions.sign_out_everywhere(person.id),
    "a code used": use_code,
    "a recovery code used": use_recovery_code,
    "another link asked for": lambda person, _: actions.mail_link("reset", seal(actions.MAIL_LINK, person.email)),
    "a new address asked for, and not confirmed": lambda person, _: actions.ask_to_change_email(person, "new@new.test"),
    "closed and opened again": close_and_open_again,
}


@pytest.fixture
def _forget_keys(app: Flask) -> Any:
    yield
    app.extensions.pop("field keys", None)


@pytest.mark.usefixtures("_forget_keys")
@pytest.mark.parametrize("what", UNCHANGED)
def test_nothing_dies_when_nothing_of_it_has_changed(app: Flask, visit: Any, cast: Cast, at: Any, what: str) -> None:
    rep = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        codes = set_up_factor(db.session.get_one(Person, rep))
    links = links_of(app, rep)
    at(NOW + timedelta(minutes=1))
    with app.app_context(), unit_of_work():
        UNCHANGED[what](db.session.get_one(Person, rep), codes)
    if "new address" in what:  # of these there is one at a time
        del links[rules.NEW_EMAIL]
    assert set(answers(visit, links).values()) == {200}


def test_an_invitation_dies_when_the_address_of_somebody_who_has_not_joined_changes(app: Flask, visit: Any) -> None:
    typed = {"name": "Una New", "email": "una@new.test", "role": "officer"}
    visit("northfirth.admin").post("/boards/northfirth/people/new", typed)
    path = latest_link(app, "invitation")
    assert visit("").get(path).status_code == 200
    with app.app_context(), unit_of_work():
        db.session.execute(update(Person).where(Person.email == "una@new.test").values(email="una@right.test"))
    assert visit("").get(path).status_code == 404


def test_the_mark_in_an_address_tells_nothing_of_what_it_is_made_from(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        person = db.session.get_one(Person, cast.northfirth.people["rep"])
        set_up_factor(person, SECRET)
        mark = queries.fingerprint_of(person)
    assert re.fullmatch("[0-9a-f]{16}", mark)
