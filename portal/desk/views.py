"""The officer's desk: what needs doing this week, and where each rep stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.access.decide import Reach, reach
from portal.access.permissions import DESK_READ, SUPPORT_FIGURES
from portal.boards import queries as board_queries
from portal.boards.joined import Compared, compared
from portal.check_in.rules import ANSWER_WORDS
from portal.core import clock
from portal.core.by_when import by_when
from portal.core.charts import Chart
from portal.corrections import queries as corrections
from portal.corrections.figure_words import listed
from portal.desk import charts, figures, queries
from portal.desk.blueprint import bp
from portal.desk.rules import FILTERS, SORTS, Rep, chosen
from portal.infra.documents.sheets import csv_file
from portal.infra.guard import allows, viewer
from portal.meetings import queries as meetings
from portal.training.awareness.rules import AWARENESS

if TYPE_CHECKING:
    from portal.boards.models import Board

MOST, MEETINGS = 10, 3  # tasks and meetings that are shown without asking for more
COLUMNS = (
    *("name", "groups", "induction", "training due", "mentor", "last met"),
    *("care open", "claims to decide", "next meeting"),
)


@bp.get("/boards/<board>/desk")
@allows(DESK_READ, one=board_queries.board)
def show(board: Board) -> ResponseReturnValue:
    today, show, sort = clock.today(), request.args.get("show", ""), request.args.get("sort", "name")
    found = queries.everything(viewer(), board.id, today)
    reps, tasks = queries.reps(found, board.id, today), queries.tasks(found, viewer(), board.id, today)
    seats = queries.seats(board.id, today)
    return render_template(
        "desk/show.html",
        board=board,
        tasks=by_when(tasks[:MOST], today),
        more=tasks[MOST:],
        coming=meetings.upcoming(viewer(), today, MEETINGS, board.id),
        seats=seats,
        every=reps,
        lines=chosen(reps, show, sort, today),
        show=show if show in FILTERS else "",
        sort=sort if sort in SORTS else "name",
        filters={key: words for key, (words, _) in FILTERS.items()},
        sorts={key: words for key, (words, _) in SORTS.items()},
        answers=ANSWER_WORDS,
        today=today,
    )


@bp.get("/boards/<board>/desk.csv")
@allows(DESK_READ, one=board_queries.board)
def as_csv(board: Board) -> ResponseReturnValue:
    """The same lines, filtered and sorted in the same way."""
    today = clock.today()
    reps = queries.reps(queries.everything(viewer(), board.id, today), board.id, today)
    rows = chosen(reps, request.args.get("show", ""), request.args.get("sort", ""), today)
    return csv_file(f"reps-{board.key}.csv", COLUMNS, map(tuple, map(_cells, rows)))


def _cells(rep: Rep) -> Iterator[object]:
    induction = rep.induction
    yield rep.name
    yield ", ".join(rep.groups)
    yield f"{induction.done} of {induction.steps}" + (", late" if induction.is_late else "") if induction else "none"
    yield ", ".join(rep.training_due) or "none"
    yield ", ".join(rep.mentors) or "none"
    yield rep.met_on or ("not yet" if rep.mentors else "none")
    yield rep.care_open
    yield rep.claims
    answer = "not asked yet" if rep.coming is None else ANSWER_WORDS[rep.coming]
    yield f"{rep.meets_on}: {answer}" if rep.meets_on else "none"


def _boards() -> Compared:
    return compared(reach(viewer(), SUPPORT_FIGURES))


@bp.get("/support-figures")
@allows(SUPPORT_FIGURES)
def support() -> ResponseReturnValue:
    """How boards support their reps: totals, the median of all boards, and what was found in 2017."""
    found = figures.of_boards(clock.today())
    table, within = figures.told(found), reach(viewer(), SUPPORT_FIGURES)
    corrected, boards = _corrected(within), _boards()
    return render_template(
        "desk/support.html",
        boards=boards.boards,
        not_joined=boards.not_joined,
        found=table.of_boards,
        medians=figures.medians(table.of_boards.values()),
        in_all=table.in_all if within.everything else None,
        total_words=figures.total_words,
        measures=figures.MEASURES,
        not_shown=figures.NOT_SHOWN_HERE,
        of_measures=_drawn(boards.boards, table),
        in_2017=figures.IN_2017,
        corrected=corrected,
        total_before=_in_all(found, corrected).before,
    )


def _drawn(boards: Sequence[Board], table: figures.Table) -> dict[str, Chart | None]:
    """Each measure as a picture, by its key: what the table of it shows, board by board."""
    return {
        one.key: charts.of_measure(
            one, [(board.short_name, table.of_boards.get(board.id, {}).get(one.key)) for board in boards]
        )
        for one in figures.MEASURES
    }


@dataclass(frozen=True)
class Corrected:
    """The corrections of a board's Carer Awareness, each in words, and its share without them."""

    lines: Sequence[str]
    before: figures.Share


def _corrected(within: Reach) -> dict[UUID, Corrected]:
    today, made = clock.today(), corrections.by_board(within, [AWARENESS])
    return {key: Corrected(listed(each), figures.aware_before(key, each, today)) for key, each in made.items()}


def _in_all(found: Mapping[UUID, figures.Shares], corrected: Mapping[UUID, Corrected]) -> Corrected:
    """The same of all boards together: every correction, with the name of its board."""
    names = {one.id: one.short_name for one in _boards().boards}
    lines = [f"{names[key]}: {line}" for key, one in corrected.items() for line in one.lines]
    return Corrected(lines, figures.all_aware_before(found, {key: one.before for key, one in corrected.items()}))


ALSO = (
    *("Inductions recorded more than 30 days after the first day", "Carer Awareness: corrected"),
    *("Carer Awareness: corrections", "Carer Awareness: percent without corrections"),
)


@bp.get("/support-figures.csv")
@allows(SUPPORT_FIGURES)
def support_csv() -> ResponseReturnValue:
    found = figures.of_boards(clock.today())
    table = figures.told(found)
    columns = [f"{one.title}: {what}" for one in figures.MEASURES for what in ("number", "out of", "percent")]
    within = reach(viewer(), SUPPORT_FIGURES)
    corrected = _corrected(within)
    rows: list[tuple[object, ...]] = []
    for one in _boards().boards:
        shares = table.of_boards.get(one.id, {})
        rows.append((one.short_name, *_figures(shares), *_also(shares, corrected.get(one.id))))
    if within.everything:
        rows.append(("Total", *_figures(table.in_all), *_also(table.in_all, _in_all(found, corrected))))
    return csv_file("support.csv", ("board", *columns, *ALSO), rows)


def _also(shares: figures.Shares, corrected: Corrected | None) -> tuple[object, ...]:
    """How many inductions were recorded late; and the corrections of Carer Awareness, as on the page."""
    late = figures.recorded_late(shares)
    if corrected is None:
        return late, "", 0, figures.cells(shares.get("aware"))[2]
    return late, "; ".join(corrected.lines), len(corrected.lines), figures.cells(corrected.before)[2]


def _figures(shares: figures.Shares) -> Iterator[object]:
    return chain.from_iterable(figures.cells(shares.get(one.key)) for one in figures.MEASURES)
