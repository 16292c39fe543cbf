"""Signing in and out, mailed links, and a person's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from markupsafe import Markup

from portal.access.permissions import ACCOUNT_OWN, PAPERS_READ, WORK_PHONE_OWN
from portal.accounts import actions, forms, queries, rules, second_factor
from portal.accounts.blueprint import bp
from portal.accounts.browser import go_on, is_signing_in, known_browser, overtaken, signed_out, welcome
from portal.accounts.passkeys import asking
from portal.core import clock
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows, awaiting_second_factor, by_link, guard_of, may, own_path, public, viewer
from portal.infra.web import interrupted_form
from portal.infra.web.links import read_token

if TYPE_CHECKING:
    from portal.accounts.models import MailedLink


def dead_link() -> str:
    """The page of a link that no longer works; that of an invitation says how it was answered, or sends a new one."""
    if not request.path.startswith("/invitation/"):
        return render_template("accounts/dead_link.html", form=None)
    read = read_token(rules.INVITATION, (request.view_args or {}).get("token", ""))
    link = queries.mailed_link(read[0]) if read else None
    if read and queries.is_accepted(*read):
        return render_template("accounts/invitation_used.html", link=link)
    if read and queries.is_declined(*read):
        return render_template("accounts/invitation_declined.html", link=link)
    return render_template("accounts/dead_link.html", form=forms.EmailForm(formdata=None))


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    if request.method == "GET" and is_signing_in():
        return go_on()
    form = forms.SignInForm()
    if form.validate_on_submit():
        if person := actions.check_password(form.email.data, form.password.data, known_browser()):
            return welcome(person)
        form.refuse("email", "The email address and password do not match. Try again, or get a link by email")
    next_path = own_path(request.args.get("next"))
    is_kept = next_path == url_for("accounts.carry_on") and interrupted_form.is_waiting()
    ended = queries.ended_session(session.get("_user_id", ""))
    options = asking.to_sign_in()
    return render_template(
        "accounts/sign_in.html", form=form, next=next_path, is_kept=is_kept, ended=ended, passkey_options=options
    )


@bp.route("/sign-in/code", methods=["GET", "POST"])
@awaiting_second_factor
def sign_in_code() -> ResponseReturnValue:
    person = current_user.person
    if not person.has_factor:
        return redirect(url_for("accounts.set_up_factor", next=own_path(request.args.get("next"))))
    form = forms.CodeForm()
    if form.validate_on_submit():
        if second_factor.pass_with(person, current_user.session, form.code.data, known_browser()):
            return redirect(own_path(request.args.get("next")))
        form.refuse("code", "That code is not right, or was used before. Wait for the next one and enter it")
    can_check_codes = second_factor.can_check_codes(person)
    return render_template("accounts/sign_in_code.html", form=form, can_check_codes=can_check_codes)


@bp.route("/sign-in/set-up-code", methods=["GET", "POST"])
@awaiting_second_factor
def set_up_factor() -> ResponseReturnValue:
    live = current_user.session
    if current_user.person.has_factor:
        return redirect(url_for("accounts.sign_in_code"))
    if not rules.may_set_up_factor(live.began_at, live.proved_at, clock.now()):
        return _prove(then=own_path(request.full_path.rstrip("?")))
    return _set_up_factor()


@bp.route("/account/second-factor", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def change_factor() -> ResponseReturnValue:
    if not rules.is_fresh(current_user.session.proved_at, clock.now()):
        return redirect(url_for("accounts.prove", next=request.path))
    return _set_up_factor()


def _set_up_factor() -> ResponseReturnValue:
    """Show a secret to be scanned; keep it once a code shows that it was, and show the recovery codes once."""
    person, form = current_user.person, forms.SetUpFactorForm()
    if form.validate_on_submit():
        entered = (form.offered.data or "", form.code.data)
        codes = second_factor.set_up(person, current_user.session, *entered, known_browser())
        if codes:
            return render_template("accounts/recovery_codes.html", codes=codes, next=own_path(request.args.get("next")))
        form.refuse("code", "That code is not right. Enter the six digits the app shows now")
    typed = request.form.get("offered", "")
    offered, readable, picture = second_factor.offered_again(person, typed) if typed else second_factor.offer(person)
    form.offered.data = offered
    qr = Markup(picture)  # noqa: S704 - made by segno from our own address
    return render_template("accounts/set_up_factor.html", form=form, readable=readable, picture=qr)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Public, because somebody half-way through signing in may want to stop there."""
    if live := getattr(current_user, "session", None):
        actions.end_session(live)
    response = signed_out()
    flash("You’ve signed out.")
    return response


@bp.post("/sign-out-everywhere")
@allows(ACCOUNT_OWN)
def sign_out_everywhere() -> ResponseReturnValue:
    actions.sign_out_everywhere(current_user.person.id)
    response = signed_out()
    flash("You have been signed out of every browser.")
    return response


@bp.route("/forgotten-password", methods=["GET", "POST"])
@public
def forgotten_password() -> ResponseReturnValue:
    form = forms.EmailForm()
    if form.validate_on_submit():
        actions.ask_for_link(rules.RESET, form.email.data, known_browser())
        return render_template("accounts/look_in_your_email.html", **rules.mailed_words(rules.RESET))
    return render_template("accounts/forgotten_password.html", form=form)


