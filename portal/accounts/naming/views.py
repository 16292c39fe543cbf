"""The page on which somebody says what they like to be called."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.permissions import ACCOUNT_OWN
from portal.accounts.blueprint import bp
from portal.accounts.naming import actions, forms
from portal.infra.guard import allows


@bp.route("/account/name", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def known_as() -> ResponseReturnValue:
    person = current_user.person
    form = forms.known_as_form(person)
    if form.validate_on_submit():
        actions.set_known_as(person, form.known_as.data)
        flash(f"We will call you {person.called}.")
        return redirect(url_for("accounts.account"))
    return render_template("accounts/known_as.html", form=form, name=person.name)
