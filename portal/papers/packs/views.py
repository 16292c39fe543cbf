"""Downloading all papers of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.access.permissions import PAPERS_READ
from portal.infra.guard import allows, viewer
from portal.infra.unit_of_work import record
from portal.meetings import queries as meeting_queries
from portal.papers.blueprint import bp
from portal.papers.events import PackDownloaded
from portal.papers.packs import queries
from portal.papers.reading import queries as reading_queries
from portal.papers.reading.views import pdf_file

if TYPE_CHECKING:
    from portal.meetings.models import Meeting


@bp.get("/meetings/<uuid:meeting_id>/pack.pdf")
@allows(PAPERS_READ, one=meeting_queries.meeting, audited=True)
def pack(meeting: Meeting) -> ResponseReturnValue:
    everything = queries.all_published(meeting.id)
    in_sight = {shown.paper.id for shown in reading_queries.papers_shown(viewer(), meeting.id)}
    mine = [one for one in everything if one.paper.id in in_sight]
    made = queries.pack(meeting.id, queries.contents_mark(mine)) if mine else None
    if made is None or made.created_at is None:
        return render_template(
            "papers/packs/pack_not_ready.html", meeting=meeting, empty=not mine
        ), 404 if not mine else 503
    inside = tuple(one.version.id for one in mine)
    record(PackDownloaded(board_id=meeting.board_id, meeting_id=meeting.id, versions=inside))
    return pdf_file(made.stored_as, f"{meeting.board.short_name} {meeting.meets_on} pack.pdf", None)
