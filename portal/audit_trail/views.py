"""The audit trail of a board, for its administrators: read, filtered and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import AUDIT_READ
from portal.audit import queries
from portal.audit_trail.accounts import DAYS, FROM, of_board
from portal.audit_trail.acts import NOT_SEALED, acts_of
from portal.audit_trail.blueprint import bp
from portal.audit_trail.events import TrailExported
from portal.audit_trail.forms import WantedForm, wanted_form
from portal.audit_trail.reading import lines_shown
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.clock import LONDON
from portal.core.names import name_key
from portal.infra.documents.sheets import csv_file
from portal.infra.guard import allows, viewer
from portal.infra.unit_of_work import record
from portal.infra.web.pages import PageFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.audit.models import AuditLine
    from portal.audit.queries import Wanted
    from portal.boards.models import Board

ON_A_PAGE = 100
MOST_EXPORTED = 50_000
CHOICES = ("first", "last", "person", "event")
STOPS_HERE = "This file stops here. There are older lines: choose earlier days to download them."
COLUMNS = ("Line", "When (London)", "Who", "What", "About")


@bp.get("/boards/<board>/audit")
@allows(AUDIT_READ, one=board_queries.board)
def index(board: Board) -> ResponseReturnValue:
    form, page = _form(board), _page()
    wanted = form.wanted()
    found = _lines(board, wanted, ON_A_PAGE + 1, (page - 1) * ON_A_PAGE) if wanted else []
    acts = acts_of(lines_shown(board.id, found[:ON_A_PAGE]))
    return render_template(
        "audit_trail/index.html",
        board=board,
        form=form,
        acts=acts,
        page=page,
        has_older=len(found) > ON_A_PAGE,
        is_cut=bool(wanted and len(found) > ON_A_PAGE and _lines(board, wanted, 1, MOST_EXPORTED)),
        most=MOST_EXPORTED,
        asked=_asked(),
    )


@bp.get("/boards/<board>/audit.csv")
@allows(AUDIT_READ, one=board_queries.board, audited=True)
def export(board: Board) -> ResponseReturnValue:
    wanted = _form(board).wanted()
    if wanted is None:  # the page says what is wrong
        return redirect(url_for("audit_trail.index", board=board.key, **_asked()))
    found = _lines(board, wanted, MOST_EXPORTED + 1)
    is_cut, found = len(found) > MOST_EXPORTED, found[:MOST_EXPORTED]
    record(TrailExported(board_id=board.id, lines=len(found)))
    rows = [
        [
            line.number or NOT_SEALED,
            f"{line.at.astimezone(LONDON):%Y-%m-%d %H:%M:%S}",
            line.who,
            line.what,
            "; ".join(line.about),
        ]
        for line in lines_shown(board.id, found)
    ]
    return csv_file(f"audit-{board.key}.csv", COLUMNS, rows + [["", "", "", STOPS_HERE, ""]] * is_cut)


@bp.get("/boards/<board>/audit/accounts")
@allows(AUDIT_READ, one=board_queries.board)
def accounts(board: Board) -> ResponseReturnValue:
    shown = of_board(board.id, clock.today())
    return render_template("audit_trail/accounts.html", board=board, shown=shown, days=DAYS, failures_from=FROM)


def _lines(board: Board, wanted: Wanted, most: int, skip: int = 0) -> Sequence[AuditLine]:
    return queries.lines_of_board(board.id, wanted, viewer().id, most, skip)


def _form(board: Board) -> WantedForm:
    names = board_queries.people_named(queries.actors(board.id))
    people = sorted(((str(key), name) for key, name in names.items()), key=lambda one: name_key(one[1]))
    return wanted_form(people, queries.kinds_of_board(board.id, viewer().id))


def _asked() -> PageFacts:
    """What was chosen, for links to other pages of the same lines."""
    return {name: values for name, values in request.args.lists() if name in CHOICES}


def _page() -> int:
    typed = request.args.get("page", "1")
    return max(1, min(int(typed), 10_000)) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
