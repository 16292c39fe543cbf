"""A page of a claim that lay open while the claim was sent, decided or changed on another screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.expenses.claims import forms
from portal.expenses.claims.rules import NOTHING, OPEN_TO_CHANGE, SENT, WITHDRAWN
from portal.infra.forms import Form
from portal.infra.web.moved_on import not_saved

if TYPE_CHECKING:
    from portal.expenses.categories import Category
    from portal.expenses.models import Claim

CHANGED_WORDS = "This claim was changed on another screen while you were here."
DECIDED_WORDS = "This claim has been decided, so it cannot be changed."
CLOSED_WORDS = {
    SENT: "This claim had been sent already, so it cannot be changed. If it is wrong, you can withdraw it.",
    WITHDRAWN: "This claim had been withdrawn.",
    NOTHING: "You had told us that you have no expenses for this.",
}


def not_open(claim: Claim, category: Category | None) -> ResponseReturnValue:
    """The claim, which can be changed no longer; a line that was sent to it is shown, as it is not saved."""
    here = url_for("expenses.show", claim_id=claim.id)
    if request.method == "GET" or category is None:
        return redirect(here)
    return not_kept(claim, forms.line_form(category, None, claim.happened_on), here)


def not_kept(claim: Claim, form: Form, here: str) -> ResponseReturnValue:
    """What was typed, and why it is not saved; `here` is the page of the claim."""
    is_open = claim.status in OPEN_TO_CHANGE
    why = CHANGED_WORDS if is_open else CLOSED_WORDS.get(claim.status, DECIDED_WORDS)
    return not_saved(f"What you sent was not saved. {why}", here, "See the claim as it is now", form)
