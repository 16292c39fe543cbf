"""Large uploads are for people we know: of anybody else's nothing is read but its first lines."""

from __future__ import annotations

from flask import g, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.infra.database import db, will_write
from portal.infra.web.signed_in import people

ORDINARY_REQUEST_BYTES = 4 * 1024 * 1024  # what anybody may send


def refused_unread() -> ResponseReturnValue | None:
    """A page in answer to a large upload with which no session comes, before any of its body is read; else None."""
    if not _is_large() or _comes_from_somebody():
        return None
    return render_template("errors/sign_in_to_send.html"), 401


def _is_large() -> bool:
    """Whether it says that it is, or does not say how long it will be."""
    length = request.content_length
    return length > ORDINARY_REQUEST_BYTES if length is not None else "Transfer-Encoding" in request.headers


def _comes_from_somebody() -> bool:
    """Whether a session comes with it: a live one, or one that ran out a while ago, as what was typed in it is kept
    for its person (interrupted_form.py). The password alone is not enough where a second factor is to come.

    Nothing of the database is held while the body arrives, and who is asking is found out again after that.
    """
    token = will_write.set(False)
    try:
        if current_user.is_authenticated:
            return True
        if getattr(current_user, "is_awaiting_second_factor", False):
            return False
        return "_user_id" in session and people().person_of_session(session["_user_id"]) is not None
    finally:
        db.session.rollback()
        will_write.reset(token)
        g.pop("_login_user", None)
