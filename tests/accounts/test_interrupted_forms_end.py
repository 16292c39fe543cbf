"""What someone typed is kept however their session ended, and is gone when its time is over or they say so."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from sqlalchemy import delete

from portal.accounts.actions import erase
from portal.accounts.models import Person, SignedInSession
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.scheduler.run import do_chores
from tests.accounts.interrupted import NOTHING_LEFT, WORDS, end_sessions, kept, send_too_late
from tests.accounts.test_pages import EMAIL, count, latest_link, sign_in
from tests.cast import NOW, PASSWORD, Cast
from tests.visitor import Visitor, text_of

# How sessions end


def _elsewhere(app: Flask, visit: Any, cast: Cast, way: str) -> None:
    """Something that ends the rep's session, done in another browser."""
    if way == "sign-out-everywhere":
        visit("northfirth.rep").post("/sign-out-everywhere")
    elif way == "new password":
        visit("").post("/forgotten-password", {"email": EMAIL})
        visit("").post(latest_link(app, "reset-password"), {"password": "seven heron ladder quay"})
    elif way == "new email":
        visit("northfirth.rep").post("/account/email", {"email": "new@address.test", "present_password": PASSWORD})
        visit("").post(latest_link(app, "confirm-new-email"))
    elif way == "another role":
        invited = {"name": "x", "email": EMAIL, "role": "approver"}
        visit("northfirth.admin").post("/boards/northfirth/people/new", invited)
    elif way == "factor cleared":
        assert "Cleared" in app.test_cli_runner().invoke(args=["portal", "clear-second-factor", EMAIL]).output


@pytest.mark.parametrize("way", ["sign-out-everywhere", "new password", "new email", "another role", "factor cleared"])
def test_whatever_ends_a_session_leaves_its_row_and_opens_nothing(
    app: Flask, visit: Any, cast: Cast, note_path: str, way: str
) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    _elsewhere(app, visit, cast, way)
    assert rep.client.get("/account").headers["Location"].startswith("/sign-in")
    assert send_too_late(rep, note_path).headers["Location"] == "/sign-in?next=/carry-on"
    assert [one.person_id for one in kept(app)] == [cast.northfirth.people["rep"]]


@pytest.mark.parametrize("hours", [13, 7 * 24 + 1])
def test_it_is_kept_after_idle_and_longest_time(app: Flask, visit: Any, at: Any, note_path: str, hours: int) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    at(NOW + timedelta(hours=hours))
    assert send_too_late(rep, note_path).headers["Location"] == "/sign-in?next=/carry-on"
    assert len(kept(app)) == 1


def test_whoever_has_yet_to_enter_a_code_is_known(app: Flask, visit: Any, cast: Cast, note_path: str) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["rep"]).totp = pyotp.random_base32()
    assert send_too_late(rep, note_path).headers["Location"] == "/sign-in?next=/carry-on"
    assert kept(app)[0].person_id == cast.northfirth.people["rep"]


def _disable(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["rep"]).disabled_at = NOW


