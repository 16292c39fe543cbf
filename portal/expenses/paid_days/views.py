"""Approvers and administrators correct the day on which a run was paid."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import CLAIMS_DECIDE, PAYMENTS_CORRECT
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.clock import london_day
from portal.core.text import date_words
from portal.corrections.rules import RowPage
from portal.expenses.blueprint import bp
from portal.expenses.paid_days import actions, forms, queries
from portal.expenses.paid_days.rules import problem_with_day
from portal.expenses.payments.eyes import why_not_paid
from portal.expenses.payments.queries import closed_until
from portal.expenses.told import emailed_by_name
from portal.infra.guard import allows, viewer
from portal.infra.versions import held
from portal.infra.web.not_done import not_done

if TYPE_CHECKING:
    from datetime import date

    from portal.expenses.payments.models import PaymentRun


def _problem(run: PaymentRun, day: date) -> str:
    facts = (london_day(run.created_at), queries.last_sent_on(run), closed_until(run.board_id), clock.today())
    return problem_with_day(day, run.paid_on or clock.today(), *facts)


@bp.route("/payment-runs/<uuid:run_id>/correct", methods=["GET", "POST"])
@allows(PAYMENTS_CORRECT, one=queries.run_to_correct)
def correct_run(run: PaymentRun) -> ResponseReturnValue:
    held(run)
    back_to = _back_to(run)
    if run.reopened_at:
        not_done(
            f"Payment run {run.number} was cancelled on {date_words(london_day(run.reopened_at))}, before it was paid."
        )
        return redirect(back_to)
    if run.paid_on is None:
        not_done("This run is not paid yet, so there is nothing to correct.")
        return redirect(back_to)
    if why_not := why_not_paid(run, viewer().id):
        not_done(why_not.to_correct)
        return redirect(back_to)
    now = f"paid on {date_words(run.paid_on)}"
    form = forms.day_form(now, partial(_problem, run))
    if form.validate_on_submit():
        actions.correct_day(run, form.paid_on.data, viewer().id, form.reason.data, form.line.data or "")
        flash(f"Corrected. {emailed_by_name()}")
        return redirect(back_to)
    told = queries.told(run, viewer().id)
    page = RowPage("Correct the payment day", f"Payment run {run.number}.", now, told, back_to, "Back")
    return render_template("corrections/correct_row.html", form=form, page=page)


def _back_to(run: PaymentRun) -> str:
    """The run, for those who may see it; the board, for administrators."""
    if can(viewer(), CLAIMS_DECIDE, run):
        return url_for("expenses.run", run_id=run.id)
    return url_for("boards.show", board=board_queries.board_by_id(run.board_id).key)
