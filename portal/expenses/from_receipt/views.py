"""Adding an expense by its receipt: from the page of an empty claim, or a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import CLAIMS_OWN
from portal.expenses.blueprint import bp
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.checked import checked_files
from portal.expenses.claims.moved_on import not_kept
from portal.expenses.claims.rules import OPEN_TO_CHANGE
from portal.expenses.claims.with_receipts import save_with_receipts
from portal.expenses.from_receipt.forms import receipt_form
from portal.infra.guard import allows
from portal.infra.versions import EditConflict

if TYPE_CHECKING:
    from portal.expenses.models import Claim


@bp.route("/claims/<uuid:claim_id>/receipts/new", methods=["GET", "POST"])
@allows(CLAIMS_OWN, one=claims_queries.claim, body_limit="receipts_request_bytes")
def from_receipt(claim: Claim) -> ResponseReturnValue:
    here, form = url_for("expenses.show", claim_id=claim.id), receipt_form(claim)
    if claim.status not in OPEN_TO_CHANGE:
        return not_kept(claim, form, here) if form.is_submitted() else redirect(here)
    is_right, files = form.validate_on_submit(), checked_files(form) if form.is_submitted() else None
    if not is_right or files is None:
        return render_template("expenses/from_receipt/page.html", claim=claim, form=form, here=here)
    try:
        words = save_with_receipts(claim, form.once.data, form.typed_of(claim), files)
    except EditConflict:
        return not_kept(claim, form, here)
    if words:
        flash(words)
    return redirect(here)