def _erase(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        erase(db.session.get_one(Person, cast.northfirth.people["rep"]))


def _lose_the_row(app: Flask, _cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(delete(SignedInSession))


def _end_long_ago(app: Flask, _cast: Cast) -> None:
    end_sessions(app, ended_at=NOW - timedelta(hours=2))


@pytest.mark.parametrize("lose", [_disable, _erase, _lose_the_row, _end_long_ago])
def test_what_cannot_be_kept_is_shown_and_said_to_be_lost(
    app: Flask, visit: Any, cast: Cast, note_path: str, lose: Callable[[Flask, Cast], None]
) -> None:
    """Nobody is known to whom it could be given, so nothing is kept; but it is not lost without a word."""
    rep = visit("northfirth.rep")
    rep.csrf_token()
    lose(app, cast)
    answer = send_too_late(rep, note_path)
    assert answer.status_code == 400
    assert "This has not been saved" in text_of(answer)
    assert WORDS in answer.text
    assert kept(app) == []


def test_a_button_alone_is_not_kept_and_leads_back_to_its_page(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    rep = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app)
    page = f"/meetings/{things['meeting_id']}"
    sent = {"csrf_token": rep.token, "version": "2", "once": "8d2f2a2e-2f0a-4c0e-9d6f-3d1d1b5b2a11"}
    for headers, back in (({"Referer": f"http://localhost{page}"}, page), ({"Referer": "http://evil.test/help"}, "/")):
        answer = rep.client.post(f"/papers/{things['paper_id']}/read", data=sent, headers=headers)
        assert answer.headers["Location"] == f"/sign-in?next={back}"
    assert kept(app) == []


# How what is kept ends


def test_signing_out_removes_it_and_empties_the_browser(app: Flask, rep: Visitor) -> None:
    sign_in(rep)
    rep.token = ""
    answer = rep.post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert kept(app) == []
    rep.token = ""
    sign_in(rep)
    assert NOTHING_LEFT in text_of(rep.get("/carry-on"))


def test_signing_out_everywhere_removes_it_in_every_browser(app: Flask, visit: Any, rep: Visitor) -> None:
    answer = visit("northfirth.rep").post("/sign-out-everywhere")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert kept(app) == []


def test_it_is_gone_after_two_hours(app: Flask, rep: Visitor, at: Any) -> None:
    """At once, whether the scheduler has run or not; then its row goes too, and the row of the ended session."""
    at(NOW + timedelta(hours=1, minutes=59))
    with app.app_context():
        do_chores()
    sign_in(rep)
    assert WORDS in rep.get("/carry-on").text
    assert "it was not sent" in text_of(rep.get("/"))
    at(NOW + timedelta(hours=2))
    assert "it was not sent" not in text_of(rep.get("/"))
    assert NOTHING_LEFT in text_of(rep.get("/carry-on"))
    assert len(kept(app)) == count(app, SignedInSession, SignedInSession.ended_at.is_not(None)) == 1
    with app.app_context():
        do_chores()
    assert len(kept(app)) == count(app, SignedInSession, SignedInSession.ended_at.is_not(None)) == 0
    assert count(app, SignedInSession) == 1


def test_its_person_can_delete_it(app: Flask, rep: Visitor) -> None:
    sign_in(rep)
    answer = rep.post("/carry-on", {"form": str(kept(app)[0].id)})
    assert answer.headers["Location"] == "/"
    page = text_of(rep.get("/"))
    assert "What you typed has been deleted." in page
    assert "it was not sent" not in page
    assert kept(app) == []


@pytest.mark.parametrize("lose", [_erase, lambda app, cast: _close(app, cast)])
def test_it_goes_with_the_account(app: Flask, cast: Cast, rep: Visitor, lose: Callable[[Flask, Cast], None]) -> None:
    lose(app, cast)
    assert kept(app) == []


def test_an_emptied_account_leaves_no_session(app: Flask, visit: Any, cast: Cast, rep: Visitor) -> None:
    visit("southmoor.rep")
    _erase(app, cast)
    assert count(app, SignedInSession, SignedInSession.person_id == cast.northfirth.people["rep"]) == 0
    assert count(app, SignedInSession) == 1


def _close(app: Flask, cast: Cast) -> None:
    from portal.accounts.actions import disable

    with app.app_context(), unit_of_work():
        disable(db.session.get_one(Person, cast.northfirth.people["rep"]))


def test_it_stays_until_its_form_is_really_accepted(app: Flask, visit: Any, at: Any, things: dict[str, Any]) -> None:
    """A mistake in it, a change that somebody else saved, and a password to be entered first are no success."""
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/cancel"
    clerk.csrf_token()
    end_sessions(app)
    typed = {"reason": WORDS, "version": "1"}
    send_too_late(clerk, path, **typed)
    send_too_late(clerk, "/account/email", email="new@address.test")
    clerk.sign_in(clerk_id := kept(app)[0].person_id)
    assert "Error: " in clerk.post(path, {**typed, "reason": ""}).text
    assert "This was changed since you opened this page" in clerk.post(path, {**typed, "version": "77"}).text
    assert "Enter your password" in clerk.post("/account/email", {"email": "new@address.test"}).text
    assert [one.person_id for one in kept(app)] == [clerk_id, clerk_id]
    assert "Enter a reason" not in clerk.get("/carry-on").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', clerk.get(path).text)
    assert version
    assert clerk.post(path, {**typed, "version": version[1]}).status_code == 302
    assert len(kept(app)) == 1
