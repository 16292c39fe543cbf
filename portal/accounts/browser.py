"""What a browser holds of an account: its cookies as somebody signs in, and what is left when they sign out."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Response, current_app, flash, redirect, request, session, url_for
from flask_login import current_user, login_user, logout_user

from portal.accounts import actions, queries
from portal.accounts.pauses import know_for_codes
from portal.accounts.sessions.rules import browser_words
from portal.infra.database import db
from portal.infra.guard import own_path
from portal.infra.web import interrupted_form
from portal.infra.web.not_done import not_done
from portal.infra.web.signed_in import User

if TYPE_CHECKING:
    from portal.accounts.models import Person


YEAR = 365 * 24 * 3600


def welcome(person: Person, proved: bool = True, both_steps: bool = False) -> Response:
    """Begin a session and go on to where the person was going. A passkey is `both_steps` of signing in."""
    next_path = _next_path(person)
    secret = actions.begin_session(person, proved, browser_words(request.user_agent.string), both_steps)
    stays = _what_stays(person)
    session.clear()
    session.permanent = True
    session.update(stays)
    login_user(User(secret))
    response = redirect(next_path)
    word = actions.remember_browser(person, known_browser())
    if both_steps:
        db.session.flush()
        know_for_codes(person, word)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    response.set_cookie(_browser_cookie(), word, YEAR, secure=secure, httponly=True, samesite="Lax")
    return response  # type: ignore[return-value]  # werkzeug's response class


def _next_path(person: Person) -> str:
    """Where the person was going; not to what is offered to somebody else who was signed in here before."""
    path = own_path(request.args.get("next"))
    return "/" if path == url_for("accounts.carry_on") and _before() not in (None, person.id) else path


def _before() -> UUID | None:
    """Who was signed in here before, as far as that is still known."""
    return queries.person_of_session(session.get("_user_id", ""))


def _what_stays(person: Person) -> dict[str, object]:
    """What the cookie goes on saying as somebody signs in: that a form of theirs waits here, and when it was their own
    before, the token of the pages that they still have open. Nothing of anybody else.
    """
    stays = interrupted_form.hand_over(person.id)
    if _before() == person.id and "csrf_token" in session:
        stays["csrf_token"] = session["csrf_token"]
    return stays


def is_signing_in() -> bool:
    """Whether somebody is signed in in this browser, or has only the second factor to come."""
    return current_user.is_authenticated or getattr(current_user, "is_awaiting_second_factor", False)


def go_on() -> Response:
    """On to where whoever is signed in was going, or to their second factor first."""
    path = own_path(request.args.get("next"))
    return redirect(path if current_user.is_authenticated else url_for("accounts.sign_in_code", next=path))  # type: ignore[return-value]  # werkzeug's response class


def overtaken() -> Response:
    """A form of signing in was open while somebody signed in in another tab, and its token is dead.

    Nothing that it asks is done. Whoever is signed in goes on, unless the form was somebody else's.
    """
    person, typed = current_user.person, request.form.get("email", "").strip().lower()
    if request.endpoint == "accounts.sign_out":
        not_done(f"You are still signed in as {person.name}. Select “Sign out” again.")
    elif typed and typed != person.email:
        flash(f"You are already signed in as {person.name}. To sign in as someone else, sign out first.")
    else:
        return redirect(request.full_path.rstrip("?"), 303)  # type: ignore[return-value]  # werkzeug's response class
    return redirect("/", 303)  # type: ignore[return-value]  # likewise


def _browser_cookie() -> str:
    """The name of the cookie that says this browser signed in before; __Host- where cookies need https."""
    return "__Host-known_browser" if current_app.config["SESSION_COOKIE_SECURE"] else "known_browser"


def known_browser() -> str:
    return request.cookies.get(_browser_cookie(), "")


def signed_out() -> Response:
    """Leave only cookies behind: a council's other sites have theirs, and one of ours knows the browser."""
    interrupted_form.remove_of_browser()
    logout_user()
    session.clear()
    response = redirect(url_for("accounts.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response  # type: ignore[return-value]  # werkzeug's response class
