"""Looking into a file that was uploaded: it becomes ready, without what was harmless, or is refused."""

from __future__ import annotations

import hashlib
from uuid import UUID

from flask import current_app

from portal.infra import work
from portal.infra.database import db
from portal.infra.documents.sandbox import TooBusy
from portal.infra.storage import files
from portal.infra.storage.virus import Unavailable
from portal.infra.unit_of_work import record
from portal.papers.events import FileChecked
from portal.papers.models import PageText, PaperVersion
from portal.papers.pictures.actions import ask_the_machine
from portal.papers.preparing import checking, queries
from portal.papers.withdrawing import copies
from portal.papers.withdrawing.actions import refuse_again

CHECK = "check-upload"


WAITING = "Waiting for the virus check. You do not need to do anything. It will continue by itself"


BUSY = "We were too busy to finish. You do not need to do anything: we’ll try again"


def check_upload(version_id: str) -> str | None:
    """Look inside a stored file; called by the work loop, any number of times, and again LATER while it must wait.

    The transaction is let go while the file is open: on SQLite it would keep every other writer waiting.
    """
    version = _being_checked(version_id)
    if version is None:
        return None
    stored_as = version.stored_as
    db.session.rollback()
    try:
        found = checking.look_inside(files.read(stored_as), current_app.config["PORTAL"].clamav_address)
    except Unavailable:
        return _hold(version_id, WAITING)
    except TooBusy:
        return _hold(version_id, BUSY)
    clean_as = _keep_clean(stored_as, found.clean)
    if version := _being_checked(version_id):
        take_in(version, found, clean_as)
    elif clean_as:  # a clerk took the file away while it was looked into
        files.delete_later(clean_as)
    return None


def _being_checked(version_id: str) -> PaperVersion | None:
    version = queries.version_by_id(UUID(version_id))
    return version if version is not None and version.status == "checking" else None


def _hold(version_id: str, why: str) -> str:
    """Nothing is known of the file yet: it waits, and nobody gets it meanwhile."""
    if version := _being_checked(version_id):
        version.reason = why
    return work.LATER


def _keep_clean(stored_as: str, clean: bytes) -> str:
    """Keep the file without what was taken out, under a name of its own: files are written once."""
    if not clean:
        return ""
    clean_as = stored_as.removesuffix(".pdf") + f"-{hashlib.sha256(clean).hexdigest()[:16]}.pdf"
    files.keep(clean_as, clean)
    return clean_as


def take_in(version: PaperVersion, found: checking.Found, clean_as: str) -> None:
    """Keep what was found; an infected file is not kept at all."""
    if found.reason == checking.INFECTED:
        files.remove(version.stored_as)
        version.stored_as = ""
    if clean_as:
        _put_in_its_place(version, found.clean, clean_as)
    version.status, version.reason = ("refused", found.reason) if found.reason else ("ready", "")
    version.pages, version.is_tagged, version.has_title = found.pages, found.tagged, found.title
    version.title_inside, version.parts_inside = found.title_inside, found.parts
    version.hidden_layers = list(found.hidden_layers)
    version.taken_out, version.picture_pages = list(found.taken_out), len(found.pictures)
    version.has_text = any(text.strip() for text in found.texts)
    marks = (version.sha256, version.source_sha256)  # once what was harmless is taken out
    if copies.held_personal_data(version.board_id, *marks):
        refuse_again(version)
    else:
        _keep_texts(version, found)
    record(
        FileChecked(
            board_id=version.board_id, meeting_id=version.meeting_id, version_id=version.id, status=version.status
        )
    )


def _put_in_its_place(version: PaperVersion, clean: bytes, clean_as: str) -> None:
    files.delete_later(version.stored_as)
    version.stored_as, version.size = clean_as, len(clean)
    version.sha256 = hashlib.sha256(clean).hexdigest()


def _keep_texts(version: PaperVersion, found: checking.Found) -> None:
    """A row for each page, also of one without a word."""
    of = {"board_id": version.board_id, "version_id": version.id}
    for number, text in enumerate(found.texts, start=1):
        db.session.add(PageText(**of, page=number, text=text, is_picture=number in found.pictures))
    if found.pictures:
        ask_the_machine(version, min(found.pictures))
