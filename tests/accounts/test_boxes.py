"""Boxes for addresses and passwords: right for phones and password managers, and a password is one on every device."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import lxml.html
import pytest
from argon2 import PasswordHasher
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts import rules
from portal.accounts.models import Person
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.accounts.test_pages import EMAIL, latest_link, sign_in
from tests.cast import PASSWORD, Cast

ACCENTED = "fàilte gu Dùn Èideann"
AS_SENT = {"composed": unicodedata.normalize("NFC", ACCENTED), "apart": unicodedata.normalize("NFD", ACCENTED)}
PAGES_WITH_EMAIL = {
    "": ("/sign-in", "/sign-in/by-email", "/forgotten-password"),
    "northfirth.admin": ("/boards/northfirth/people/new", "/account/email"),
}


def boxes(page: Any) -> list[Any]:
    return lxml.html.fromstring(page.text).xpath("//main//input[not(@type='hidden')]")


@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in PAGES_WITH_EMAIL.items() for path in paths])
def test_a_box_for_an_address_has_its_keyboard_and_says_each_thing_once(visit: Any, who: str, path: str) -> None:
    page = visit(who).get(path)
    [box] = [one for one in boxes(page) if one.get("name") == "email"]
    assert (box.get("type"), box.get("autocapitalize"), box.get("spellcheck")) == ("email", "none", "false")
    for tag in re.findall(r"<input[^>]*>", page.text):
        named = re.findall(r'\s([a-z-]+)="', tag)
        assert len(named) == len(set(named)), tag


def test_an_address_that_was_refused_is_still_in_its_box(visit: Any) -> None:
    page = visit("").post("/sign-in", {"email": "mailto:ann@council.example", "password": "x"})
    [box] = [one for one in boxes(page) if one.get("name") == "email"]
    assert box.get("value") == "mailto:ann@council.example"
    assert "Remove “mailto:” from the start of the email address" in page.text


@pytest.mark.parametrize("where", ["invitation", "/account/security", "/account/prove"])
def test_a_password_is_kept_with_its_user_name(app: Flask, visit: Any, where: str) -> None:
    """Or a password manager saves the new one under nothing, and offers the old one the next time."""
    email, path = "admin@northfirth.test", where
    visitor = visit("northfirth.admin")
    if where == "invitation":
        email = "una@new.test"
        visitor.post("/boards/northfirth/people/new", {"name": "Una New", "email": email, "role": "officer"})
        visitor, path = visit(""), latest_link(app, "invitation")
    name, *others = boxes(visitor.get(path))
    password = next(one for one in reversed(others) if one.get("type") == "password")
    assert (name.get("autocomplete"), name.get("value"), name.get("name")) == ("username", email, None)
    assert "readonly" in name.attrib
    assert password.get("autocomplete") == ("current-password" if where.endswith("prove") else "new-password")


@pytest.mark.parametrize("chosen", AS_SENT)
@pytest.mark.parametrize("typed", AS_SENT)
def test_a_password_with_accents_works_on_every_device(app: Flask, visit: Any, chosen: str, typed: str) -> None:
    rep = visit("northfirth.rep")
    form = {"password": AS_SENT[chosen], "present_password": PASSWORD}
    assert rep.post("/account/security", form).status_code == 302
    assert sign_in(visit(""), AS_SENT[typed]).status_code == 302
    assert sign_in(visit(""), "failte gu Dun Eideann").status_code == 200


@pytest.mark.parametrize("kept", AS_SENT)
@pytest.mark.parametrize("typed", AS_SENT)
def test_a_password_that_was_hashed_as_it_was_typed_goes_on_working(
    app: Flask, visit: Any, cast: Cast, kept: str, typed: str
) -> None:
    with app.app_context(), unit_of_work():
        person = db.session.get_one(Person, cast.northfirth.people["rep"])
        person.password_hash = PasswordHasher(1, 8, 1).hash(AS_SENT[kept])
        assert person.email == EMAIL
    assert sign_in(visit(""), AS_SENT[typed]).status_code == 302


@given(st.text(max_size=30))
def test_every_spelling_of_a_password_is_tried_and_none_other(password: str) -> None:
    found = rules.spellings(password)
    assert found[0] == rules.as_composed(password)
    assert password in found
    assert {rules.as_composed(one) for one in found} == {rules.as_composed(password)}
    assert len(found) <= 3


def test_marks_typed_apart_do_not_make_a_password_longer() -> None:
    assert "at least 12" in str(rules.password_problem(unicodedata.normalize("NFD", "àèìòùáéíóú")))
