"""SECRET_KEYS, newest first: an older one still opens what it signed (cookies, forms, links), and signs nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms.validators import ValidationError

from portal.app import _configure
from portal.infra.web.links import read_token, token_for

OLD, NEW, OTHER = ("o" * 40, "n" * 40, "x" * 40)
Signing = Callable[..., None]


@pytest.fixture
def signing(app: Flask) -> Any:
    """signing(NEW, OLD): the portal has these signing keys from now on."""
    before, kept = app.config["PORTAL"], dict(app.config)

    def use(*keys: str) -> None:
        _configure(app, replace(before, secret_keys=keys))

    yield use
    app.config.clear()
    app.config.update(kept)


def test_a_link_of_an_older_key_opens_while_that_is_listed(app: Flask, signing: Signing) -> None:
    row = uuid4()
    with app.app_context():
        signing(OLD)
        token = token_for("check-in", row, "1")
        for found in ((OLD,), (NEW, OLD), (NEW, OTHER, OLD)):
            signing(*found)
            assert read_token("check-in", token) == (row, "1")
            assert read_token("calendar", token) is None
        signing(NEW)
        assert read_token("check-in", token) is None


def test_an_older_key_signs_nothing(app: Flask, signing: Signing) -> None:
    with app.app_context():
        signing(NEW, OLD)
        link = token_for("check-in", uuid4())
        signing(OLD)
        assert read_token("check-in", link) is None


def test_whoever_is_signed_in_stays_so_and_an_open_form_can_be_sent(app: Flask, visit: Any, signing: Signing) -> None:
    signing(OLD)
    rep = visit("northfirth.rep")
    token = rep.csrf_token()
    signing(NEW, OLD)
    assert rep.get("/account").status_code == 200
    sent = {"csrf_token": token, "emails_wanted": "daily", "minutes_per_page": "2"}
    assert rep.client.post("/account/notifications", data=sent).status_code == 302
    signing(NEW)
    stays = visit("northfirth.rep")
    assert stays.get("/account").status_code == 200
    signing(OTHER)
    assert stays.client.get("/account").status_code == 302


def test_the_token_of_a_form_outlives_its_key_while_that_is_listed(app: Flask, signing: Signing) -> None:
    signing(OLD)
    with app.test_request_context():
        token = generate_csrf()
        signing(NEW, OLD)
        validate_csrf(token)
        signing(NEW)
        with pytest.raises(ValidationError):
            validate_csrf(token)
