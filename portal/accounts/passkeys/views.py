"""Signing in with a passkey, and the page of one's own."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.permissions import ACCOUNT_OWN
from portal.accounts import rules
from portal.accounts.blueprint import bp
from portal.accounts.browser import welcome
from portal.accounts.passkeys import actions, asking, queries
from portal.accounts.passkeys.forms import PasskeyForm
from portal.accounts.passkeys.rules import MOST
from portal.accounts.sessions.rules import browser_words
from portal.core import clock
from portal.infra.guard import allows, own_path, public, viewer
from portal.infra.web.not_done import not_done


@bp.post("/sign-in/passkey")
@public
def use_passkey() -> ResponseReturnValue:
    try:
        person = actions.person_with(request.form.get("credential", ""))
    except asking.NotAccepted:
        not_done("We could not sign you in with that passkey. Try again, or sign in another way.")
        return redirect(url_for("accounts.sign_in", next=own_path(request.args.get("next"))))
    return welcome(person, both_steps=True)


@bp.route("/account/passkeys", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def passkeys() -> ResponseReturnValue:
    if not rules.is_fresh(current_user.session.proved_at, clock.now()):
        return redirect(url_for("accounts.prove", next=request.path))
    form = PasskeyForm()
    if form.validate_on_submit():
        _add(form.credential.data or "")
        return redirect(url_for("accounts.passkeys"))
    found = queries.passkeys_of(viewer().id)
    options = asking.to_add(current_user.person) if len(found) < MOST else ""
    return render_template("accounts/passkeys/passkeys.html", form=form, passkeys=found, options=options, most=MOST)


def _add(answer: str) -> None:
    try:
        actions.add(current_user.person, current_user.session, answer, browser_words(request.user_agent.string))
    except asking.NotAccepted:
        not_done("The passkey was not added. Try again.")
    else:
        flash("Passkey added. You can sign in with it from now on. You’ve been signed out of your other browsers.")


@bp.post("/account/passkeys/remove")
@allows(ACCOUNT_OWN)
def remove_passkey() -> ResponseReturnValue:
    if not rules.is_fresh(current_user.session.proved_at, clock.now()):
        return redirect(url_for("accounts.prove", next=url_for("accounts.passkeys")))
    name = actions.remove(current_user.person, request.form.get("passkey", type=UUID))
    if name:
        flash(f"Passkey removed: {name}. Delete it on your phone or computer too.")
    else:
        not_done("That passkey was removed already.")
    return redirect(url_for("accounts.passkeys"))
