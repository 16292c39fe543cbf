"""Are papers on time? Of a board, and of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import Reach, can, reach
from portal.access.permissions import BOARDS_READ, CORRECTIONS_CONFIRM, NOTICE_READ, PAPERS_READ
from portal.boards import queries as board_queries
from portal.boards.joined import compared
from portal.boards.rules import target_holding
from portal.core import clock
from portal.core.late import Recorded, by_quarter_recorded
from portal.core.nothing import EMPTY, NOT_YET, cell
from portal.corrections import queries as corrections
from portal.corrections.figure_words import corrected_words, listed
from portal.infra.documents.sheets import csv_file
from portal.infra.guard import allows, viewer
from portal.infra.web.pages import PageFacts
from portal.papers.blueprint import bp
from portal.papers.correcting import queries as correcting
from portal.papers.correcting.rules import KINDS
from portal.papers.notice import boards_sheet, charts, every_board, figures, queries
from portal.papers.notice.boards_sheet import Corrected
from portal.papers.notice.chosen import chosen
from portal.papers.notice.every_board import BoardNotice
from portal.papers.notice.figures import PaperNotice
from portal.papers.notice.queries import MeetingNotice, Share
from portal.papers.notice.rules import (
    DEFINITION,
    MINUTES_DUE_AFTER_DAYS,
    MinutesOwed,
    minutes_owed,
)
from portal.papers.pictures import queries as pictures

if TYPE_CHECKING:
    from uuid import UUID

    from portal.boards.models import Board
    from portal.corrections.models import Correction


@bp.get("/boards/<board>/notice")
@allows(NOTICE_READ, one=board_queries.board, see=NOTICE_READ)
def notice(board: Board) -> ResponseReturnValue:
    meetings = queries.notice_of_meetings(reach(viewer(), NOTICE_READ), board.id, clock.today())
    made = corrections.of_board(board.id, KINDS)
    return render_template(
        "papers/notice/notice.html",
        board=board,
        **chosen(meetings, request.args.get("quarter", ""), _pages_of_meetings(board)),
        **_shares(meetings, _uncorrected(board, made) if made else meetings),
        definition=DEFINITION,
        afterwards=queries.recorded_afterwards(reach(viewer(), NOTICE_READ), board.id, clock.today()),
        targets=[one for one in board_queries.paper_targets(board.id) if one.meetings_from <= clock.today()],
        corrections=made,
        waits=corrections.waiting_of_board(board.id, KINDS),
        has_others=can(viewer(), CORRECTIONS_CONFIRM, board) and corrections.has_undone(board.id),
        untitled=figures.UNTITLED,
        minutes_due_after=MINUTES_DUE_AFTER_DAYS,
        today=clock.today(),
        authors=pictures.by_author(reach(viewer(), NOTICE_READ), board.id),
    )


def _pages_of_meetings(board: Board) -> Callable[[UUID], str]:
    """The address of a meeting's page, '' for whoever may not open it."""
    opens = can(viewer(), BOARDS_READ, board)
    return lambda meeting_id: url_for("papers.meeting", meeting_id=meeting_id) if opens else ""


def _uncorrected(board: Board, made: Sequence[Correction]) -> list[MeetingNotice]:
    return correcting.uncorrected(reach(viewer(), NOTICE_READ), board.id, made)


def _shares(now: Sequence[MeetingNotice], before: Sequence[MeetingNotice]) -> PageFacts:
    """Every figure by the record as it is, beside what it would be without corrections."""
    quarters, groups = queries.by_quarter, partial(queries.share_by, name_of=attrgetter("group"))
    return {
        "overall": queries.overall(now),
        "lately": queries.overall(every_board.of_last_year(now, clock.today())),
        "replaced_late": sum(one.replaced_late for one in now),
        "replaced_late_before": sum(one.replaced_late for one in before),
        "overall_before": queries.overall(before),
        "lately_before": queries.overall(every_board.of_last_year(before, clock.today())),
        "of_quarters": charts.of_quarters(quarters(now)),
        "quarters": queries.side_by_side(quarters(now), quarters(before)),
        "groups": queries.side_by_side(groups(now), groups(before)),
        "before": {one.meeting_id: one for one in before},
        "minutes": _minutes(now),
        "minutes_before": _minutes(before),
        "owed": _owed(now),
        "owed_before": _owed(before),
    }


