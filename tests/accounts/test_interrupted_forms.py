"""What someone typed is theirs: kept when their session had ended, for them alone, for two hours, and nowhere else."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import text

from portal.accounts.models import Person
from portal.core.text import hour_words
from portal.infra.database import db
from portal.infra.sealed import Sealed
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web import interrupted_form
from portal.infra.web.interrupted_form import InterruptedForm
from tests.accounts.interrupted import NOTHING_LEFT, SOUTH, WORDS, kept, sent_by
from tests.accounts.test_pages import EMAIL, latest_link, sign_in
from tests.cast import NOW, PASSWORD, Cast
from tests.visitor import Visitor, text_of


def test_it_is_offered_to_its_person_and_gone_once_it_is_sent(app: Flask, rep: Visitor, note_path: str) -> None:
    sign_in(rep)
    assert "it was not sent. Look at what you typed" in text_of(rep.get("/"))
    for _ in range(2):
        page = rep.get("/carry-on")
        assert WORDS in page.text
        assert f"We keep it for 2 hours, until {hour_words(NOW + timedelta(hours=2))}" in text_of(page)
    assert rep.post(note_path, dict(sent_by(page))).status_code == 302
    assert kept(app) == []
    assert "it was not sent" not in text_of(rep.get("/"))
    assert NOTHING_LEFT in text_of(rep.get("/carry-on"))
    assert WORDS in rep.get(note_path.removesuffix("/note")).text


def test_the_next_person_at_the_browser_never_sees_it(app: Flask, rep: Visitor) -> None:
    """Across boards; and when its own person comes back afterwards, it is gone."""
    rep.token = ""
    sign_in(rep, email=SOUTH)
    assert "it was not sent" not in text_of(rep.get("/"))
    page = rep.get("/carry-on")
    assert WORDS not in page.text
    assert NOTHING_LEFT in text_of(page)
    assert kept(app) == []


def test_nothing_tells_the_next_person_that_there_was_anything(rep: Visitor) -> None:
    rep.token = ""
    typed = {"email": SOUTH, "password": PASSWORD}
    assert rep.post("/sign-in?next=/carry-on", typed).headers["Location"] == "/"


def test_the_sign_in_page_says_that_it_is_kept(visit: Any, rep: Visitor) -> None:
    words = "the form you sent has not been saved. We’ll keep what you typed for 2 hours"
    assert words in text_of(rep.get("/sign-in?next=/carry-on"))
    assert words not in text_of(rep.get("/sign-in"))
    assert words not in text_of(visit("").get("/sign-in?next=/carry-on")), "nothing waits in this browser"


def test_its_person_goes_straight_to_it(rep: Visitor) -> None:
    rep.token = ""
    typed = {"email": EMAIL, "password": PASSWORD}
    assert rep.post("/sign-in?next=/carry-on", typed).headers["Location"] == "/carry-on"


def test_binding_it_to_the_browser_would_be_noticed(app: Flask, rep: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: whoever has the browser has the form."""
    monkeypatch.setattr(interrupted_form, "_is_of", lambda _: InterruptedForm.id.is_not(None))
    with pytest.raises(AssertionError):
        test_the_next_person_at_the_browser_never_sees_it(app, rep)


def test_a_copied_cookie_opens_it_for_nobody_else(app: Flask, visit: Any, rep: Visitor) -> None:
    """Even the cookie's own mark shows nothing to another person."""
    with rep.client.session_transaction() as session:
        mark = session[interrupted_form.MARK]
    other = visit("southmoor.rep")
    with other.client.session_transaction() as session:
        session[interrupted_form.MARK] = mark
    assert WORDS not in other.get("/carry-on").text
    other.post("/carry-on", {"form": str(kept(app)[0].id)})
    assert len(kept(app)) == 1


def test_nothing_typed_is_in_the_cookie_or_plain_in_the_database(app: Flask, rep: Visitor) -> None:
    with rep.client.session_transaction() as session:
        assert set(session) == {"_user_id", "csrf_token", interrupted_form.MARK}
        assert set(session[interrupted_form.MARK]) == {"id", "at"}
    with app.app_context():
        rows = str(db.session.execute(text("SELECT * FROM interrupted_forms")).all())
    rotated = {f"{one.model.__tablename__}.{one.column}" for one in Sealed.columns}
    assert {"interrupted_forms.sealed_path", "interrupted_forms.sealed_typed"} <= rotated
    assert "papers" not in rows
    assert "CANARYTYPED" not in rows
    assert kept(app)[0].typed


# Ways to sign in


@pytest.mark.parametrize(
    ("ask", "template", "form"),
    [
        ("/sign-in/by-email", "sign-in-link", {}),
        ("/forgotten-password", "reset-password", {"password": "heron ladder quay seven"}),
    ],
)
@pytest.mark.parametrize(("email", "is_theirs"), [(EMAIL, True), (SOUTH, False)])
def test_a_mailed_link_counts_as_signing_in(
    app: Flask, rep: Visitor, ask: str, template: str, form: dict[str, str], email: str, is_theirs: bool
) -> None:
    rep.post(ask, {"email": email})
    assert rep.post(latest_link(app, template), form).status_code == 302
    assert (WORDS in rep.get("/carry-on").text) is is_theirs
    assert bool(kept(app)) is is_theirs


def test_accepting_an_invitation_counts_as_signing_in(app: Flask, visit: Any, rep: Visitor) -> None:
    invited = {"name": "Una New", "email": "una@new.test", "role": "officer"}
    visit("northfirth.admin").post("/boards/northfirth/people/new", invited)
    rep.post(latest_link(app, "invitation"), {"password": "heron ladder quay seven"})
    assert WORDS not in rep.get("/carry-on").text
    assert kept(app) == []


@pytest.fixture
def secret_of_codes(app: Flask, cast: Cast, visit: Any) -> Iterator[str]:
    """The rep needs a code; its secret."""
    before, secret = app.config["PORTAL"], "JBSWY3DPEHPK3PXP" * 2
    app.config["PORTAL"] = dataclasses.replace(before, second_factor_of=EMAIL)
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["rep"]).totp = secret
    yield secret
    app.config["PORTAL"] = before


def test_it_is_offered_after_the_second_step_and_not_before(rep: Visitor, secret_of_codes: str) -> None:
    sign_in(rep)
    assert rep.get("/carry-on").headers["Location"] == "/sign-in?next=/carry-on"
    assert rep.get("/sign-in?next=/carry-on").headers["Location"] == "/sign-in/code?next=/carry-on"
    code = {"code": pyotp.TOTP(secret_of_codes).at(NOW)}
    assert rep.post("/sign-in/code?next=/carry-on", code).headers["Location"] == "/carry-on"
    assert WORDS in rep.get("/carry-on").text