@bp.route("/sign-in/link/<token>", methods=["GET", "POST"])
@by_link(rules.SIGN_IN, lambda row, mark: queries.usable_link(rules.SIGN_IN, row, mark), dead_link)
def use_sign_in_link(link: MailedLink) -> ResponseReturnValue:
    form = ButtonForm()
    if form.validate_on_submit():
        return welcome(actions.use_sign_in_link(link), proved=False)
    return render_template("accounts/use_sign_in_link.html", form=form)


@bp.route("/reset/<token>", methods=["GET", "POST"])
@by_link(rules.RESET, lambda row, mark: queries.usable_link(rules.RESET, row, mark), dead_link)
def reset_password(link: MailedLink) -> ResponseReturnValue:
    form = forms.NewPasswordForm().of(link.person)
    if form.validate_on_submit():
        return welcome(actions.reset_password(link, form.password.data))
    return render_template("accounts/new_password.html", form=form, link=link, joining=False)


@bp.route("/new-email/<token>", methods=["GET", "POST"])
@by_link(rules.NEW_EMAIL, lambda row, mark: queries.usable_link(rules.NEW_EMAIL, row, mark), dead_link)
def confirm_new_email(link: MailedLink) -> ResponseReturnValue:
    form = ButtonForm()
    if form.validate_on_submit():
        actions.change_email(link)
        flash("Your email address has changed. Sign in with the new one.")
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/confirm_new_email.html", form=form, link=link)


@bp.route("/not-me/<token>", methods=["GET", "POST"])
@by_link(rules.UNDO_EMAIL, lambda row, mark: queries.usable_link(rules.UNDO_EMAIL, row, mark), dead_link)
def not_me(link: MailedLink) -> ResponseReturnValue:
    form = ButtonForm()
    if form.validate_on_submit():
        actions.put_email_back(link)
        done = "We’ve put your email address back, signed you out everywhere and removed any passkeys."
        flash(f"{done} Now choose a new password.")
        return redirect(url_for("accounts.forgotten_password"))
    return render_template("accounts/not_me.html", form=form, link=link)


@bp.get("/account")
@allows(ACCOUNT_OWN)
def account() -> ResponseReturnValue:
    return render_template("accounts/account.html", person=current_user.person)


@bp.route("/account/security", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def security() -> ResponseReturnValue:
    form = forms.ChangePasswordForm().of(current_user.person)
    if form.validate_on_submit() and _proves(form):
        actions.change_password(current_user.person, form.password.data, current_user.session.key)
        flash("Your password has changed. You’ve been signed out of your other browsers.")
        return redirect(url_for("accounts.account"))
    return render_template("accounts/security.html", form=form)


@bp.route("/account/email", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def change_email() -> ResponseReturnValue:
    form = forms.new_email_form(current_user.person)
    if form.validate_on_submit() and _proves(form):
        actions.ask_to_change_email(current_user.person, form.email.data)
        return render_template("accounts/confirm_by_email.html", email=form.email.data)
    return render_template("accounts/change_email.html", form=form)


@bp.route("/account/prove", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def prove() -> ResponseReturnValue:
    return _prove(then=own_path(request.args.get("next")))


def _prove(then: str) -> ResponseReturnValue:
    form = forms.ProveForm()
    if form.validate_on_submit() and _proves(form):
        actions.prove(current_user.session)
        return redirect(then)
    return render_template("accounts/prove.html", form=form, email=current_user.person.email)


def _proves(form: forms.ProveForm | forms.ChangePasswordForm | forms.NewEmailForm) -> bool:
    """Whether the password that holds now came with a form; however lately it was typed to sign in."""
    if actions.check_password(current_user.person.email, form.present_password.data, known_browser()):
        return True
    form.refuse("present_password", "That is not your password. Try again")
    return False


@bp.route("/account/notifications", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def notifications() -> ResponseReturnValue:
    form = forms.preferences_form(current_user.person, reads=may(PAPERS_READ))
    if form.validate_on_submit():
        actions.set_preferences(current_user.person, form.emails_wanted.data, form.pace(current_user.person))
        flash("Saved.")
        return redirect(url_for("accounts.account"))
    return render_template("accounts/notifications.html", form=form)


@bp.route("/carry-on", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def carry_on() -> ResponseReturnValue:
    if request.method == "POST":
        interrupted_form.remove_offered(viewer().id, request.form.get("form", type=UUID))
        flash("What you typed has been deleted.")
        return redirect(url_for("accounts.carry_on" if interrupted_form.offers_to(viewer().id) else "home.index"))
    offers = interrupted_form.offers_to(viewer().id)
    if not offers:
        interrupted_form.forget_mark()
    return render_template("accounts/carry_on.html", offers=offers)


@bp.errorhandler(CSRFError)
def _old_page(_error: CSRFError) -> ResponseReturnValue:
    """Where one signs in nothing is typed that could be lost; on the pages of an account there may be."""
    guard = guard_of(current_app._get_current_object(), request.endpoint or "")  # type: ignore[attr-defined]  # the app behind the proxy
    is_sign_in = guard not in (ACCOUNT_OWN, WORK_PHONE_OWN) and is_signing_in()
    return overtaken() if is_sign_in else interrupted_form.show_not_saved()