def _owed(meetings: Sequence[MeetingNotice]) -> MinutesOwed:
    return minutes_owed(((one.sat_last_on, one.minutes_on) for one in meetings if one.is_held), clock.today())


def _minutes(meetings: Sequence[MeetingNotice]) -> list[Recorded]:
    return by_quarter_recorded((one.sat_last_on, one.minutes_on) for one in meetings if one.is_held)


BY_MEETING = (
    *("group", "met_on", "first_date", "papers", "met_target", "never_published"),
    *(
        "pack_notice_days",
        "target_days",
        "days_to_draft_minutes",
        "replaced_late",
        "took_place",
        "withdrawn",
        "corrections",
    ),
    *(
        "target_days_uncorrected",
        "met_target_uncorrected",
        "pack_notice_days_uncorrected",
        "days_to_draft_minutes_uncorrected",
    ),
    *("draft_minutes_days_late", "draft_minutes_missing"),
    *("draft_minutes_days_late_uncorrected", "draft_minutes_missing_uncorrected"),
)


BY_PAPER = ("group", "met_on", "paper", "published_on", "notice_days", "met_target", "target_days", "corrections")
WITHDRAWN = ("withdrawn_on", "withdrawn_because")
BEFORE = ("met_on_uncorrected", "notice_days_uncorrected", "met_target_uncorrected", "target_days_uncorrected")


@bp.get("/boards/<board>/notice.csv")
@allows(NOTICE_READ, one=board_queries.board, see=NOTICE_READ)
def notice_csv(board: Board) -> ResponseReturnValue:
    held = queries.notice_of_meetings(reach(viewer(), NOTICE_READ), board.id, clock.today())
    made = corrections.of_board(board.id, KINDS)
    before, both = _before_corrections(board, made), _both_values(board, made)
    rows = [_row(one, both(one), before.get(one.meeting_id, one)) for one in held]
    return csv_file(f"papers-on-time-{board.key}.csv", BY_MEETING, rows)


def _before_corrections(board: Board, made: Sequence[Correction]) -> dict[UUID, MeetingNotice]:
    """By meeting, its notice without corrections; nothing where there were none."""
    return {one.meeting_id: one for one in _uncorrected(board, made)} if made else {}


def _both_values(board: Board, made: Sequence[Correction]) -> Callable[[MeetingNotice | PaperNotice], str]:
    """Of a line of a CSV file: the two values of what was corrected of its meeting, or of the target."""
    corrected, targets = corrected_words(made), board_queries.paper_targets(board.id)

    def words_of(one: MeetingNotice | PaperNotice) -> str:
        target = target_holding(targets, one.opened_on)
        about = [one.meeting_id, *([target.id] if target else [])]
        return "; ".join(words for key in about if (words := corrected.get(key)))

    return words_of


def _row(one: MeetingNotice, both: str, before: MeetingNotice) -> list[object]:
    """A line of the CSV file; its last figures are what they would be without corrections."""
    days = [_pack(one), one.target, _to_minutes(one), one.replaced_late, "yes" if one.is_held else "no", one.withdrawn]
    about = [one.group, one.opened_on, one.first_meets_on]
    uncorrected = [before.target, before.met, _pack(before), _to_minutes(before)]
    late = [*_lateness(one), *_lateness(before)]
    return [*about, one.papers, one.met, one.never, *days, both, *uncorrected, *late]


def _lateness(one: MeetingNotice) -> tuple[object, str]:
    """How late draft minutes came, or are; and whether they are due and still missing. 0 is in time."""
    late = one.days_minutes_late(clock.today())
    is_known = one.days_to_minutes is not None or late > 0
    is_missing = one.days_without_minutes(clock.today()) > 0
    return cell(late if is_known else None, NOT_YET if one.is_held else EMPTY), "yes" if is_missing else "no"


def _pack(one: MeetingNotice) -> object:
    return "not whole" if one.never else cell(one.pack_days, EMPTY)


