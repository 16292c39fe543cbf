"""Packs: all published papers of a meeting in one file, built outside requests and served from store."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.infra import work
from portal.infra.database import db
from portal.infra.documents.making import NotMade, Source, join
from portal.infra.storage import files
from portal.infra.unit_of_work import records_nothing
from portal.meetings.models import Meeting
from portal.papers.models import Pack
from portal.papers.packs import queries
from portal.papers.packs.rules import NUMBER, Contents, first_pages

BUILD = "build-pack"
OLD_ONES_STAY = timedelta(days=7)


@records_nothing("publishing is recorded")
def ask_for_packs(meeting: Meeting) -> None:
    """Have the packs of a meeting built as it is now published: with restricted papers, and without."""
    for contents in queries.every_pack(meeting.id):
        there = queries.pack(meeting.id, contents.mark)
        if there is None:
            _ask_for(meeting, contents.mark)
        elif there.failed_at and clock.now() - there.failed_at > work.LEASE:
            there.failed_at = None
            work.ask_for(BUILD, pack_id=str(there.id))


def _ask_for(meeting: Meeting, mark: str) -> None:
    of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
    try:
        with db.session.begin_nested():
            pack = Pack(**of, contents=mark)
            db.session.add(pack)
            db.session.flush()
    except IntegrityError:  # somebody else asked for it in the same moment
        return
    work.ask_for(BUILD, pack_id=str(pack.id))


@records_nothing("that a paper was withdrawn or put back is recorded")
def build_again(meeting: Meeting) -> None:
    """The packs so far hold what nobody may open, or lack what everybody may: they go, and new ones are built."""
    for pack in queries.packs(meeting.id):
        files.delete_later(_stored_as(pack))
        db.session.delete(pack)
    files.delete_sooner(_folder(meeting.id))  # earlier ones that were left to whoever is downloading them
    db.session.flush()
    ask_for_packs(meeting)


def _folder(meeting_id: UUID) -> str:
    return f"packs/{meeting_id.hex}/"


def _stored_as(pack: Pack) -> str:
    return f"{_folder(pack.meeting_id)}{pack.id.hex}.pdf"


@records_nothing("packs are made from what was published")
def build_pack(pack_id: str) -> None:
    """Put the papers of a pack together; called by the work loop, any number of times."""
    pack = queries.pack_by_id(UUID(pack_id))
    if pack is None or pack.created_at:
        return
    contents = next((one for one in queries.every_pack(pack.meeting_id) if one.mark == pack.contents), None)
    if contents is None:
        db.session.delete(pack)  # something was published since; its own packs are in the queue
        return
    meeting_id, stored_as = pack.meeting_id, _stored_as(pack)
    db.session.rollback()  # let other writers on while the pack is made
    try:
        content, firsts = _made(contents, meeting_id)
    except NotMade:
        if (pack := queries.pack_by_id(UUID(pack_id))) is not None:
            pack.failed_at = clock.now()
        return
    files.keep(stored_as, content)
    pack = queries.pack_by_id(UUID(pack_id))
    if pack is None:
        files.remove(stored_as)  # a paper in it was withdrawn while it was made
    else:
        _keep(pack, stored_as, content, contents, firsts)


def _keep(pack: Pack, stored_as: str, content: bytes, contents: Contents, firsts: Sequence[int]) -> None:
    """Keep what was made, and take earlier packs of the meeting away."""
    pack.stored_as, pack.created_at, pack.size, pack.failed_at = stored_as, clock.now(), len(content), None
    pack.has_restricted = contents.has_restricted
    pack.starts = {one.version_id.hex: first for one, first in zip(contents.entries, firsts, strict=True)}
    pack.pages = firsts[0] - 1 + contents.pages
    db.session.flush()
    current = {one.mark for one in queries.every_pack(pack.meeting_id)}
    for other in queries.made_packs(pack.meeting_id):
        if other.contents not in current:
            files.delete_after(other.stored_as, OLD_ONES_STAY)
            db.session.delete(other)


def _made(contents: Contents, meeting_id: UUID) -> tuple[bytes, list[int]]:
    """The pack, and the page on which each paper begins. Raises NotMade, and TooBusy, of which the queue takes care."""
    address = f"{current_app.config['PORTAL'].base_url}/meetings/{meeting_id}"
    front_pages, firsts, front = _front(contents, address)
    try:
        answer, content = join(_sources(contents, front), _title(contents), words=NUMBER)
    except NotMade:  # one of them is more than it can take: then each is there, if not as it should be
        answer, content = join(_sources(contents, front), _title(contents), words=NUMBER, plain=True)
    if answer["pages"] != front_pages + contents.pages:
        raise NotMade("its papers have other pages than was found when they were checked")
    return content, firsts


def _sources(contents: Contents, front: bytes) -> list[Source]:
    papers = [Source(files.parts(one.stored_as), one.called) for one in contents.entries]
    return [Source([front], "Cover and contents"), *papers]


def _title(contents: Contents) -> str:
    return f"Papers for {contents.group}, {contents.when}"


def _front(contents: Contents, address: str) -> tuple[int, list[int], bytes]:
    """How many pages the cover and contents take, where the papers begin after them, and the PDF of them."""
    import pikepdf  # heavy, as is the other

    from portal.papers.packs import cover

    said, counts = 1, [one.pages for one in contents.entries]
    while True:  # until as many pages are made as they say themselves
        firsts = first_pages(said, counts)
        made = cover.front(contents, firsts, said, address)
        with pikepdf.open(io.BytesIO(made)) as pdf:
            if len(pdf.pages) <= said:
                return said, firsts, made
            said = len(pdf.pages)
