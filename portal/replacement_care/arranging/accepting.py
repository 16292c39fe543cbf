"""Officers: saying yes to what a rep changed after it was arranged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import CARE_ARRANGE
from portal.core.money import pounds
from portal.infra.fields.money_field import pence_of
from portal.infra.guard import allows
from portal.infra.versions import EditConflict
from portal.infra.web.not_done import not_done
from portal.replacement_care.arranging.views import (
    ARRANGE,
    accept_form,
    changed_meanwhile,
    form_of,
    not_taken,
    over_limit,
    page_of,
)
from portal.replacement_care.blueprint import bp
from portal.replacement_care.requests import actions as requests_actions
from portal.replacement_care.requests import queries as requests_queries
from portal.replacement_care.requests.rules import OFFICER
from portal.replacement_care.requests.views import MEANWHILE
from portal.replacement_care.told import emailed_of

if TYPE_CHECKING:
    from portal.replacement_care.arranging.forms import AcceptForm
    from portal.replacement_care.models import CareRequest


@bp.post("/care/<uuid:request_id>/agree-times")
@allows(CARE_ARRANGE, one=requests_queries.request)
def agree_times(care: CareRequest) -> ResponseReturnValue:
    """The rep changed what they need, and it stays as arranged; other times may have a price of their own."""
    form = accept_form(care, is_sent=True)
    if care.to_agree != OFFICER:
        return not_taken(care, form)
    if not form.validate_on_submit():
        return page_of(care, form_of(care), accept=form)
    try:
        _accept(care, form)
    except EditConflict:
        if care.to_agree == OFFICER:
            return changed_meanwhile(care, form, accept=form)
        not_done(MEANWHILE)
    return redirect(url_for(ARRANGE, request_id=care.id))


def _accept(care: CareRequest, form: AcceptForm) -> None:
    """With the price typed; where none is, that of the earlier times stays, and it is said that it does."""
    price = pence_of(form.new_cost.data) if "new_cost" in form else None
    kept = care.earlier_price if price is None else None
    requests_actions.agree(care, form.version.data, OFFICER, **({"cost": price} if price is not None else {}))
    told = emailed_of(care)
    stays = f" The cost stays at {pounds(kept)}." if kept else ""
    flash(f"You have accepted the change.{stays}{over_limit(care)} {told}")
