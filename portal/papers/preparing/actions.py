"""Every change to papers by clerks: upload, check, sort, publish, announce."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, update

from portal.core import clock
from portal.core.text import clean_file_name
from portal.infra import work
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.storage.virus import Unavailable
from portal.infra.unit_of_work import record, record_later, records_nothing
from portal.infra.versions import assign
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED, has_opened, is_over
from portal.papers.destination import Kind
from portal.papers.events import (
    FileChecked,
    FileRemoved,
    FilesSorted,
    FilesUploaded,
    MinutesPublished,
    PaperDetailsChanged,
    PapersAnnounced,
    PapersPublished,
    PapersReplaced,
)
from portal.papers.models import PageText, Paper, PaperVersion, Publication
from portal.papers.notice import rules as notice_rules
from portal.papers.packs import actions as packs_actions
from portal.papers.preparing import checking, queries, rules
from portal.papers.preparing.plan import ready_to_publish
from portal.papers.preparing.rules import APPROVED, MINUTES, Place, Sorted

CHECK = "check-upload"


WAITING = "Waiting for the virus check. You need not do anything: it goes on by itself"


def upload(meeting: Meeting, uploads: Iterable[tuple[str, bytes]], most_bytes: int) -> list[PaperVersion]:
    """Store files as being checked, each under a paper of its own until a clerk says what it is."""
    items = [Place(item.id, item.number, item.title) for item in meeting_queries.items(meeting.id)]
    papers = queries.places_of_papers(meeting.id)
    stored = [_store(meeting, name, content, most_bytes, items, papers) for name, content in uploads]
    event = FilesUploaded(
        board_id=meeting.board_id, meeting_id=meeting.id, versions=tuple(version.id for version in stored)
    )
    record(event)
    return stored


def _store(
    meeting: Meeting, name: str, content: bytes, most: int, items: Sequence[Place], papers: Sequence[Place]
) -> PaperVersion:
    file_name = clean_file_name(name)
    place = rules.propose_place(file_name, items, papers)
    paper = _draft_paper(meeting, file_name)
    version = PaperVersion(paper_id=paper.id, **_meeting_ids(meeting), file_name=file_name, proposed=str(place))
    version.size, version.uploaded_at = len(content), clock.now()
    version.reason = checking.refused_at_once(content[:1024], len(content), most)
    if version.reason:
        version.status = "refused"
    else:
        version.sha256 = hashlib.sha256(content).hexdigest()
        version.stored_as = f"papers/{meeting.id.hex}/{version.id.hex}.pdf"
        files.keep(version.stored_as, content)
        work.ask_for(CHECK, version_id=str(version.id))
    db.session.add(version)
    return version


def _draft_paper(meeting: Meeting, file_name: str) -> Paper:
    paper = Paper(**_meeting_ids(meeting), title=rules.title_from(file_name), created_at=clock.now())
    db.session.add(paper)
    db.session.flush()
    return paper


def _meeting_ids(meeting: Meeting) -> dict[str, UUID]:
    return {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}


def check_upload(version_id: str) -> str | None:
    """Look inside a stored file; called by the work loop, any number of times, and again LATER while it must wait.

    The transaction is let go while the file is open: on SQLite it would keep every other writer waiting.
    """
    version = queries.version_by_id(UUID(version_id))
    if version is None or version.status != "checking":
        return None
    stored_as = version.stored_as
    db.session.rollback()
    try:
        found = checking.look_inside(files.read(stored_as), current_app.config["PORTAL"].clamav_address)
    except Unavailable:
        return _hold(version_id)
    version = queries.version_by_id(UUID(version_id))
    if version is None or version.status != "checking":
        return None
    _take_in(version, found)
    return None


def _hold(version_id: str) -> str:
    """The virus check gives no answer: the file waits, and nobody gets it meanwhile."""
    version = queries.version_by_id(UUID(version_id))
    if version is not None and version.status == "checking":
        version.reason = WAITING
    return work.LATER


def _take_in(version: PaperVersion, found: checking.Found) -> None:
    """Keep what was found; an infected file is not kept at all."""
    if found.reason == checking.INFECTED:
        files.remove(version.stored_as)
        version.stored_as = ""
    version.status, version.reason = ("refused", found.reason) if found.reason else ("ready", "")
    version.pages, version.is_tagged, version.has_title = found.pages, found.tagged, found.title
    version.has_text = any(text.strip() for text in found.texts)
    for number, text in enumerate(found.texts, start=1):
        db.session.add(PageText(board_id=version.board_id, version_id=version.id, page=number, text=text))
    record(
        FileChecked(
            board_id=version.board_id, meeting_id=version.meeting_id, version_id=version.id, status=version.status
        )
    )


def sort_files(meeting: Meeting, decisions: Sequence[Sorted]) -> None:
    """Put each unpublished file where the clerk says it belongs."""
    waiting = {version.id: version for version in queries.unpublished(meeting.id)}
    for decision in decisions:
        if version := waiting.get(decision.version_id):
            _sort(version, decision)
    record(FilesSorted(board_id=meeting.board_id, meeting_id=meeting.id))


def _sort(version: PaperVersion, decision: Sorted) -> None:
    place = decision.place
    if place.kind is Kind.NEW_VERSION and place.id:
        if not queries.is_withdrawn(place.id):  # meanwhile, by another clerk: what comes in its place is its own paper
            _make_version_of(version, place.id)
        return
    paper = version.paper
    if paper.first_published_on is None:
        paper.title = decision.title or paper.title
        paper.item_id = place.id if place.kind is Kind.ITEM else None
        is_minutes = place.kind is Kind.MINUTES
        paper.kind = MINUTES if is_minutes else rules.APPENDIX if decision.is_appendix else rules.PAPER
        paper.stage = place.stage
    version.is_sorted = place.kind is not Kind.NOTHING_YET


def _make_version_of(version: PaperVersion, paper_id: UUID) -> None:
    """A file that was taken for a paper of its own becomes the next version of another paper."""
    if version.paper_id != paper_id:
        alone = version.paper_id
        version.number = queries.next_version_number(paper_id)
        version.paper_id = paper_id
        db.session.flush()
        db.session.execute(delete(Paper).where(Paper.id == alone, Paper.first_published_on.is_(None)))
    version.is_sorted = True


def remove_file(version: PaperVersion) -> None:
    """Take away a file that was never published."""
    db.session.execute(delete(PageText).where(PageText.version_id == version.id))
    paper_id = version.paper_id
    if version.stored_as:
        files.delete_later(version.stored_as)
    db.session.delete(version)
    db.session.flush()
    if queries.next_version_number(paper_id) == 1:
        db.session.execute(delete(Paper).where(Paper.id == paper_id))
    record(FileRemoved(board_id=version.board_id, meeting_id=version.meeting_id, version_id=version.id))


def change_details(paper: Paper, **typed: object) -> None:
    if assign(paper, **typed):
        record(PaperDetailsChanged(board_id=paper.board_id, meeting_id=paper.meeting_id, paper_id=paper.id))


def publish(meeting: Meeting, version: int) -> Publication:
    """Show the agenda and every sorted, checked file. Raises EditConflict when pressed twice."""
    meetings.touch(meeting, version)
    items = meetings.mark_agenda_published(meeting)
    fresh = ready_to_publish(queries.unpublished(meeting.id), has_opened(meeting, clock.now()))
    publication = _new_publication(meeting)
    for one in fresh:
        _publish_version(one, publication, meeting)
    packs_actions.ask_for_packs(meeting)
    event = PapersPublished(
        board_id=meeting.board_id,
        meeting_id=meeting.id,
        publication_id=publication.id,
        papers=tuple(one.paper_id for one in fresh),
        items=tuple(item.id for item in items),
    )
    record(event)
    _tell(meeting, publication, fresh)
    return publication


def _tell(meeting: Meeting, publication: Publication, fresh: Sequence[PaperVersion]) -> None:
    """Of minutes people are told now, of papers when they are announced, of an agenda alone not at all."""
    of = {"board_id": meeting.board_id, "meeting_id": meeting.id}
    minutes = [one for one in fresh if one.paper.kind == MINUTES]
    for one in minutes:
        record(MinutesPublished(**of, paper_id=one.paper_id, version_id=one.id))
    if len(minutes) == len(fresh):
        publication.announce_at = None
    if publication.announce_at:
        record_later(PapersAnnounced(**of, publications=(publication.id,), late=False), publication.announce_at)
        if changed := _replaced((one.paper, one) for one in fresh):
            record_later(PapersReplaced(**of, papers=changed), publication.announce_at)


def _new_publication(meeting: Meeting) -> Publication:
    now = clock.now()
    told = meeting.status == PLANNED and not is_over(meeting.starts_at, now)
    at = rules.announce_at(now, queries.announcement_windows(meeting.id)) if told else None
    publication = Publication(**_meeting_ids(meeting), published_at=now, announce_at=at)
    db.session.add(publication)
    db.session.flush()
    return publication


def _publish_version(version: PaperVersion, publication: Publication, meeting: Meeting) -> None:
    version.published_at, version.publication_id = publication.published_at, publication.id
    paper = version.paper
    paper.first_published_on = paper.first_published_on or clock.london_day(publication.published_at)
    if paper.kind == MINUTES:
        meetings.mark_minutes_published(meeting, approved=paper.stage == APPROVED)
    db.session.flush()


def announce(publications: Sequence[Publication], target_days: int, meeting: Meeting) -> None:
    """Tell people of publications, all in one email each."""
    for one in publications:
        one.announced_at = clock.now()
    ids = tuple(one.id for one in publications)
    found = queries.announced(ids)
    days = [one.paper.first_published_on for one in found if one.paper.kind != MINUTES]
    late = bool(days) and all(day and notice_rules.is_late(day, meeting.opened_on, target_days) for day in days)
    record(PapersAnnounced(board_id=meeting.board_id, meeting_id=meeting.id, publications=ids, late=late))
    if changed := _replaced((one.paper, one.version) for one in found):
        record(PapersReplaced(board_id=meeting.board_id, meeting_id=meeting.id, papers=changed))


def _replaced(files: Iterable[tuple[Paper, PaperVersion]]) -> tuple[UUID, ...]:
    """The papers of which some files are a later version; minutes have an email of their own."""
    return tuple(paper.id for paper, version in files if version.number > 1 and paper.kind != MINUTES)


@records_nothing("cancelling the meeting is recorded")
def drop_announcements(meeting_id: UUID) -> None:
    """The meeting is off: nobody is told of papers any more."""
    db.session.execute(
        update(Publication)
        .where(Publication.meeting_id == meeting_id, Publication.announced_at.is_(None))
        .values(announce_at=None)
    )
