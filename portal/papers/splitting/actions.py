"""Splitting a combined pack: its parts become uploaded files like any other, and it goes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import UUID

from flask import current_app

from portal.infra import work
from portal.infra.database import db
from portal.infra.documents.making import NotMade, Source, join
from portal.infra.storage import files
from portal.infra.unit_of_work import record, records_nothing
from portal.meetings import queries as meeting_queries
from portal.papers.events import FileSplit
from portal.papers.matching.titles import title_from_name
from portal.papers.models import PaperVersion
from portal.papers.preparing import actions as preparing
from portal.papers.preparing import queries
from portal.papers.splitting.rules import Part

SPLIT = "split-file"
BEING_SPLIT = "It is being split into {} files, which will replace it"
FAILED = "This file could not be split. Split it with the program that made it, and upload the parts"


def split(version: PaperVersion, parts: Sequence[Part]) -> None:
    """Have a checked file split. Until its parts are there it can be neither published nor split again."""
    version.status, version.reason = "checking", BEING_SPLIT.format(len(parts))
    said = json.dumps([[one.first, one.last, one.title, one.is_named] for one in parts])
    work.ask_for(SPLIT, version_id=str(version.id), parts=said)
    record(FileSplit(board_id=version.board_id, meeting_id=version.meeting_id, version_id=version.id, parts=len(parts)))


@records_nothing("what comes of it is recorded: files that are uploaded, and one that is removed")
def make_parts(version_id: str, parts: str) -> None:
    """Make the parts of a file; called by the work loop, any number of times."""
    version = _waiting(version_id)
    if version is None:
        return
    stored_as = version.stored_as
    db.session.rollback()  # let other writers on meanwhile
    try:
        made = [_made(stored_as, Part(*one)) for one in json.loads(parts)]
    except NotMade:
        if (version := _waiting(version_id)) is not None:
            version.status, version.reason = "refused", FAILED
        return
    if (version := _waiting(version_id)) is not None:
        meeting = meeting_queries.meeting_by_id(version.meeting_id)
        preparing.upload(meeting, made, current_app.config["PORTAL"].upload_file_bytes)
        preparing.remove_file(version)


def _waiting(version_id: str) -> PaperVersion | None:
    """A file that is still there to be split."""
    version = queries.version_by_id(UUID(version_id))
    return version if version is not None and version.status == "checking" and not version.published_at else None


def _made(stored_as: str, part: Part) -> tuple[str, bytes]:
    """The name and the bytes of one part. Raises NotMade, and TooBusy, of which the queue takes care."""
    pages = range(part.first - 1, part.last)
    title = title_from_name(part.file_name) if part.is_named else ""  # a reader's program shows it instead of the name
    answer, content = join([Source(files.parts(stored_as), pages=pages)], title)
    if answer["pages"] != len(pages):
        raise NotMade("some of its pages are not there")
    return part.file_name, content
