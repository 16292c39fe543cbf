"""The record of notice, of a board and of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import (
    render_template,
)
from flask.typing import ResponseReturnValue

from portal.access.decide import reach
from portal.access.permissions import NOTICE_READ, PAPERS_READ
from portal.boards import queries as board_queries
from portal.boards.rules import target_holding
from portal.core import clock
from portal.core.late import by_quarter_recorded
from portal.core.nothing import EMPTY, NOT_YET, cell
from portal.corrections import queries as corrections
from portal.corrections.rules import corrected_words
from portal.infra.documents.sheets import csv_file
from portal.infra.guard import allows, viewer
from portal.papers.blueprint import bp
from portal.papers.correcting.actions import MEETING_DAY, MEETING_HELD, PAPER_TARGET
from portal.papers.notice import queries
from portal.papers.notice.queries import MeetingNotice

if TYPE_CHECKING:
    from portal.boards.models import Board

KINDS = (MEETING_DAY, MEETING_HELD, PAPER_TARGET)


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
        afterwards=queries.recorded_afterwards(reach(viewer(), NOTICE_READ), board.id, clock.today()),
        targets=[one for one in board_queries.paper_targets(board.id) if one.meetings_from <= clock.today()],
        corrections=corrections.of_board(board.id, KINDS),
        minutes=by_quarter_recorded((one.sat_last_on, one.minutes_on) for one in meetings if one.is_held),
    )


BY_MEETING = (
    *("group", "met_on", "first_date", "papers", "met_target", "never_published"),
    *("pack_notice_days", "target_days", "days_to_draft_minutes", "replaced_late", "took_place", "corrections"),
)


BY_PAPER = ("group", "met_on", "paper", "published_on", "notice_days", "met_target")


@bp.get("/boards/<board>/notice.csv")
@allows(NOTICE_READ, one=board_queries.board)
def notice_csv(board: Board) -> ResponseReturnValue:
    held = queries.notice_of_meetings(reach(viewer(), NOTICE_READ), board.id, clock.today())
    corrected, targets = corrected_words(corrections.of_board(board.id, KINDS)), board_queries.paper_targets(board.id)
    rows = []
    for one in held:
        target = target_holding(targets, one.opened_on)
        about = [one.meeting_id, *([target.id] if target else [])]
        rows.append(_row(one, "; ".join(words for key in about if (words := corrected.get(key)))))
    return csv_file(f"notice-{board.key}.csv", BY_MEETING, rows)


def _row(one: MeetingNotice, both: str) -> list[object]:
    """A line of the CSV file; `both` are the two values of what was corrected of the meeting, or of its target."""
    pack = "not whole" if one.never else cell(one.pack_days, EMPTY)
    minutes = cell(one.days_to_minutes, NOT_YET if one.is_held else EMPTY)
    days = [pack, one.target, minutes, one.replaced_late, "yes" if one.is_held else "no"]
    about = [one.group, one.opened_on, one.first_meets_on]
    return [*about, one.papers, one.met, one.never, *days, both]


@bp.get("/boards/<board>/notice-by-paper.csv")
@allows(NOTICE_READ, one=board_queries.board)
def notice_by_paper_csv(board: Board) -> ResponseReturnValue:
    """Every paper that counts, for whoever may open this; its title for those who may read it."""
    within, readable = reach(viewer(), NOTICE_READ), reach(viewer(), PAPERS_READ)
    papers = queries.notice_of_papers(within, readable, board.id, clock.today())
    rows = [[p.group, p.opened_on, p.title, p.published_on, p.days, "yes" if p.met else "no"] for p in papers]
    return csv_file(f"notice-by-paper-{board.key}.csv", BY_PAPER, rows)


@bp.get("/notice")
@allows(NOTICE_READ)
def notice_everywhere() -> ResponseReturnValue:
    within = reach(viewer(), NOTICE_READ)
    meetings = queries.notice_of_meetings(within, None, clock.today())
    shares = queries.share_by(meetings, lambda meeting: meeting.board)
    corrected = corrections.by_board(within, KINDS)
    names = {one.board_id: one.board for one in meetings}
    return render_template(
        "papers/notice/notice_everywhere.html",
        shares=shares,
        definition=queries.DEFINITION,
        corrected={names[board_id]: number for board_id, number in corrected.items() if board_id in names},
    )
