"""Friendly pages for everything that goes wrong; none of them needs the database."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from obstore.exceptions import BaseError as StoreError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.core import clock
from portal.core.budgets import seconds_until, wait_words
from portal.infra.alarms import alarm
from portal.infra.guard import to_sign_in
from portal.infra.logs import fault
from portal.infra.sealed import CannotOpen
from portal.infra.storage.files import Damaged
from portal.infra.unit_of_work import abandon
from portal.infra.web.counts import TooOften
from portal.infra.web.interrupted_form import Typed, show_not_saved, typed_now
from portal.infra.web.signed_in import is_known_to_be_signed_in

PAGES = (400, 403, 404, 405, 413, 429, 500, 503)
A_MINUTE = timedelta(minutes=1)


def show_friendly_pages(app: Flask) -> None:
    app.register_error_handler(HTTPException, _known)
    app.register_error_handler(SecurityError, _unknown_host)
    app.register_error_handler(CSRFError, _no_token)
    app.register_error_handler(TooOften, too_often)
    app.register_error_handler(OperationalError, _away)
    app.register_error_handler(StoreError, _away)
    app.register_error_handler(Damaged, _damaged)
    app.register_error_handler(RecursionError, _too_deep)
    app.register_error_handler(CannotOpen, _sealed)
    app.register_error_handler(Exception, _unknown)


def _known(error: HTTPException) -> ResponseReturnValue:
    if error.code == 401:
        return to_sign_in()
    if error.code is None or error.code < 400:
        return error  # a redirect of werkzeug's own
    code = error.code if error.code in PAGES else 400 if error.code < 500 else 500
    if code == 429:
        return too_often(TooOften(clock.now() + A_MINUTE))
    headers = {"Retry-After": "60"} if code == 503 else {}
    return render_template(f"errors/{code}.html", typed=_typed_for(code)), code, headers


def _typed_for(code: int) -> Typed | None:
    """What was sent to something that is gone, or no longer its sender's: only whoever is signed in gets it back."""
    return typed_now() if code == 404 and request.method == "POST" and is_known_to_be_signed_in() else None


def too_often(error: TooOften, page: str = "errors/429.html", **facts: object) -> ResponseReturnValue:
    """A page that says when to try again, in words and in its header."""
    now = clock.now()
    wait = wait_words(error.until, now)
    headers = {"Retry-After": str(seconds_until(error.until, now))}
    return render_template(page, wait=wait, **facts), 429, headers


def _unknown_host(_error: SecurityError) -> ResponseReturnValue:
    """Without a host of ours no address can be made, so no page either."""
    return Response("This is not an address of the portal.", 400, mimetype="text/plain")


def _no_token(_error: CSRFError) -> ResponseReturnValue:
    """Nothing is kept: the page may be of somebody else than the cookie."""
    return show_not_saved()


def _away(error: Exception) -> ResponseReturnValue:
    """The database or the store of files is away, or its disk is full: it may work again in a minute."""
    fault("away", error)
    abandon()
    _forget_who_is_asking()
    return render_template("errors/503.html"), 503, {"Retry-After": "60"}


def _too_deep(error: RecursionError) -> ResponseReturnValue:
    """Lists in lists in lists: no form of ours sends that."""
    fault(request.endpoint or "request", error)
    abandon()
    return render_template("errors/400.html"), 400


def _damaged(error: Damaged) -> ResponseReturnValue:
    """A stored file is gone, or is not what was written: nothing of it was handed out, and no download is on record."""
    alarm("a stored file is damaged")
    fault(request.endpoint or "request", error)
    abandon()
    _forget_who_is_asking()
    return render_template("errors/file_damaged.html"), 500


def _sealed(error: Exception) -> ResponseReturnValue:
    """What a page needs is sealed, and none of the keys opens it: the operator may still find the one that does."""
    fault(request.endpoint or "sealed", error)
    abandon()
    return render_template("errors/cannot_open.html"), 503


def _unknown(error: Exception) -> ResponseReturnValue:
    fault(request.endpoint or "request", error)
    abandon()
    _forget_who_is_asking()
    return render_template("errors/500.html"), 500


def _forget_who_is_asking() -> None:
    """An error page is drawn for nobody and about nothing in particular: finding these out may be what failed."""
    g._login_user = AnonymousUserMixin()
    g.pop("board_of_thing", None)
