"""Approvers: what waits for a decision, deciding a line at a time, payment runs, and by what finance knows people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import CLAIMS_DECIDE
from portal.access.roles import APPROVER
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.text import day_words, short_day_words
from portal.expenses import deciding, forms, paying, payment_queries, queries
from portal.expenses.categories import BY_KEY
from portal.expenses.policy_views import bp as bp  # handed on to app.py
from portal.expenses.rules import STATUS_WORDS, changes
from portal.expenses.top_ups import top_ups
from portal.expenses.warnings import warnings_of
from portal.infra.guard import allows, asker
from portal.infra.sheets import csv_file
from portal.infra.versions import ChangedMeanwhile

MEANWHILE = "Somebody decided this claim, or the rep changed it, while you were here. This is how it is now."
COLUMNS = ("claim", "payee_reference", "name", "cost_code", "amount")


@bp.get("/claims/to-decide")
@allows(CLAIMS_DECIDE)
def to_decide() -> ResponseReturnValue:
    found = payment_queries.to_decide(asker())
    today = clock.today()
    waits = {one.id: (today - clock.london_day(one.sent_at)).days for one in found if one.sent_at}
    totals = queries.totals(one.id for one in found)
    return render_template("expenses/to_decide.html", claims=found, waits=waits, totals=totals)


@bp.route("/claims/<uuid:claim_id>/decide", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE, one=queries.claim)
def decide(claim: Any) -> ResponseReturnValue:
    form, lines, missing = forms.ButtonForm(version=claim.version), queries.lines(claim.id), ""
    if form.validate_on_submit():
        said, missing = forms.said_of_lines(request.form, lines)
        if not missing:
            try:
                status = deciding.decide(claim, form.version.data, asker().id, said)
                flash(f"{claim.reference}: {STATUS_WORDS[status].lower()}. {claim.person.name} is told.")
                return redirect(url_for("expenses.to_decide"))
            except ChangedMeanwhile:
                flash(MEANWHILE)
                return redirect(url_for("expenses.decide", claim_id=claim.id))
    return _page(claim, lines, missing)


def _page(claim: Any, lines: Any, missing: str = "", question: Any = None) -> str:
    return render_template(
        "expenses/decide.html",
        claim=claim,
        lines=lines,
        missing=missing,
        typed=request.form,
        receipts=queries.receipts(claim.id),
        warnings=warnings_of(claim, lines),
        changes=changes(claim.before_lines, claim.sent_lines),
        categories=BY_KEY,
        words=STATUS_WORDS,
        form=question or forms.QuestionForm(formdata=None, version=claim.version),
    )


@bp.post("/claims/<uuid:claim_id>/ask")
@allows(CLAIMS_DECIDE, one=queries.claim)
def ask(claim: Any) -> ResponseReturnValue:
    """Hand the claim back with a question."""
    form = forms.QuestionForm()
    if not form.validate_on_submit():
        return _page(claim, queries.lines(claim.id), question=form)
    try:
        deciding.ask(claim, form.version.data, asker().id, form.question.data)
        flash(f"{claim.person.name} is asked.")
    except ChangedMeanwhile:
        flash(MEANWHILE)
    return redirect(url_for("expenses.to_decide"))


@bp.route("/claims/payments", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE)
def payments() -> ResponseReturnValue:
    """Approved claims, to be chosen for a run; and the runs so far. A run is of one board."""
    found, form = payment_queries.to_pay(asker()), forms.RunForm()
    form.claims.choices = [(str(one.id), one.reference) for one in found]
    if form.validate_on_submit() and form.claims.data:
        wanted = [one for one in found if str(one.id) in form.claims.data]
        try:
            for board_id in {one.board_id for one in wanted}:
                mine = [one.id for one in wanted if one.board_id == board_id]
                run = paying.make_run(board_id, asker().id, mine)
            return redirect(url_for("expenses.run", run_id=run.id))
        except ChangedMeanwhile:
            flash("Somebody put one of these claims into another run. Choose again.")
            return redirect(url_for("expenses.payments"))
    return render_template(
        "expenses/payments.html",
        form=form,
        claims=found,
        totals=queries.totals(one.id for one in found),
        runs=payment_queries.runs(asker()),
        boards=[(key, name) for board_id, key, name in asker().boards if board_id in asker().boards_with(APPROVER)],
    )


@bp.get("/payment-runs/<uuid:run_id>")
@allows(CLAIMS_DECIDE, one=payment_queries.run)
def run(run: Any) -> ResponseReturnValue:
    return _run_page(run, forms.PaidForm(formdata=None, paid_on=clock.today()))


def _run_page(run: Any, form: Any) -> str:
    rows = _rows(run)
    total = sum(row[-1] for row in rows)
    missing = [row[2] for row in rows if not row[1]]
    return render_template("expenses/run.html", run=run, rows=rows, total=total, form=form, missing=missing)


def _rows(run: Any) -> list[tuple[str, str, str, str, int]]:
    """Each claim of a run: reference, payee reference, name, cost code, and approved pence."""
    claims = payment_queries.claims_in(run)
    totals, payees = queries.totals(one.id for one in claims), payment_queries.payees(run.board_id)
    policies = queries.policies(run.board_id)

    def code(day: Any) -> str:
        return next((one.cost_code for one in policies if one.from_on <= day), "")

    return [
        (
            one.reference,
            payees[one.person_id].reference if one.person_id in payees else "",
            one.person.name,
            code(one.happened_on),
            totals.get(one.id, (0, 0, 0))[2],
        )
        for one in claims
    ]


@bp.get("/payment-runs/<uuid:run_id>/run.csv")
@allows(CLAIMS_DECIDE, one=payment_queries.run)
def run_csv(run: Any) -> ResponseReturnValue:
    rows = [(*row[:-1], f"{row[-1] / 100:.2f}") for row in _rows(run)]
    return csv_file(f"payment-run-{run.number}.csv", COLUMNS, rows)


@bp.get("/payment-runs/<uuid:run_id>/run.xlsx")
@allows(CLAIMS_DECIDE, one=payment_queries.run)
def run_xlsx(run: Any) -> ResponseReturnValue:
    from portal.expenses.spreadsheet import workbook  # openpyxl is heavy

    response = Response(workbook(COLUMNS, _rows(run)))
    response.mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response.headers.set("Content-Disposition", "attachment", filename=f"payment-run-{run.number}.xlsx")
    return response


@bp.post("/payment-runs/<uuid:run_id>/paid")
@allows(CLAIMS_DECIDE, one=payment_queries.run)
def paid(run: Any) -> ResponseReturnValue:
    form = forms.PaidForm()
    if not form.validate_on_submit():
        return _run_page(run, form)
    try:
        paying.mark_paid(run, form.paid_on.data, asker().id)
        flash(f"Run {run.number} is paid, on {short_day_words(form.paid_on.data)}. Everybody in it is told.")
    except paying.PeriodIsClosed:
        form.refuse("paid_on", "The books of this day are closed. Enter a later day")
        return _run_page(run, form)
    except paying.OwnClaim:
        flash("A claim of yours is in this run, so another approver marks it as paid.")
    except ChangedMeanwhile:
        flash("This run was marked as paid before.")
    return redirect(url_for("expenses.run", run_id=run.id))


@bp.post("/payment-runs/<uuid:run_id>/reopen")
@allows(CLAIMS_DECIDE, one=payment_queries.run)
def reopen(run: Any) -> ResponseReturnValue:
    try:
        paying.reopen(run)
        flash(f"Run {run.number} is gone. Its claims wait for another one.")
    except ChangedMeanwhile:
        flash("This run is paid, so it stays as it is.")
        return redirect(url_for("expenses.run", run_id=run.id))
    return redirect(url_for("expenses.payments"))


@bp.route("/boards/<board>/payees", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE, one=board_queries.board)
def payees(board: Any) -> ResponseReturnValue:
    """By what finance knows each person who ever claimed. Never an account number."""
    people, form = payment_queries.claimants(board.id), forms.ButtonForm()
    if form.validate_on_submit():
        paying.keep_payees(board.id, forms.payee_references(request.form, [key for key, _ in people]))
        flash("The payee references are kept.")
        return redirect(url_for("expenses.payments"))
    known = payment_queries.payees(board.id)
    return render_template("expenses/payees.html", board=board, people=people, known=known, form=form)


@bp.route("/boards/<board>/books", methods=["GET", "POST"])
@allows(CLAIMS_DECIDE, one=board_queries.board)
def books(board: Any) -> ResponseReturnValue:
    """Close a month that is over, and see which claims a backdated policy would pay more."""
    closed, form = payment_queries.closed_until(board.id), forms.ButtonForm()
    last = clock.today().replace(day=1) - timedelta(days=1)
    if (closed is None or closed < last) and form.validate_on_submit():
        paying.close_period(board.id, last, asker().id)
        flash(f"The books are closed up to {day_words(last)}.")
        return redirect(url_for("expenses.books", board=board.key))
    found = top_ups(board.id)
    return render_template("expenses/books.html", board=board, closed=closed, last=last, form=form, top_ups=found)
