"""One rep's page, for the engagement officers of their board; and the way to it wherever a rep is named."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import REP_PAGE_READ
from portal.boards import queries as board_queries
from portal.core import clock
from portal.infra.guard import allows, viewer
from portal.rep_pages.blueprint import bp
from portal.rep_pages.notes import queries as notes
from portal.rep_pages.page import queries
from portal.rep_pages.page.rules import EMAILS_SHOWN, RECORDS_SHOWN, attendance_words, term_ends
from portal.training.inductions.rules import OWNERS
from portal.training.records.rules import CONFIRMED, RECORD_WORDS, until_words

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.rep_pages.page.queries import RepOfBoard, Supported


@bp.get("/boards/<board>/reps/<uuid:rep_id>")
@allows(REP_PAGE_READ, one=queries.rep)
def show(rep: RepOfBoard) -> ResponseReturnValue:
    today = clock.today()
    found = queries.supported(rep, viewer(), today)
    return render_template(
        "rep_pages/show.html",
        rep=rep,
        board=rep.board,
        found=found,
        term_ends={one.appointment.id: term_ends(one.appointment.until_on, today) for one in rep.terms},
        attendance=attendance_words(rep.called, found.recorded),
        newest=found.records[:RECORDS_SHOWN],
        until=_until(found),
        record_words=RECORD_WORDS,
        owners=dict(OWNERS),
        notes=notes.notes_about(rep.board_id, rep.person_id),
        most_emails=EMAILS_SHOWN,
        today=today,
        me=viewer().id,
    )


def _until(found: Supported) -> dict[UUID, str]:
    """Until when each record of training counts, in words."""
    confirmed, today = [one for one in found.records if one.status == CONFIRMED], clock.today()
    return {one.id: until_words(one, confirmed, today) for one in found.records}


def page_of_rep(board: Board, person_id: UUID) -> str:
    """For templates: the address of a rep's page; '' for whoever may not open it, and of who is no rep there today."""
    if not can(viewer(), REP_PAGE_READ, board) or person_id == viewer().id or person_id not in _reps(board.id):
        return ""
    return url_for("rep_pages.show", board=board.key, rep_id=person_id)


def _reps(board_id: UUID) -> Collection[UUID]:
    """Who sits on a board today: asked once for a page, however many it names."""
    known: dict[UUID, Collection[UUID]] = g.setdefault("reps of boards", {})
    if board_id not in known:
        known[board_id] = board_queries.reps_with_groups(board_id, clock.today()).keys()
    return known[board_id]
