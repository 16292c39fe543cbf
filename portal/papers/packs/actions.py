"""Packs: all published papers of a meeting in one file, built outside requests and served from store."""

from __future__ import annotations

import io
from collections.abc import Sequence
from uuid import UUID

from portal.core import clock
from portal.infra import work
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.unit_of_work import records_nothing
from portal.meetings.models import Meeting
from portal.papers.models import Pack
from portal.papers.packs import queries

BUILD = "build-pack"


@records_nothing("publishing is recorded")
def ask_for_packs(meeting: Meeting) -> None:
    """Have the packs of a meeting built as it is now published: with restricted papers, and without."""
    everything = queries.all_published(meeting.id)
    for papers in (everything, queries.open_papers(everything)):
        mark = queries.contents_mark(papers)
        if papers and queries.pack(meeting.id, mark) is None:
            pack = Pack(
                board_id=meeting.board_id,
                group_id=meeting.group_id,
                meeting_id=meeting.id,
                contents=mark,
            )
            db.session.add(pack)
            db.session.flush()
            work.ask_for(BUILD, pack_id=str(pack.id))


@records_nothing("that a paper was withdrawn or put back is recorded")
def make_again(meeting: Meeting) -> None:
    """The packs so far hold what nobody may open, or lack what everybody may: they go, and new ones are built."""
    for pack in queries.packs(meeting.id):
        files.delete_later(_stored_as(pack))
        db.session.delete(pack)
    db.session.flush()
    ask_for_packs(meeting)


def _stored_as(pack: Pack) -> str:
    return f"packs/{pack.meeting_id.hex}/{pack.id.hex}.pdf"


@records_nothing("packs are made from what was published")
def build_pack(pack_id: str) -> None:
    """Merge the papers of a pack; called by the work loop, any number of times."""
    pack = queries.pack_by_id(UUID(pack_id))
    if pack is None or pack.created_at:
        return
    everything = queries.all_published(pack.meeting_id)
    papers = next(
        (p for p in (everything, queries.open_papers(everything)) if queries.contents_mark(p) == pack.contents), None
    )
    if papers is None:
        db.session.delete(pack)  # something was published since; its own packs are in the queue
        return
    parts = [(one.paper.title, one.version.stored_as) for one in papers]
    stored_as = _stored_as(pack)
    db.session.rollback()  # let other writers on while the pack is made
    content, pages = _merge(parts)
    files.keep(stored_as, content)
    pack = queries.pack_by_id(UUID(pack_id))
    if pack is None:
        files.remove(stored_as)  # a paper in it was withdrawn while it was made
    else:
        pack.pages, pack.stored_as, pack.created_at = pages, stored_as, clock.now()


def _merge(parts: Sequence[tuple[str, str]]) -> tuple[bytes, int]:
    """One PDF with a bookmark for each (title, stored file), and its number of pages."""
    import pikepdf  # heavy

    merged = pikepdf.new()
    with merged.open_outline() as outline:
        for title, stored_as in parts:
            with pikepdf.open(io.BytesIO(files.read(stored_as))) as pdf:
                outline.root.append(pikepdf.OutlineItem(title, len(merged.pages)))
                merged.pages.extend(pdf.pages)
    whole = io.BytesIO()
    merged.save(whole)
    return whole.getvalue(), len(merged.pages)
