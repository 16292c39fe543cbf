"""The page on which somebody sees where they are signed in."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.permissions import ACCOUNT_OWN
from portal.accounts.blueprint import bp
from portal.accounts.sessions import actions, queries
from portal.accounts.sessions.rules import mark_of
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows, viewer


@bp.route("/account/sessions", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def sessions() -> ResponseReturnValue:
    form, this = ButtonForm(), current_user.session
    if form.validate_on_submit():
        flash(_end(request.form.get("session", "")))
        return redirect(url_for("accounts.sessions"))
    found = {mark_of(one.key): one for one in queries.live_sessions(viewer().id)}
    return render_template("accounts/sessions/sessions.html", sessions=found, this=this)


def _end(mark: str) -> str:
    """End the session behind a mark, or every other; what is said then."""
    if mark == "others":
        actions.end_others(current_user.session)
        return "You are signed out of every other browser."
    one = queries.session_marked(viewer().id, mark)
    if one is None or one.key == current_user.session.key:
        return "You were signed out there already."
    actions.end_elsewhere(one)
    return f"You are signed out there: {one.browser}."
