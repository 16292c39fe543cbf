"""The record of notice, of a board and of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    render_template,
)
from flask.typing import ResponseReturnValue

from portal.access.decide import reach
from portal.access.permissions import (
    NOTICE_READ,
    PAPERS_READ,
)
from portal.boards import queries as board_queries
from portal.core import clock
from portal.infra.documents.sheets import csv_file
from portal.infra.guard import allows, viewer
from portal.papers.blueprint import bp
from portal.papers.notice import queries

if TYPE_CHECKING:
    from portal.boards.models import Board


@bp.get("/boards/<board>/notice")
@allows(NOTICE_READ, one=board_queries.board)
def notice(board: Board) -> ResponseReturnValue:
    meetings = queries.notice_of_meetings(reach(viewer(), NOTICE_READ), board.id, clock.today())
    return render_template(
        "papers/notice/notice.html",
        board=board,
        meetings=meetings,
        overall=queries.overall(meetings),
        quarters=queries.by_quarter(meetings),
        groups=queries.share_by(meetings, lambda meeting: meeting.group),
        definition=queries.DEFINITION,
    )


BY_MEETING = (
    *("group", "met_on", "first_date", "papers", "met_target", "never_published"),
    *("pack_notice_days", "target_days", "days_to_draft_minutes"),
)


BY_PAPER = ("group", "met_on", "paper", "published_on", "notice_days", "met_target")


@bp.get("/boards/<board>/notice.csv")
@allows(NOTICE_READ, one=board_queries.board)
def notice_csv(board: Board) -> ResponseReturnValue:
    held = queries.notice_of_meetings(reach(viewer(), NOTICE_READ), board.id, clock.today())
    rows = [
        [m.group, m.meets_on, m.first_meets_on, m.papers, m.met, m.never, m.pack_days, m.target, m.days_to_minutes]
        for m in held
    ]
    return csv_file(f"notice-{board.key}.csv", BY_MEETING, rows)


@bp.get("/boards/<board>/notice-by-paper.csv")
@allows(NOTICE_READ, one=board_queries.board)
def notice_by_paper_csv(board: Board) -> ResponseReturnValue:
    papers = queries.notice_of_papers(reach(viewer(), PAPERS_READ), board.id, clock.today())
    rows = [[p.group, p.meets_on, p.title, p.published_on, p.days, "yes" if p.met else "no"] for p in papers]
    return csv_file(f"notice-by-paper-{board.key}.csv", BY_PAPER, rows)


@bp.get("/notice")
@allows(NOTICE_READ)
def notice_everywhere() -> ResponseReturnValue:
    within = reach(viewer(), NOTICE_READ)
    meetings = queries.notice_of_meetings(within, None, clock.today())
    shares = queries.share_by(meetings, lambda meeting: meeting.board)
    return render_template("papers/notice/notice_everywhere.html", shares=shares, definition=queries.DEFINITION)
