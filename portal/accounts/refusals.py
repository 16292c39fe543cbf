"""Pages of what cannot be done at an account: not so often, not any more."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.accounts import actions, limits, mailed_links, pauses
from portal.accounts.blueprint import bp
from portal.accounts.views import dead_link
from portal.infra.web.errors import too_often
from portal.infra.web.interrupted_form import typed_now


@bp.app_errorhandler(limits.TooManyGuesses)
def _too_many(error: limits.TooManyGuesses) -> ResponseReturnValue:
    return too_often(error, "accounts/too_many_guesses.html")


@bp.app_errorhandler(limits.TooManyLinks)
def _too_many_links(error: limits.TooManyLinks) -> ResponseReturnValue:
    return too_often(error, "accounts/too_many_links.html")


@bp.app_errorhandler(pauses.TooManyCodes)
def _too_many_codes(error: pauses.TooManyCodes) -> ResponseReturnValue:
    return too_often(error, "accounts/too_many_codes.html")


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
