"""The page on which staff give their work phone number."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.permissions import WORK_PHONE_OWN
from portal.accounts.blueprint import bp
from portal.accounts.work_phones import actions, forms
from portal.infra.guard import allows


@bp.route("/account/work-phone", methods=["GET", "POST"])
@allows(WORK_PHONE_OWN)
def work_phone() -> ResponseReturnValue:
    person = current_user.person
    form = forms.WorkPhoneForm(work_phone=person.work_phone)
    if form.validate_on_submit():
        actions.set_work_phone(person, form.work_phone.data)
        flash("Your work phone number is saved." if person.work_phone else "Your work phone number is removed.")
        return redirect(url_for("accounts.account"))
    return render_template("accounts/work_phone.html", form=form)
