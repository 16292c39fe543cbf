"""Having a Word or PowerPoint file become a PDF, which is then checked like any other, and looked at by a clerk."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID

from flask import current_app

from portal.core import clock
from portal.infra import work
from portal.infra.database import db
from portal.infra.documents.sandbox import TooBusy, run_making
from portal.infra.storage import files
from portal.infra.storage.virus import Unavailable, virus_in
from portal.infra.unit_of_work import record, records_nothing
from portal.papers.converting import libreoffice, rules
from portal.papers.events import FileChecked, FileLookedAt
from portal.papers.inside.actions import BUSY, CHECK, WAITING
from portal.papers.models import PaperVersion
from portal.papers.preparing import queries

CONVERT = "convert-upload"
LONGEST_KEPT = timedelta(days=1)  # a source that nothing becomes of goes then


class NotConverted(Exception):
    """Why, as a sentence."""


@records_nothing("that it was uploaded is recorded")
def ask_for_pdf(version: PaperVersion, content: bytes, kind: str) -> None:
    """Keep the source of a file until it is converted, a day at most, and have it converted."""
    version.made_from = kind
    version.stored_as = f"papers/{version.meeting_id.hex}/{version.id.hex}.{rules.ENDINGS[kind]}"
    files.keep(version.stored_as, content)
    files.delete_after(version.stored_as, LONGEST_KEPT)
    work.ask_for(CONVERT, version_id=str(version.id))


@records_nothing("what comes of it is: a file that is checked")
def convert_upload(version_id: str) -> str | None:
    """Make a PDF of a stored source; called by the work loop, any number of times, and again LATER when it must wait.

    The transaction is let go meanwhile, as it is while a file is checked.
    """
    version = _to_convert(version_id)
    if version is None:
        return None
    stored_as, kind = version.stored_as, version.made_from
    db.session.rollback()
    try:
        pdf = _pdf_of(stored_as, kind)
    except (Unavailable, TooBusy) as error:
        return _hold(version_id, WAITING if isinstance(error, Unavailable) else BUSY)
    except NotConverted as error:
        _refuse(version_id, str(error))
        return None
    _take_in(version_id, stored_as, pdf)
    return None


def _to_convert(version_id: str) -> PaperVersion | None:
    """A file whose source is still there."""
    version = queries.version_by_id(UUID(version_id))
    is_waiting = version is not None and version.status == "checking" and version.made_from
    return version if version is not None and is_waiting and not version.stored_as.endswith(".pdf") else None


def _pdf_of(stored_as: str, kind: str) -> bytes:
    """Raises NotConverted, and Unavailable and TooBusy, which say nothing of the file."""
    pdf = b""
    try:
        content = files.read(stored_as)
    except FileNotFoundError as error:
        raise NotConverted(rules.NOT_CONVERTED.format(rules.CALLED[kind])) from error
    if libreoffice.is_there():
        pdf = libreoffice.pdf_of(_looked_into_anew(_without_virus(content), kind), kind)
    if not pdf:
        raise NotConverted(rules.NOT_CONVERTED.format(rules.CALLED[kind]))
    return pdf


def _without_virus(content: bytes) -> bytes:
    address = current_app.config["PORTAL"].clamav_address
    if address and virus_in(content, address):
        raise NotConverted(rules.INFECTED)
    return content


def _looked_into_anew(content: bytes, kind: str) -> bytes:
    """The source made anew, of the parts that were looked at."""
    found, anew = run_making("portal.papers.converting.inspect_office", content, kind)
    if found is None:
        raise NotConverted(rules.TOO_COMPLICATED.format(rules.CALLED[kind]))
    if found.get("reason"):
        raise NotConverted(found["reason"])
    return anew


def _hold(version_id: str, why: str) -> str:
    if version := _to_convert(version_id):
        version.reason = why
    return work.LATER


def _refuse(version_id: str, why: str) -> None:
    """The source goes too."""
    if (version := _to_convert(version_id)) is None:
        return
    files.delete_later(version.stored_as)
    version.stored_as, version.status, version.reason = "", "refused", why
    of = {"board_id": version.board_id, "meeting_id": version.meeting_id}
    record(FileChecked(**of, version_id=version.id, status=version.status))


def _take_in(version_id: str, source: str, pdf: bytes) -> None:
    """The PDF in the place of its source, under a name of its own: files are written once."""
    mark = hashlib.sha256(pdf).hexdigest()
    made_as = f"{source.rpartition('.')[0]}-{mark[:16]}.pdf"
    files.keep(made_as, pdf)
    if (version := _to_convert(version_id)) is None:
        return files.delete_later(made_as)
    files.delete_later(source)
    version.stored_as, version.sha256, version.size, version.reason = made_as, mark, len(pdf), ""
    version.file_name = rules.name_as_pdf(version.file_name)
    work.ask_for(CHECK, version_id=version_id)
    return None


def confirm_look(version: PaperVersion) -> None:
    """A clerk has looked at every page. Doing it twice changes nothing."""
    if not version.must_be_looked_at:
        return
    version.looked_at = clock.now()
    record(FileLookedAt(board_id=version.board_id, meeting_id=version.meeting_id, version_id=version.id))
