"""Downloading all papers of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.access.permissions import PAPERS_READ
from portal.infra.guard import allows, viewer
from portal.infra.unit_of_work import record
from portal.infra.web import downloads
from portal.meetings import queries as meeting_queries
from portal.papers.blueprint import bp
from portal.papers.events import PackDownloaded
from portal.papers.packs import actions, queries
from portal.papers.reading import queries as reading_queries

if TYPE_CHECKING:
    from portal.meetings.models import Meeting
    from portal.papers.models import Pack


@bp.get("/meetings/<uuid:meeting_id>/pack.pdf")
@allows(PAPERS_READ, one=meeting_queries.meeting, audited=True)
def pack(meeting: Meeting) -> ResponseReturnValue:
    in_sight = {shown.version.id for shown in reading_queries.papers_shown(viewer(), meeting.id)}
    mine = [one for one in queries.every_pack(meeting.id) if in_sight.issuperset(one.versions)][:1]
    made = queries.pack(meeting.id, mine[0].mark) if mine else None
    if made is None or made.created_at is None:
        return _not_ready(meeting, made, is_empty=not mine)
    inside = tuple(one.version_id for one in mine[0].entries)
    if downloads.begins(viewer().id, made.stored_as):
        record(PackDownloaded(board_id=meeting.board_id, meeting_id=meeting.id, versions=inside))
    name = f"{meeting.board.short_name} {meeting.meets_on} pack.pdf"
    return downloads.send(made.stored_as, "application/pdf", name)


def _not_ready(meeting: Meeting, made: Pack | None, is_empty: bool) -> ResponseReturnValue:
    """An item was moved or named anew since, or it is still being made: asking makes sure that it will be."""
    if not is_empty:
        actions.ask_for_packs(meeting)
    failed = made is not None and made.failed_at is not None
    page = render_template("papers/packs/pack_not_ready.html", meeting=meeting, is_empty=is_empty, failed=failed)
    return page, 404 if is_empty else 503 if failed else 202  # of which alone it is kept that it was asked for
