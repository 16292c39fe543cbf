"""The page that stays open while an email is fetched."""

from __future__ import annotations

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import forms, rules
from portal.accounts.blueprint import bp
from portal.accounts.browser import known_browser, welcome
from portal.accounts.link_codes import actions
from portal.infra.guard import own_path, public

WRONG = "That code is not right. Check the newest email from us, or use the link in it"


@bp.route("/sign-in/by-email", methods=["GET", "POST"])
@public
def sign_in_by_email() -> ResponseReturnValue:
    form, next_path = forms.EmailForm(), own_path(request.args.get("next"))
    if form.validate_on_submit():
        actions.ask(form.email.data, known_browser())
        return redirect(url_for("accounts.code_by_email", next=next_path))
    return render_template("accounts/sign_in_by_email.html", form=form, next=next_path)


@bp.route("/sign-in/by-email/code", methods=["GET", "POST"])
@public
def code_by_email() -> ResponseReturnValue:
    if actions.WORD not in session:  # nobody has asked in this browser since somebody signed in
        return redirect(url_for("accounts.sign_in_by_email"))
    form = forms.EmailedCodeForm()
    if form.validate_on_submit():
        if person := actions.person_with(form.code.data, known_browser()):
            return welcome(person, proved=False)
        form.refuse("code", WRONG)
    return render_template("accounts/code_by_email.html", form=form, **rules.mailed_words(rules.SIGN_IN))
