"""Approvers: payment runs, with what providers of care charge; by what finance knows people; and the books."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import boards_for
from portal.access.permissions import CLAIMS_DECIDE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.text import day_words, short_day_words
from portal.corrections.rules import REASON_WORDS
from portal.expenses.blueprint import bp
from portal.expenses.claims import queries as claims_queries
from portal.expenses.paid_days import queries as paid_days
from portal.expenses.payments import actions, finance_file, forms, queries
from portal.expenses.policies.top_ups import top_ups
from portal.infra.documents.sheets import csv_file
from portal.infra.forms import Form, VersionForm
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.expenses.models import Claim, PaymentRun
    from portal.replacement_care.models import CareRequest


@bp.route("/claims/payments", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE)
def payments() -> ResponseReturnValue:
    """Approved claims and invoices for care, to be chosen for a run; and the runs so far. A run is of one board."""
    found, form = queries.to_pay(viewer()), forms.RunForm()
    invoices = queries.invoices(viewer())
    both: list[Claim | CareRequest] = [*found, *invoices]
    form.claims.choices = [(str(one.id), "") for one in both]
    if form.validate_on_submit() and form.claims.data:
        wanted = [one for one in both if str(one.id) in form.claims.data]
        try:
            for board_id in {one.board_id for one in wanted}:
                mine = [one.id for one in found if one in wanted and one.board_id == board_id]
                theirs = [one for one in invoices if one in wanted and one.board_id == board_id]
                run = actions.make_run(board_id, viewer().id, mine, theirs)
            return redirect(url_for("expenses.run", run_id=run.id))
        except EditConflict:
            flash("Somebody put one of these claims into another run. Choose again.")
            return redirect(url_for("expenses.payments"))
    return render_template(
        "expenses/payments/payments.html",
        form=form,
        claims=found,
        invoices=invoices,
        totals=claims_queries.totals(one.id for one in found),
        runs=queries.runs(viewer()),
        boards=[(key, name) for _, key, name in boards_for(viewer(), CLAIMS_DECIDE)],
    )


@bp.get("/payment-runs/<uuid:run_id>")
@allows(CLAIMS_DECIDE, one=queries.run)
def run(run: PaymentRun) -> ResponseReturnValue:
    return _run_page(run, forms.PaidForm(formdata=None, paid_on=clock.today()))


def _run_page(run: PaymentRun, form: Form) -> str:
    rows = finance_file.payment_lines(run)
    total = sum(line.pence for line in rows)
    missing = [line.name for line in rows if not line.payee_reference]
    corrected = {"corrections": paid_days.corrections_of(run), "reasons": REASON_WORDS}
    return render_template(
        "expenses/payments/run.html", run=run, rows=rows, total=total, form=form, missing=missing, **corrected
    )


@bp.get("/payment-runs/<uuid:run_id>/run.csv")
@allows(CLAIMS_DECIDE, one=queries.run)
def run_csv(run: PaymentRun) -> ResponseReturnValue:
    rows = finance_file.in_pounds(finance_file.payment_lines(run))
    return csv_file(f"payment-run-{run.number}.csv", finance_file.COLUMNS, rows)


@bp.get("/payment-runs/<uuid:run_id>/run.xlsx")
@allows(CLAIMS_DECIDE, one=queries.run)
def run_xlsx(run: PaymentRun) -> ResponseReturnValue:
    response = Response(finance_file.workbook(finance_file.payment_lines(run)))
    response.mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response.headers.set("Content-Disposition", "attachment", filename=f"payment-run-{run.number}.xlsx")
    return response


@bp.post("/payment-runs/<uuid:run_id>/paid")
@allows(CLAIMS_DECIDE, one=queries.run)
def paid(run: PaymentRun) -> ResponseReturnValue:
    form = forms.PaidForm()
    if not form.validate_on_submit():
        return _run_page(run, form)
    try:
        actions.mark_paid(run, form.paid_on.data, viewer().id)
        flash(f"Run {run.number} is paid, on {short_day_words(form.paid_on.data)}. Everybody in it is told.")
    except actions.PeriodIsClosed:
        form.refuse("paid_on", "The books of this day are closed. Enter a later day")
        return _run_page(run, form)
    except actions.OwnClaim:
        flash("A claim of yours is in this run, so another approver marks it as paid.")
    except EditConflict:
        flash("This run was marked as paid before.")
    return redirect(url_for("expenses.run", run_id=run.id))


@bp.post("/payment-runs/<uuid:run_id>/reopen")
@allows(CLAIMS_DECIDE, one=queries.run)
def reopen(run: PaymentRun) -> ResponseReturnValue:
    try:
        actions.reopen(run)
        flash(f"Run {run.number} is gone. Its claims wait for another one.")
    except EditConflict:
        flash("This run is paid, so it stays as it is.")
        return redirect(url_for("expenses.run", run_id=run.id))
    return redirect(url_for("expenses.payments"))


@bp.route("/boards/<board>/payees", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE, one=board_queries.board)
def payees(board: Board) -> ResponseReturnValue:
    """By what finance knows each person who ever claimed. Never an account number."""
    form = forms.payees_form(queries.claimants(board.id), queries.payees(board.id))
    if form.validate_on_submit():
        actions.keep_payees(board.id, form.payee.data)
        flash("The payee references are kept.")
        return redirect(url_for("expenses.payments"))
    return render_template("expenses/payments/payees.html", board=board, form=form)


@bp.route("/boards/<board>/books", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE, one=board_queries.board)
def books(board: Board) -> ResponseReturnValue:
    """Close a month that is over, and see which claims a backdated policy would pay more."""
    closed, form = queries.closed_until(board.id), VersionForm()
    last = clock.today().replace(day=1) - timedelta(days=1)
    if (closed is None or closed < last) and form.validate_on_submit():
        actions.close_period(board.id, last, viewer().id)
        flash(f"The books are closed up to {day_words(last)}.")
        return redirect(url_for("expenses.books", board=board.key))
    found = top_ups(board.id)
    return render_template(
        "expenses/payments/books.html", board=board, closed=closed, last=last, form=form, top_ups=found
    )
