"""A board's policy of care, which every member can read, and the providers it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import BOARDS_READ, CARE_POLICY_WRITE, PROVIDERS_WRITE
from portal.boards import queries as board_queries
from portal.infra.guard import allows
from portal.infra.versions import EditConflict, held
from portal.replacement_care.blueprint import bp
from portal.replacement_care.policy import actions, forms, queries
from portal.replacement_care.requests.rules import ARRANGED_BY, LEAD_DAYS, TEXT_DAYS

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.replacement_care.models import CareProvider


CHANGED = "This was changed since you opened this page. Select Save again to replace it with yours"


@bp.get("/boards/<board>/care-policy")
@allows(BOARDS_READ, one=board_queries.board)
def policy(board: Board) -> ResponseReturnValue:
    found = queries.policy(board.id)
    return render_template(
        "replacement_care/policy/policy.html", board=board, policy=found, arranged_by=dict(ARRANGED_BY)
    )


@bp.route("/boards/<board>/care-policy/change", methods=["GET", "POST"])
@allows(CARE_POLICY_WRITE, one=board_queries.board)
def write_policy(board: Board) -> ResponseReturnValue:
    form = forms.policy_form(queries.policy(board.id), LEAD_DAYS, TEXT_DAYS)
    if form.validate_on_submit():
        try:
            actions.keep_policy(board, form.version.data, form.typed())
            flash("Policy saved. Everyone can read it.")
            return redirect(url_for("replacement_care.policy", board=board.key))
        except EditConflict:
            found = queries.policy(board.id)
            form.version.meet(found.version if found else 1)
    return render_template("replacement_care/policy/write_policy.html", form=form, board=board)


@bp.route("/boards/<board>/care-providers", methods=["GET", "POST"])
@allows(PROVIDERS_WRITE, one=board_queries.board)
def providers(board: Board) -> ResponseReturnValue:
    form = forms.provider_form(None, LEAD_DAYS)
    if form.validate_on_submit():
        actions.keep_provider(board.id, None, form.typed())
        flash(f"{form.name.data} is now in the list.")
        return redirect(url_for("replacement_care.providers", board=board.key))
    found = queries.providers(board.id)
    return render_template("replacement_care/policy/providers.html", form=form, board=board, providers=found)


@bp.route("/care-providers/<uuid:provider_id>/change", methods=["GET", "POST"])
@allows(PROVIDERS_WRITE, one=queries.provider)
def change_provider(provider: CareProvider) -> ResponseReturnValue:
    board, form = board_queries.board_by_id(provider.board_id), forms.provider_form(held(provider), LEAD_DAYS)
    if form.validate_on_submit():
        actions.keep_provider(board.id, provider, form.typed())
        flash("Saved.")
        return redirect(url_for("replacement_care.providers", board=board.key))
    return render_template("replacement_care/policy/change_provider.html", form=form, board=board, provider=provider)


@bp.post("/care-providers/<uuid:provider_id>/close")
@allows(PROVIDERS_WRITE, one=queries.provider)
def close_provider(provider: CareProvider) -> ResponseReturnValue:
    actions.close_provider(provider)
    flash(f"{provider.name} is no longer in the list.")
    return redirect(url_for("replacement_care.providers", board=board_queries.board_by_id(provider.board_id).key))
