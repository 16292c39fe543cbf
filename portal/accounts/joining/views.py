"""What the link of an invitation opens: joining, declining, and a new one where it ran out.

Whoever has an account answers signed in to it: see portal/boards/offers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import actions, forms, invitations, queries, rules
from portal.accounts.blueprint import bp
from portal.accounts.browser import known_browser, welcome
from portal.accounts.naming import actions as naming_actions
from portal.accounts.views import dead_link
from portal.infra.guard import by_link, public

if TYPE_CHECKING:
    from portal.accounts.models import MailedLink


@bp.route("/invitation/<token>", methods=["GET", "POST"])
@by_link(rules.INVITATION, lambda row, mark: queries.usable_link(rules.INVITATION, row, mark), dead_link)
def accept_invitation(link: MailedLink) -> ResponseReturnValue:
    if queries.is_offer(link.person):
        return redirect(url_for("boards.offers"))
    form = forms.join_form(link.person)
    if form.validate_on_submit():
        person = invitations.accept_invitation(link, form.password.data)
        naming_actions.set_known_as(person, form.known_as.data)
        return welcome(person)
    return render_template("accounts/new_password.html", form=form, link=link, joining=True)


@bp.post("/invitation/<token>/decline")
@by_link(rules.INVITATION, lambda row, mark: queries.usable_link(rules.INVITATION, row, mark), dead_link)
def decline_invitation(link: MailedLink) -> ResponseReturnValue:
    if queries.is_offer(link.person):
        return redirect(url_for("boards.offers"))
    invitations.decline_by_link(link)
    return render_template("accounts/declined.html", link=link)


@bp.route("/invitation/again", methods=["GET", "POST"])
@public
def invitation_again() -> ResponseReturnValue:
    """A new invitation for whoever has one that ran out. Says the same whoever asks."""
    form = forms.EmailForm()
    if form.validate_on_submit():
        actions.ask_for_link(rules.INVITATION, form.email.data, known_browser())
        lasts = rules.mailed_words(rules.SIGN_IN)["lasts"]
        return render_template("accounts/new_invitation_asked.html", days=rules.INVITATION_DAYS, lasts=lasts)
    return render_template("accounts/invitation_again.html", form=form)
