"""What expenses come to: a board's page of figures, and all boards' for the coordinator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import reach
from portal.access.permissions import CLAIMS_FIGURES, CLAIMS_OWN
from portal.boards import queries as board_queries
from portal.boards.joined import compared
from portal.core import clock
from portal.core.late import by_quarter_recorded
from portal.core.nothing import EMPTY, WITHHELD, cell
from portal.core.text import short_number
from portal.corrections import queries as corrections
from portal.expenses.blueprint import bp
from portal.expenses.figures import charts, queries
from portal.expenses.paid_days.rules import PAYMENT_DAY
from portal.expenses.policies import queries as policies_queries
from portal.infra.documents.sheets import csv_file
from portal.infra.guard import allows, viewer
from portal.infra.web.pages import PageFacts

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.expenses.models import ExpensePolicy


def pence(amount: int | None) -> str:
    """An amount for a sheet, or the word that it is withheld."""
    return cell(None if amount is None else f"{amount / 100:.2f}", WITHHELD)


@bp.get("/claims/year.csv")
@allows(CLAIMS_OWN)
def own_year_csv() -> ResponseReturnValue:
    rows = queries.own_year(viewer().id, clock.today())
    columns = ("expense", "claimed", "covered", "approved", "paid", "not_covered", "not_approved", "waiting")
    return csv_file(
        "my-claims.csv",
        columns,
        [(r.words, *map(pence, _amounts(r))) for r in rows],
    )


def _amounts(year: queries.OwnYear) -> tuple[int, ...]:
    return year.cost, year.covered, year.approved, year.paid, year.not_covered, year.declined, year.waiting


@bp.get("/boards/<board>/expenses")
@allows(CLAIMS_FIGURES, one=board_queries.board, see=CLAIMS_FIGURES)
def board_figures(board: Board) -> ResponseReturnValue:
    today = clock.today()
    nothing, lines = (queries.NO_DAYS, queries.NO_DAYS), queries.approved_lines(board.id, today)
    decided, paid = queries.days_by_board([board.id], today).get(board.id, nothing)
    policy, asked = policies_queries.policy_on(board.id, today), queries.after_meetings(board.id, today)
    return render_template(
        "expenses/figures/figures.html",
        board=board,
        policy=policy,
        of_days=charts.of_days(decided, paid, policy.pay_days if policy else None),
        of_totals=charts.of_totals,
        of_asked=charts.of_asked(asked),
        decided=decided,
        decisions=by_quarter_recorded(queries.decisions(board.id, today)),
        paid=paid,
        invoices=queries.invoices_paid([board.id], today).get(board.id, 0),
        by_one=queries.paid_by_one([board.id], today).get(board.id, 0),
        what_by_one=queries.BY_ONE,
        months=queries.totals_by_month(lines, today),
        categories=queries.totals_by_category(lines),
        newer=queries.approved_this_month(board.id, today),
        asked=asked,
        definition=queries.DEFINITION,
        not_shown=queries.NOT_SHOWN_HERE,
        corrected=corrections.rows_by_month(board.id, PAYMENT_DAY),
    )


@bp.get("/boards/<board>/expenses.csv")
@allows(CLAIMS_FIGURES, one=board_queries.board, see=CLAIMS_FIGURES)
def board_figures_csv(board: Board) -> ResponseReturnValue:
    today = clock.today()
    lines = queries.approved_lines(board.id, today)
    by_month = [("month", one.name, pence(one.pence)) for one in queries.totals_by_month(lines, today)]
    by_category = [("expense", one.name, pence(one.pence)) for one in queries.totals_by_category(lines)]
    by_one = queries.paid_by_one([board.id], today).get(board.id, 0)
    nothing = (queries.NO_DAYS, queries.NO_DAYS)
    decided, paid = queries.days_by_board([board.id], today).get(board.id, nothing)
    quarters = by_quarter_recorded(queries.decisions(board.id, today))
    rows: list[tuple[object, ...]] = [(*row, *NONE * 4) for row in (*by_month, *by_category)]
    rows += [("days", "to a decision", *NONE, *_days(decided)), ("days", "to payment", *NONE, *_days(paid))]
    rows += [("claims decided in", one.quarter, *NONE, one.rows, *NONE * 2, one.late) for one in quarters]
    invoices = queries.invoices_paid([board.id], today).get(board.id, 0)
    counted = (("claims", "paid", paid.claims), ("care invoices", "paid", invoices))
    rows += [
        (of, what, *NONE, n, *NONE * 3) for of, what, n in (*counted, ("claims and invoices", PAID_BY_ONE, by_one))
    ]
    return csv_file(f"expenses-{board.key}.csv", BOARD_COLUMNS, rows)


NONE = ("",)  # a column that says nothing of such a row
BOARD_COLUMNS = ("by", "name", "approved", "claims", "median days", "slowest days", "after more than 30 days")


def _days(days: queries.Days) -> tuple[object, ...]:
    median, claims = in_sheet(days)
    return claims, median, cell(days.slowest, EMPTY), *NONE


@bp.get("/expenses")
@allows(CLAIMS_FIGURES)
def figures_everywhere() -> ResponseReturnValue:
    found = compared(reach(viewer(), CLAIMS_FIGURES))
    rows = _every_board(found.boards)
    facts: PageFacts = {"rows": rows, "not_joined": found.not_joined}
    facts["of_boards"] = charts.of_boards(
        [
            (board.short_name, paid, policy.pay_days if policy else None, _page_of(board))
            for board, policy, _, paid, *_ in rows
        ]
    )
    facts["definition"] = f"{queries.OF_DAYS} {queries.BY_ONE}"
    return render_template("expenses/figures/figures_everywhere.html", **facts)


def _page_of(board: Board) -> str:
    return url_for("expenses.board_figures", board=board.key)


def _every_board(
    boards: Sequence[Board],
) -> list[tuple[Board, ExpensePolicy | None, queries.Days, queries.Days, int, int]]:
    """Of each its policy, days to decision and to payment, how many care invoices were paid, and how many claims and
    invoices one person decided and paid."""
    today, ids = clock.today(), [one.id for one in boards]
    policies, days = policies_queries.policies_on(ids, today), queries.days_by_board(ids, today)
    nothing, by_one = (queries.NO_DAYS, queries.NO_DAYS), queries.paid_by_one(ids, today)
    invoices = queries.invoices_paid(ids, today)
    return [
        (one, policies.get(one.id), *days.get(one.id, nothing), invoices.get(one.id, 0), by_one.get(one.id, 0))
        for one in boards
    ]


PAID_BY_ONE = "decided and paid by one person"
DAYS_COLUMNS = (
    *("board", "policy in force", "days promised to payment", "median days to a decision", "claims decided"),
    *("median days to payment", "claims paid", "care invoices paid", f"claims and invoices {PAID_BY_ONE}"),
)


@bp.get("/expenses.csv")
@allows(CLAIMS_FIGURES)
def figures_everywhere_csv() -> ResponseReturnValue:
    rows = [
        (board.short_name, "yes" if policy else "no", promised(policy), *in_sheet(decided), *in_sheet(paid), *counted)
        for board, policy, decided, paid, *counted in _every_board(compared(reach(viewer(), CLAIMS_FIGURES)).boards)
    ]
    return csv_file("expenses.csv", DAYS_COLUMNS, rows)


def promised(policy: ExpensePolicy | None) -> object:
    return cell(policy.pay_days if policy else None, EMPTY)


def in_sheet(days: queries.Days) -> tuple[object, int]:
    return cell(None if days.median is None else short_number(days.median), EMPTY), days.claims
