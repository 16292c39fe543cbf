"""Care in figures: a board's quarters, and all boards' last twelve months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import reach
from portal.access.permissions import CARE_FIGURES
from portal.boards import queries as board_queries
from portal.boards.joined import compared
from portal.core import clock
from portal.core.calendar import quarter_words
from portal.core.late import by_quarter_recorded
from portal.core.nothing import EMPTY, WITHHELD, cell
from portal.core.text import short_number
from portal.infra.documents.sheets import csv_file
from portal.infra.guard import allows, viewer
from portal.infra.web.pages import PageFacts
from portal.replacement_care.blueprint import bp
from portal.replacement_care.figures import charts, queries
from portal.replacement_care.requests.came_of import Outcome

if TYPE_CHECKING:
    from portal.boards.models import Board

OUTCOMES = [one.value for one in Outcome]
COLUMNS = (
    *("requested", *map(str.lower, OUTCOMES), *(f"{one.lower()}, %" for one in OUTCOMES), "median days to arrange"),
    *("used own care budget or had no cover", "hours requested"),
)
COUNTED: PageFacts = {"definition": queries.DEFINITION, "not_shown": queries.NOT_SHOWN_HERE}
TOTAL, OF_ALL = "All boards, last twelve months", "All boards, last three years"


@bp.get("/boards/<board>/care")
@allows(CARE_FIGURES, one=board_queries.board, see=CARE_FIGURES)
def board_figures(board: Board) -> ResponseReturnValue:
    quarters = queries.by_quarter(board.id, clock.today())
    recorded = by_quarter_recorded(row for _, care in quarters if care.is_count_shown for row in care.ended)
    facts: PageFacts = {"quarters": quarters, "recorded": recorded, **COUNTED}
    facts["of_quarters"] = charts.of_care([(quarter_words(name), care, "") for name, care in quarters])
    return render_template("replacement_care/figures/figures.html", board=board, outcomes=OUTCOMES, **facts)


def _row(name: str, care: queries.Care) -> tuple[object, ...]:
    hours = None if care.minutes is None else round(sum(care.minutes.values()) / 60, 1)
    days = None if care.days is None else short_number(care.days)
    people = (cell(care.own_budget, WITHHELD), cell(None if hours is None else short_number(hours), WITHHELD))
    is_shown = care.asked_shown is not None
    outcomes = care.outcomes if is_shown else [cell(None, WITHHELD)] * len(OUTCOMES)
    shares = [care.shares[one] if care.asked else cell(None, EMPTY) for one in Outcome]
    return (name, cell(care.asked_shown, WITHHELD), *outcomes, *shares, cell(days, EMPTY), *people)


@bp.get("/boards/<board>/care.csv")
@allows(CARE_FIGURES, one=board_queries.board, see=CARE_FIGURES)
def board_figures_csv(board: Board) -> ResponseReturnValue:
    rows = [_row(name, care) for name, care in queries.by_quarter(board.id, clock.today())]
    return csv_file(f"care-{board.key}.csv", ("quarter", *COLUMNS), rows)


def _all() -> tuple[list[tuple[Board, queries.Care]], list[tuple[str, queries.Care]]]:
    """For the coordinator every board and what sums up all of them, for others their own; one without requests stands
    there too.
    """
    within, today = reach(viewer(), CARE_FIGURES), clock.today()
    boards = compared(within).boards
    ids = [one.id for one in boards]
    found, total = queries.of_boards(ids, today)
    rows = [(one, found.get(one.id, queries.NO_CARE)) for one in boards]
    return rows, [(TOTAL, total), (OF_ALL, queries.nationally(ids, today))] if within.everything else []


def _page_of(board: Board) -> str:
    return url_for("replacement_care.board_figures", board=board.key)


@bp.get("/care/figures")
@allows(CARE_FIGURES)
def figures_everywhere() -> ResponseReturnValue:
    rows, totals = _all()
    facts: PageFacts = {"rows": rows, "totals": totals, "outcomes": OUTCOMES, **COUNTED}
    facts["of_boards"] = charts.of_care([(one.short_name, care, _page_of(one)) for one, care in rows])
    facts["not_joined"] = compared(reach(viewer(), CARE_FIGURES)).not_joined
    return render_template("replacement_care/figures/figures_everywhere.html", **facts)


@bp.get("/care/figures.csv")
@allows(CARE_FIGURES)
def figures_everywhere_csv() -> ResponseReturnValue:
    rows, totals = _all()
    lines = [_row(name, care) for name, care in [*((board.short_name, care) for board, care in rows), *totals]]
    return csv_file("care.csv", ("board", *COLUMNS), lines)
