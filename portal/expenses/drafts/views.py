"""Deleting a claim that is not sent, on a page that says what goes; and having nothing to claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import CLAIMS_HELP, CLAIMS_OWN
from portal.boards import queries as board_queries
from portal.expenses.blueprint import bp
from portal.expenses.categories import BY_KEY
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import DRAFT
from portal.expenses.claims.views import SENT_MEANWHILE
from portal.expenses.drafts import actions
from portal.expenses.on_behalf import queries as on_behalf_queries
from portal.infra.forms import VersionForm
from portal.infra.guard import allows
from portal.infra.versions import EditConflict
from portal.infra.web.not_done import not_done

if TYPE_CHECKING:
    from portal.expenses.models import Claim

STAYS = "This claim has expenses in it. To remove all of them, delete the claim."


@bp.route("/claims/<uuid:claim_id>/delete", methods=["GET", "POST"])
@allows(CLAIMS_OWN, one=claims_queries.claim)
def delete_claim(claim: Claim) -> ResponseReturnValue:
    if claim.status != DRAFT or claim.sent_at:
        not_done(
            "This claim has been sent before, so it cannot be deleted. You can withdraw it until someone decides it."
        )
        return redirect(url_for("expenses.show", claim_id=claim.id))
    here = url_for("expenses.show", claim_id=claim.id)
    return _delete(claim, here, url_for("expenses.index"))


@bp.route("/claims-for-reps/<uuid:claim_id>/delete", methods=["GET", "POST"])
@allows(CLAIMS_HELP, one=on_behalf_queries.draft_for_rep)
def delete_claim_for_rep(draft: Claim) -> ResponseReturnValue:
    here, board = url_for("expenses.for_rep", claim_id=draft.id), board_queries.board_by_id(draft.board_id)
    return _delete(draft, here, url_for("expenses.for_reps", board=board.key))


def _delete(claim: Claim, here: str, then: str) -> ResponseReturnValue:
    """Say what goes, and delete it; `here` is the page of the claim."""
    form = VersionForm(version=claim.version)
    if form.validate_on_submit():
        try:
            actions.delete_draft(claim, form.version.data)
            flash("Claim deleted.")
            return redirect(then)
        except EditConflict:
            not_done(SENT_MEANWHILE)
            return redirect(here)
    lines = claims_queries.lines(claim.id)
    facts = {"lines": lines, "has_receipts": bool(claims_queries.receipts(claim.id)), "categories": BY_KEY}
    return render_template("expenses/drafts/delete.html", claim=claim, form=form, here=here, **facts)


@bp.post("/claims/<uuid:claim_id>/nothing")
@allows(CLAIMS_OWN, one=claims_queries.claim)
def nothing(claim: Claim) -> ResponseReturnValue:
    try:
        actions.nothing_to_claim(claim, VersionForm().version.data)
        flash("Thank you. We will not tell anyone.")
        return redirect(url_for("expenses.index"))
    except actions.NotEmpty:
        not_done(STAYS)
    except EditConflict:
        not_done(SENT_MEANWHILE)
    return redirect(url_for("expenses.show", claim_id=claim.id))
