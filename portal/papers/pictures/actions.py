"""Having pages that are pictures read by machine, one after the other, where a program for that is installed."""

from __future__ import annotations

from uuid import UUID

from portal.infra import work
from portal.infra.database import db
from portal.infra.documents.sandbox import TooBusy
from portal.infra.storage import files
from portal.infra.unit_of_work import records_nothing
from portal.papers.models import PaperVersion
from portal.papers.pictures import machine, queries

READ = "read-picture"


@records_nothing("what a machine reads is for finding only")
def ask_the_machine(version: PaperVersion, page: int) -> None:
    """Have a page read. Each asks for the next, so that no file waits to be checked until a whole paper is read."""
    if machine.is_there():
        work.ask_for(READ, version_id=str(version.id), page=str(page))


@records_nothing("what a machine reads is for finding only")
def read_picture(version_id: str, page: str) -> str | None:
    """Read one page; called by the work loop, any number of times, and again LATER when the portal was too busy.

    The transaction is let go meanwhile, as it is while a file is checked.
    """
    version = queries.version_to_read(UUID(version_id))
    if version is None or not machine.is_there():
        return None
    stored_as = version.stored_as
    db.session.rollback()
    try:
        words = machine.words_of(files.read(stored_as), int(page))
    except TooBusy:
        return work.LATER
    _keep(UUID(version_id), int(page), words)
    return None


def _keep(version_id: UUID, page: int, words: str) -> None:
    """The file may be gone by now."""
    version, text = queries.version_to_read(version_id), queries.page_text(version_id, page)
    if version is None or text is None:
        return
    text.read_by_machine = words
    db.session.flush()
    if following := queries.next_to_read(version_id):
        ask_the_machine(version, following)
