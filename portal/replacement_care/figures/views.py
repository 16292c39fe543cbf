"""Care in figures: a board's quarters, and all boards' last twelve months."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.access.decide import reach
from portal.access.permissions import CARE_FIGURES
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.late import by_quarter_recorded
from portal.core.nothing import EMPTY, WITHHELD, cell
from portal.infra.documents.sheets import csv_file
from portal.infra.guard import allows, viewer
from portal.infra.web.pages import PageFacts
from portal.replacement_care.blueprint import bp
from portal.replacement_care.figures import queries

if TYPE_CHECKING:
    from portal.boards.models import Board

COLUMNS = ("asked", "arranged", "not_provided", "days_to_arranged", "own_budget", "hours")


@bp.get("/boards/<board>/care")
@allows(CARE_FIGURES, one=board_queries.board)
def board_figures(board: Board) -> ResponseReturnValue:
    quarters = queries.by_quarter(board.id, clock.today())
    recorded = by_quarter_recorded(row for _, care in quarters for row in care.ended)
    facts: PageFacts = {"quarters": quarters, "recorded": recorded, "definition": queries.DEFINITION}
    return render_template("replacement_care/figures/figures.html", board=board, **facts)


def _row(name: str, care: queries.Care) -> tuple[object, ...]:
    hours = None if care.minutes is None else round(sum(care.minutes.values()) / 60, 1)
    people = (cell(care.own_budget, WITHHELD), cell(hours, WITHHELD))
    return (name, care.asked, care.arranged, care.not_provided, cell(care.days, EMPTY), *people)


@bp.get("/boards/<board>/care.csv")
@allows(CARE_FIGURES, one=board_queries.board)
def board_figures_csv(board: Board) -> ResponseReturnValue:
    rows = [_row(name, care) for name, care in queries.by_quarter(board.id, clock.today())]
    return csv_file(f"care-{board.key}.csv", ("quarter", *COLUMNS), rows)


def _all() -> tuple[list[Board], dict[UUID, queries.Care]]:
    """For the coordinator every board, for others their own."""
    within = reach(viewer(), CARE_FIGURES)
    boards = [one for one in board_queries.boards() if within.everything or one.id in within.boards]
    return boards, queries.of_boards([one.id for one in boards], clock.today())


@bp.get("/care/figures")
@allows(CARE_FIGURES)
def figures_everywhere() -> ResponseReturnValue:
    boards, found = _all()
    sees_all = reach(viewer(), CARE_FIGURES).everything
    return render_template(
        "replacement_care/figures/figures_everywhere.html",
        boards=boards,
        found=found,
        nationally=queries.nationally([one.id for one in boards], clock.today()) if sees_all else None,
        definition=queries.DEFINITION,
    )


@bp.get("/care/figures.csv")
@allows(CARE_FIGURES)
def figures_everywhere_csv() -> ResponseReturnValue:
    boards, found = _all()
    rows = [_row(one.short_name, found[one.id]) for one in boards if one.id in found]
    return csv_file("care.csv", ("board", *COLUMNS), rows)
