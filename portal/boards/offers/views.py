"""Where somebody reads what boards offer them, and accepts or declines it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.access.permissions import ACCOUNT_OWN
from portal.access.roles import ROLE_NAMES, WHAT_ROLES_DO
from portal.boards.blueprint import bp
from portal.boards.offers import actions, queries
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows, viewer

if TYPE_CHECKING:
    from portal.boards.offers.queries import Offer


@bp.route("/account/invitations", methods=["GET", "POST"])
@allows(ACCOUNT_OWN)
def offers() -> ResponseReturnValue:
    form, found = ButtonForm(), {str(one.id): one for one in queries.offers_to(viewer().id)}
    if form.validate_on_submit():
        flash(_answer(found))
        return redirect(url_for("home.index"))
    words = {"names": ROLE_NAMES, "what_roles_do": WHAT_ROLES_DO}
    accepted = queries.accepted_by(viewer().id).values()
    return render_template("boards/offers/offers.html", offers=found.values(), accepted=accepted, **words)


def _answer(found: Mapping[str, Offer]) -> str:
    """Accept or decline one of these; what is said then."""
    accepted, declined = (found.get(request.form.get(name, "")) for name in ("accept", "decline"))
    if accepted:
        actions.accept(accepted, current_user.session.key)
        return f"You have accepted the invitation from {accepted.offered_by.name}."
    if declined:
        actions.decline(declined)
        return f"You have declined the invitation from {declined.offered_by.name}."
    before = queries.accepted_by(viewer().id)
    for name in ("accept", "decline"):
        if (key := request.form.get(name, type=UUID)) in before:
            return f"You have already accepted the invitation from {before[key][0]}."
    return "That invitation has ended or was withdrawn."
