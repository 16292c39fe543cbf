"""Approvers: payment runs, with what providers of care charge; by what finance knows people; and the books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import boards_for
from portal.access.permissions import CLAIMS_DECIDE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.emailed import who_words
from portal.core.text import day_words, short_day_words
from portal.corrections.rules import REASON_WORDS
from portal.expenses.blueprint import bp
from portal.expenses.paid_days import queries as paid_days
from portal.expenses.payments import actions, eyes, finance_file, finance_told, forms, new_payees, offers, queries
from portal.expenses.payments.offers import counted
from portal.expenses.payments.planned import mark_of, planned
from portal.expenses.policies.top_ups import top_ups
from portal.expenses.told import emailed_by_name
from portal.infra.documents.sheets import XLSX, csv_of_rows
from portal.infra.forms import Form, VersionForm
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict, held
from portal.infra.web import downloads
from portal.infra.web.not_done import not_done

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.expenses.payments.finance_file import FinanceFile
    from portal.expenses.payments.models import PaymentRun
    from portal.expenses.payments.offers import Offer

LONGEST_ADDRESS = 6000  # characters, with what is selected for a run: a web server takes 8 kB of one


@bp.route("/claims/payments", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE)
def payments() -> ResponseReturnValue:
    """Approved claims and invoices for care, to be chosen for runs; and the runs so far. A run is of one board.

    With ?total=1 what is selected is only added up, and with ?check=1 it is shown once more before it is paid.
    """
    found = offers.offers(viewer())
    form = forms.run_form(found)
    if "total" in request.args or not form.validate_on_submit():
        return _payments_page(form, found)
    chosen = form.chosen(found)
    if "check" in request.args:
        return _check_page(chosen)
    mark = mark_of(planned(chosen, viewer().id))
    if request.form.get("mark", mark) != mark:
        return _check_page(chosen, is_other=True)
    return _made(chosen)


def _check_page(chosen: Sequence[Offer], *, is_other: bool = False) -> str:
    """What is in a run, before it is made: a selection may be older than whoever made it remembers.

    `is_other` where something of it was changed after they read it.
    """
    runs = planned(chosen, viewer().id)
    return render_template(
        "expenses/payments/check_run.html",
        runs=runs,
        mark=mark_of(runs),
        is_other=is_other,
        payments=chosen,
        counted=counted(chosen),
        unknown=offers.without_reference(chosen),
        boards=boards_for(viewer(), CLAIMS_DECIDE),
        selection=url_for("expenses.payments", total=1),
    )


def _made(chosen: Sequence[Offer]) -> ResponseReturnValue:
    try:
        made = _make_runs(chosen)
    except EditConflict:
        found = offers.offers(viewer())
        form = forms.run_form(found)
        form.refuse("claims", forms.TAKEN)
        return _payments_page(form, found)
    if len(made) > 1:
        flash(f"{len(made)} payment runs have been made. {finance_told.told_of(made)}")
        return redirect(url_for("expenses.payments"))
    flash(f"Run {made[0].number} has been made. {finance_told.told_of(made)}")
    return redirect(url_for("expenses.run", run_id=made[0].id))


def _make_runs(chosen: Sequence[Offer]) -> list[PaymentRun]:
    return [
        actions.make_run(one.board_id, viewer().id, *offers.claims_and_invoices(one.offers))
        for one in planned(chosen, viewer().id)
    ]


def _payments_page(form: forms.RunForm, found: Sequence[Offer]) -> str:
    runs = queries.runs(viewer())
    return render_template(
        "expenses/payments/payments.html",
        form=form,
        offers=offers.by_board(found),
        chosen=form.chosen(found),
        counted=counted,
        runs=runs,
        sums=queries.run_sums(runs),
        paid_to={key: who_words(names) for key, names in queries.paid_in(runs).items()},
        boards=boards_for(viewer(), CLAIMS_DECIDE),
        others=eyes.left_to_others(viewer(), clock.today()),
        to_come=queries.invoices_to_come(viewer()),
    )


@bp.get("/payment-runs/<uuid:run_id>")
@allows(CLAIMS_DECIDE, one=queries.run_or_cancelled)
def run(run: PaymentRun) -> ResponseReturnValue:
    if run.reopened_at:
        return render_template("expenses/payments/cancelled_run.html", run=run)
    file = finance_file.finance_file(run)
    return _run_page(run, file, forms.opened_paid_form(clock.today(), file.unknown))


def _run_page(run: PaymentRun, file: FinanceFile, form: Form) -> str:
    corrected = {"corrections": paid_days.corrections_of(run), "reasons": REASON_WORDS}
    return render_template(
        "expenses/payments/run.html",
        run=run,
        file=file,
        holds=queries.run_sums([run])[run.id].counted,
        form=form,
        missing=file.without_reference,
        new_payees=new_payees.in_run(run),
        changed=[] if run.paid_on else queries.changed_invoices(run),
        columns=finance_file.COLUMNS,
        board=board_queries.board_by_id(run.board_id),
        why_not=eyes.why_not_paid(run, viewer().id),
        **corrected,
    )


def _to_page_of(run: PaymentRun) -> ResponseReturnValue:
    """A run that was cancelled, maybe in another tab: its page says when."""
    return redirect(url_for("expenses.run", run_id=run.id))


@bp.get("/payment-runs/<uuid:run_id>/run.csv")
@allows(CLAIMS_DECIDE, one=queries.run_or_cancelled)
def run_csv(run: PaymentRun) -> ResponseReturnValue:
    if run.reopened_at:
        return _to_page_of(run)
    return csv_of_rows(f"payment-run-{run.number}.csv", finance_file.finance_file(run).rows())


@bp.get("/payment-runs/<uuid:run_id>/run.xlsx")
@allows(CLAIMS_DECIDE, one=queries.run_or_cancelled)
def run_xlsx(run: PaymentRun) -> ResponseReturnValue:
    if run.reopened_at:
        return _to_page_of(run)
    content = finance_file.workbook(finance_file.finance_file(run))
    return downloads.as_file(content, XLSX, f"payment-run-{run.number}.xlsx")


@bp.post("/payment-runs/<uuid:run_id>/paid")
@allows(CLAIMS_DECIDE, one=queries.run_or_cancelled)
def paid(run: PaymentRun) -> ResponseReturnValue:
    if run.reopened_at:
        not_done("This run is not marked as paid. It has been cancelled.")
        return _to_page_of(run)
    file = finance_file.finance_file(run)
    form = forms.paid_form(run.created_at, queries.closed_until(run.board_id), file.unknown)
    if not form.validate_on_submit():
        return _run_page(run, file, form)
    try:
        actions.mark_paid(run, form.paid_on.data, viewer().id)
        flash(f"Run {run.number} has been marked as paid on {short_day_words(form.paid_on.data)}. {emailed_by_name()}")
    except actions.WrongDay as problem:
        form.refuse("paid_on", str(problem))
        return _run_page(run, file, form)
    except (actions.OwnClaim, actions.AnotherPays):
        not_done("This run is not marked as paid. Another approver must do that.")
    except EditConflict:
        not_done("This run has already been marked as paid, or cancelled.")
    return redirect(url_for("expenses.run", run_id=run.id))


@bp.route("/payment-runs/<uuid:run_id>/cancel", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE, one=queries.run_or_cancelled)
def cancel(run: PaymentRun) -> ResponseReturnValue:
    form = Form()
    if run.reopened_at:
        return _to_page_of(run)
    if run.paid_on:
        not_done("This run has been paid, so it cannot be cancelled.")
        return redirect(url_for("expenses.run", run_id=run.id))
    if form.validate_on_submit():
        try:
            actions.cancel(run)
        except EditConflict:
            not_done("Someone has paid or cancelled this run since you opened the page.")
            return redirect(url_for("expenses.run", run_id=run.id))
        told = finance_told.told_of_cancelled(run)
        flash(f"Run {run.number} has been cancelled. What was in it is back in the unpaid list. {told}")
        return redirect(url_for("expenses.payments"))
    found = queries.run_sums([run])[run.id]
    return render_template("expenses/payments/cancel_run.html", run=run, form=form, found=found)


@bp.route("/boards/<board>/payees", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE, one=board_queries.board)
def payees(board: Board) -> ResponseReturnValue:
    """By what finance knows each person who ever claimed, and each provider of care. Never an account number.

    ?selection=open comes from a payment run that is being put together, and brings what is selected there along, in
    an address to which a browser can go back; with ?selection=keep it goes back with it.
    """
    selection, is_opened = request.args.get("selection", ""), request.args.get("selection") == "open"
    if is_opened and request.method == "POST":
        ticked = _ticked()
        claims, anyway = ticked["claims"], ticked["all_the_same"]
        here = url_for("expenses.payees", board=board.key, selection="keep", claims=claims, all_the_same=anyway)
        if len(here) <= LONGEST_ADDRESS:
            return redirect(here, 303)
    form = _payees_form(held(board), is_opened=is_opened)
    if is_opened or not form.validate_on_submit():
        return render_template("expenses/payments/payees.html", board=board, form=form, **_selection(selection))
    actions.keep_payees(board.id, form.payee.data)
    flash("Payee references saved.")
    if selection:
        return redirect(url_for("expenses.payments", total=1), 307)  # the form goes along, with what is selected
    return redirect(url_for("expenses.payments"))


def _payees_form(board: Board, *, is_opened: bool) -> forms.PayeesForm:
    providers = [(key, f"{name} (care provider)") for key, name in queries.providers(board.id)]
    people = [*queries.claimants(board.id), *providers]
    return forms.payees_form(people, queries.payees(board.id), is_opened=is_opened)


def _selection(selection: str) -> dict[str, object]:
    """What is selected for a run meanwhile, to be carried along."""
    return {"has_selection": bool(selection), "selected": _ticked() if selection else {}}


def _ticked() -> dict[str, list[str]]:
    sent = request.form if request.method == "POST" else request.args
    return {name: sent.getlist(name) for name in ("claims", "all_the_same")}


@bp.get("/boards/<board>/books")
@allows(CLAIMS_DECIDE, one=board_queries.board)
def books(board: Board) -> ResponseReturnValue:
    """Which months are closed, and which claims a backdated policy would pay more."""
    closed = queries.closed_until(board.id)
    to_close = _last_month() if closed is None or closed < _last_month() else None
    return render_template(
        "expenses/payments/books.html", board=board, closed=closed, to_close=to_close, top_ups=top_ups(board.id)
    )


def _last_month() -> date:
    """Its last day."""
    return clock.today().replace(day=1) - timedelta(days=1)


@bp.route("/boards/<board>/books/close", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE, one=board_queries.board)
def close_books(board: Board) -> ResponseReturnValue:
    """What closing means, and a button that does it."""
    last, closed, form = _last_month(), queries.closed_until(board.id), VersionForm()
    if closed is not None and closed >= last:
        return redirect(url_for("expenses.books", board=board.key))
    if form.validate_on_submit():
        actions.close_period(board.id, last, viewer().id)
        flash(f"The books are closed up to {day_words(last)}.")
        return redirect(url_for("expenses.books", board=board.key))
    waiting = queries.unpaid_runs(board.id, last)
    return render_template("expenses/payments/close_books.html", board=board, last=last, form=form, waiting=waiting)


@bp.route("/boards/<board>/books/reopen", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE, one=board_queries.board)
def reopen_books(board: Board) -> ResponseReturnValue:
    """The way back for a month that was closed too early."""
    closed, form = queries.closed_until(board.id), VersionForm()
    if closed is None:
        return redirect(url_for("expenses.books", board=board.key))
    if form.validate_on_submit():
        try:
            actions.reopen_period(board.id, closed)
            flash(f"The books that were closed up to {day_words(closed)} are open again.")
        except EditConflict:
            not_done("Someone closed or opened the books just now. This is how it is now.")
        return redirect(url_for("expenses.books", board=board.key))
    return render_template("expenses/payments/reopen_books.html", board=board, closed=closed, form=form)
