"""Pages of what cannot be done at an account: not so often, not any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.accounts import actions, forms, limits, mailed_links, pauses
from portal.accounts.blueprint import bp
from portal.accounts.views import dead_link
from portal.infra.forms import Form
from portal.infra.web.errors import too_often
from portal.infra.web.interrupted_form import typed_now
from portal.infra.web.pages import PageFacts

ASKED_AGAIN: Mapping[str, tuple[Callable[[], Form], str]] = {  # forms with an address, and their buttons
    "accounts.sign_in": (forms.SignInForm, "Sign in"),
    "accounts.sign_in_by_email": (forms.EmailForm, "Send me an email"),
    "accounts.forgotten_password": (forms.EmailForm, "Send me a link"),
    "accounts.invitation_again": (forms.EmailForm, "Send me a new invitation"),
    "accounts.change_email": (lambda: forms.new_email_form(current_user.person), "Send the link"),
}


def _typed_again() -> PageFacts:
    """The same form for later, with the address in it that was typed; a password is typed anew."""
    make, button_words = ASKED_AGAIN.get(request.endpoint or "", (None, ""))
    address = request.full_path.rstrip("?")
    return {"form": make(), "button_words": button_words, "address": address} if make else {}


@bp.app_errorhandler(limits.TooManyGuesses)
def _too_many(error: limits.TooManyGuesses) -> ResponseReturnValue:
    return too_often(error, "accounts/too_many_guesses.html", **_typed_again())


@bp.app_errorhandler(limits.TooManyLinks)
def _too_many_links(error: limits.TooManyLinks) -> ResponseReturnValue:
    return too_often(error, "accounts/too_many_links.html", **_typed_again())


@bp.app_errorhandler(pauses.TooManyCodes)
def _too_many_codes(error: pauses.TooManyCodes) -> ResponseReturnValue:
    return too_often(error, "accounts/too_many_codes.html")


@bp.app_errorhandler(limits.TooManyCodesOfEmail)
def _too_many_codes_of_email(error: limits.TooManyCodesOfEmail) -> ResponseReturnValue:
    return too_often(error, "accounts/too_many_codes_of_email.html")


@bp.app_errorhandler(limits.TooManyInvitations)
def _too_many_invitations(error: limits.TooManyInvitations) -> ResponseReturnValue:
    """All that would have been done with them is undone, and what was typed is shown."""
    return too_often(error, "accounts/too_many_invitations.html", typed=typed_now())


@bp.app_errorhandler(actions.AddressTaken)
def _address_taken(_error: actions.AddressTaken) -> ResponseReturnValue:
    return render_template("accounts/address_taken.html"), 409


@bp.app_errorhandler(mailed_links.AlreadyTaken)
def _already_taken(_error: mailed_links.AlreadyTaken) -> ResponseReturnValue:
    return dead_link(), 409