def _to_minutes(one: MeetingNotice) -> object:
    return cell(one.days_to_minutes, NOT_YET if one.is_held else EMPTY)


@bp.get("/boards/<board>/notice-by-paper.csv")
@allows(NOTICE_READ, one=board_queries.board, see=NOTICE_READ)
def notice_by_paper_csv(board: Board) -> ResponseReturnValue:
    """Every paper that counts, for whoever may open this; its title for those who may read it."""
    within, readable = reach(viewer(), NOTICE_READ), reach(viewer(), PAPERS_READ)
    papers = figures.notice_of_papers(within, readable, board.id, clock.today())
    made = corrections.of_board(board.id, KINDS)
    before, both = _before_corrections(board, made), _both_values(board, made)
    rows = [
        [*_paper_row(p), both(p), p.withdrawn_on or "", p.withdrawn_because, *_paper_before(p, before)] for p in papers
    ]
    return csv_file(f"papers-on-time-by-paper-{board.key}.csv", (*BY_PAPER, *WITHDRAWN, *BEFORE), rows)


def _paper_row(paper: PaperNotice) -> list[object]:
    of_paper = [paper.group, paper.opened_on, paper.title, paper.published_on]
    return [*of_paper, paper.days, "yes" if paper.met else "no", paper.target]


def _paper_before(paper: PaperNotice, before: dict[UUID, MeetingNotice]) -> tuple[object, ...]:
    """Its figures without corrections; those that it has where nothing was corrected."""
    if was := before.get(paper.meeting_id):
        return paper.by(was.opened_on, was.target)
    return paper.opened_on, paper.days, "yes" if paper.met else "no", paper.target


@bp.get("/notice")
@allows(NOTICE_READ)
def notice_everywhere() -> ResponseReturnValue:
    within = reach(viewer(), NOTICE_READ)
    meetings, found = queries.notice_of_meetings(within, None, clock.today()), compared(within)
    boards = every_board.by_board(meetings, found.boards, clock.today())
    return render_template(
        "papers/notice/notice_everywhere.html",
        boards=boards,
        of_boards=charts.of_shares([replace(one.share, name=one.name) for one in boards], "board"),
        not_joined=found.not_joined,
        total=_total(within, meetings),
        since=min((one.opened_on for one in meetings), default=None),
        definition=every_board.OF_BOARDS,
        corrected=_corrected_boards(within, meetings),
    )


def _total(within: Reach, meetings: Sequence[MeetingNotice]) -> BoardNotice | None:
    return every_board.of_some(meetings, "", ALL_BOARDS, clock.today()) if within.everything else None


ALL_BOARDS = "All boards"


@bp.get("/notice.csv")
@allows(NOTICE_READ)
def notice_everywhere_csv() -> ResponseReturnValue:
    within = reach(viewer(), NOTICE_READ)
    meetings = queries.notice_of_meetings(within, None, clock.today())
    total = _total(within, meetings)
    rows = [*every_board.by_board(meetings, compared(within).boards, clock.today()), *([total] if total else [])]
    corrected = _corrected_boards(within, meetings)
    lines = [boards_sheet.row(one, corrected.get(one.name)) for one in rows]
    return csv_file("papers-on-time.csv", boards_sheet.COLUMNS, lines)


def _corrected_boards(within: Reach, meetings: Sequence[MeetingNotice]) -> dict[str, Corrected]:
    """By the name of each board that corrected facts, and of all: which, and the share without corrections."""
    names = {one.id: one.short_name for one in board_queries.boards()}
    made = corrections.by_board(within, KINDS)
    before = {key: correcting.uncorrected(within, key, each) for key, each in made.items()}
    found = {names[key]: Corrected(len(each), listed(each), *_both(before[key])) for key, each in made.items()}
    if found and within.everything:
        others = [one for one in meetings if one.board_id not in before]
        every = [*others, *chain.from_iterable(before.values())]
        found[ALL_BOARDS] = Corrected(sum(map(len, made.values())), [], *_both(every))
    return found


def _both(meetings: Sequence[MeetingNotice]) -> tuple[Share, Share]:
    """The share of all the time on record, and of the last twelve months."""
    return queries.overall(meetings), queries.overall(every_board.of_last_year(meetings, clock.today()))
