"""A rep tells, the day after, whether their care took place and what it cost them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import CARE_OWN
from portal.core import clock
from portal.core.money import pounds
from portal.core.text import short_day_words
from portal.infra.guard import allows
from portal.infra.versions import EditConflict
from portal.infra.web.not_done import not_done
from portal.replacement_care.blueprint import bp
from portal.replacement_care.requests import actions, forms, queries
from portal.replacement_care.requests.rules import CANCELLED, NOT_HELD, TOLD
from portal.replacement_care.requests.views import not_taken, page_of
from portal.replacement_care.told import emailed_of

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest


@bp.post("/care/<uuid:request_id>/outcome")
@allows(CARE_OWN, one=queries.request)
def outcome(care: CareRequest) -> ResponseReturnValue:
    """The day after: did it take place, and did it cost the rep anything? An answer can be changed for a while."""
    form = forms.outcome_form(care, is_sent=True)
    if care.on_day > clock.today():
        not_done(f"You can tell us after {short_day_words(care.on_day)}.")
        return redirect(url_for("replacement_care.show", request_id=care.id))
    if care.was_not_arranged:
        not_done("Nobody arranged this care. You can tell us how you managed once your officer has said why.")
        return redirect(url_for("replacement_care.show", request_id=care.id))
    if not form.validate_on_submit():
        return page_of(care, form)
    thanks = _thanks(care, form.outcome())
    try:
        actions.end(care, form.version.data, form.outcome(), form.was_own_budget(), form.pence())
        flash(f"{thanks} {emailed_of(care)}")
    except EditConflict:
        if care.why_settled or care.status == CANCELLED:
            return not_taken(care, form)
        form.version.meet(care.version)
        return page_of(care, form)
    return redirect(url_for("replacement_care.show", request_id=care.id))


def _thanks(care: CareRequest, status: str) -> str:
    """For an answer, and what a change of it leaves to do."""
    if care.status not in TOLD:
        return "Thank you for telling us."
    if care.is_on_claim and status == NOT_HELD:
        paid = pounds(care.cost or 0)
        return f"Your answer has been changed. {paid} is still on your claim: remove it there if you did not pay it."
    return "Your answer has been changed."
