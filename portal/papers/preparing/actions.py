"""Every change to papers by clerks: upload, check, sort, publish, announce."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy import delete, update

from portal.core import clock
from portal.core.text import clean_file_name
from portal.infra import work
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.unit_of_work import acting, record, record_later, records_nothing
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED, has_opened, is_over
from portal.papers.converting import libreoffice
from portal.papers.converting.actions import ask_for_pdf
from portal.papers.destination import Kind
from portal.papers.events import (
    CorrectedPaperPublished,
    FileRemoved,
    FilesSorted,
    FilesUploaded,
    MinutesPublished,
    PapersPublished,
)
from portal.papers.inside.actions import CHECK
from portal.papers.matching.file_names import read_name
from portal.papers.matching.kinds import Item
from portal.papers.matching.titles import propose_title, title_from_name
from portal.papers.models import PageText, Paper, PaperVersion, Publication
from portal.papers.notice import rules as notice_rules
from portal.papers.packs import actions as packs_actions
from portal.papers.preparing import checking, queries, rules
from portal.papers.preparing.announcing import announcing
from portal.papers.preparing.doubted import doubts_instead, place_of
from portal.papers.preparing.plan import ready_to_publish
from portal.papers.preparing.rules import APPROVED, MINUTES, NO_PAPERS, Sorted
from portal.papers.withdrawing import copies
from portal.papers.withdrawing import queries as withdrawn
from portal.papers.withdrawing.rules import REFUSED_AGAIN, WRONG_FILE


def upload(
    meeting: Meeting, uploads: Iterable[tuple[str, bytes]], most_bytes: int, in_place_of: Paper | None = None
) -> list[PaperVersion]:
    """Store files as being checked, each under a paper of its own until a clerk says what it is.

    One that is uploaded in place of a withdrawn paper is placed where that was.
    """
    stored = [_store(meeting, name, content, most_bytes, in_place_of) for name, content in uploads]
    event = FilesUploaded(
        board_id=meeting.board_id, meeting_id=meeting.id, versions=tuple(version.id for version in stored)
    )
    record(event)
    return stored


def _store(meeting: Meeting, name: str, content: bytes, most: int, in_place_of: Paper | None) -> PaperVersion:
    file_name = clean_file_name(name)
    paper = _draft_paper(meeting, file_name, in_place_of)
    version = PaperVersion(paper_id=paper.id, **_meeting_ids(meeting), file_name=file_name)
    version.size, version.uploaded_at, version.is_sorted = len(content), clock.now(), in_place_of is not None
    version.guessed = doubts_instead(meeting, file_name, in_place_of) if in_place_of else []
    other = libreoffice.as_another_kind(file_name, content)
    version.reason = checking.refused_at_once(content[:1024], len(content), most, other)
    version.status = "refused" if version.reason else "checking"
    if not version.reason:
        _keep(version, content, other.kind)
    db.session.add(version)
    return version


def _keep(version: PaperVersion, content: bytes, made_from: str) -> None:
    """A PDF is checked next; anything else is made one first."""
    mark = hashlib.sha256(content).hexdigest()
    version.sha256, version.source_sha256 = ("", mark) if made_from else (mark, "")
    if copies.held_personal_data(version.board_id, mark):
        version.status, version.reason = "refused", REFUSED_AGAIN
        return
    if made_from:
        ask_for_pdf(version, content, made_from)
        return
    version.stored_as = f"papers/{version.meeting_id.hex}/{version.id.hex}.pdf"
    files.keep(version.stored_as, content)
    work.ask_for(CHECK, version_id=str(version.id))


def _draft_paper(meeting: Meeting, file_name: str, gone: Paper | None) -> Paper:
    paper = Paper(**_meeting_ids(meeting), title=title_from_name(file_name), created_at=clock.now())
    if gone:
        paper.in_place_of_id, paper.item_id = gone.id, gone.item_id
        paper.kind, paper.stage, paper.title = gone.kind, gone.stage, _title_instead(file_name, gone)
    db.session.add(paper)
    db.session.flush()
    return paper


def _title_instead(file_name: str, gone: Paper) -> str:
    """Of what comes in place of a wrong file its own, as that one was called by what it was; else the title stays."""
    if withdrawn.reason_of(gone.id) != WRONG_FILE:
        return gone.title
    items = [Item(one.id, one.number, one.title) for one in meeting_queries.items(gone.meeting_id)]
    return propose_title(file_name, place_of(gone), items)


def _meeting_ids(meeting: Meeting) -> dict[str, UUID]:
    return {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}


def sort_files(meeting: Meeting, decisions: Sequence[Sorted]) -> None:
    """Put each unpublished file where the clerk says it belongs."""
    meeting_queries.hold(meeting.id)
    waiting = {version.id: version for version in queries.unpublished(meeting.id)}
    known = [(waiting[one.version_id], one) for one in decisions if one.version_id in waiting]
    for version, decision in sorted(known, key=_newer_versions_last):
        _sort(version, decision)
    record(FilesSorted(board_id=meeting.board_id, meeting_id=meeting.id))


def _newer_versions_last(decided: tuple[PaperVersion, Sorted]) -> tuple[bool, object]:
    """A paper has its place before another file becomes its next version."""
    version, decision = decided
    return decision.place.kind is Kind.NEW_VERSION, read_name(version.file_name).version.rank


def _sort(version: PaperVersion, decision: Sorted) -> None:
    place = decision.place
    is_nothing_yet = place.kind is Kind.NOTHING_YET
    version.guessed = [] if is_nothing_yet else list(decision.guessed)
    version.is_held_back = is_nothing_yet and (decision.overrules or version.is_held_back)
    if place.kind is Kind.NEW_VERSION and place.id:
        is_there = version.paper_id == place.id or queries.has_a_place(place.id)  # or else the paper itself is left out
        if is_there and not queries.is_withdrawn(place.id):  # meanwhile: what comes in its place is its own paper
            _make_version_of(version, place.id)
        return
    paper = version.paper
    if paper.first_published_on is None:
        paper.title = decision.title or paper.title
        paper.item_id = place.id if place.kind is Kind.ITEM else None
        of_meeting = {Kind.MINUTES: MINUTES, Kind.AGENDA: rules.AGENDA}
        paper.kind = of_meeting.get(place.kind, rules.APPENDIX if decision.is_appendix else rules.PAPER)
        paper.stage = place.stage
        if not is_nothing_yet and not queries.is_where(paper, paper.in_place_of_id):
            paper.in_place_of_id = None
    version.is_sorted = not is_nothing_yet


def _make_version_of(version: PaperVersion, paper_id: UUID) -> None:
    """A file that was taken for a paper of its own becomes the next version of another paper."""
    if version.paper_id != paper_id:
        alone = version.paper_id
        version.number = queries.next_version_number(paper_id)
        version.paper_id = paper_id
        db.session.flush()
        db.session.expire(version, ["paper"])  # it is that of the other from now on
        db.session.execute(delete(Paper).where(Paper.id == alone, Paper.first_published_on.is_(None)))
    version.is_sorted = True


def remove_file(version: PaperVersion) -> None:
    """Take away a file that was never published, and its paper when it has no other."""
    db.session.execute(delete(PageText).where(PageText.version_id == version.id))
    paper_id = version.paper_id
    if version.stored_as:
        files.delete_later(version.stored_as)
    db.session.delete(version)
    db.session.flush()
    if queries.next_version_number(paper_id) == 1:
        db.session.execute(delete(Paper).where(Paper.id == paper_id))
    record(FileRemoved(board_id=version.board_id, meeting_id=version.meeting_id, version_id=version.id))


def publish(meeting: Meeting, version: int) -> Publication:
    """Show the agenda and every sorted, checked file. Raises EditConflict when pressed twice."""
    meetings.touch(meeting, version)
    items = meetings.mark_agenda_published(meeting)
    waiting = queries.unpublished(meeting.id)
    fresh = ready_to_publish(waiting, has_opened(meeting, clock.now()), queries.same_as_open(waiting))
    publication = _new_publication(meeting)
    for one in fresh:
        _drop_what_it_replaces(one)
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
    """Of minutes people are told now, of papers when they are announced, of items alone not at all."""
    of = {"board_id": meeting.board_id, "meeting_id": meeting.id}
    minutes = [one for one in fresh if one.paper.kind == MINUTES]
    papers = [one for one in fresh if one.paper.kind != MINUTES]
    for one in minutes:
        record(MinutesPublished(**of, paper_id=one.paper_id, version_id=one.id))
    if not papers:
        publication.announce_at = None
    at = publication.announce_at
    for event in _corrected(fresh, is_announced=at is not None):
        record(event)
    if at:
        for news in announcing(meeting, (publication.id,), [(one.paper, one) for one in fresh], acting.get()):
            record_later(news, at)


def _corrected(files: Iterable[PaperVersion], is_announced: bool) -> Iterator[CorrectedPaperPublished]:
    """Of files that are published in place of a withdrawn paper; a later one of the same paper is a new version.

    It happens now, whenever the others are announced: then it is known who published it, who is not told of it. Once
    for all that is published together, so that nobody gets two emails.
    """
    corrected = [one.paper for one in files if one.paper.in_place_of_id and one.number == 1]
    for with_others in (True, False):
        these = [one for one in corrected if (is_announced and one.kind != MINUTES) is with_others]
        if these:
            of = {"board_id": these[0].board_id, "meeting_id": these[0].meeting_id, "paper_id": these[0].id}
            others = tuple(one.id for one in these[1:])
            yield CorrectedPaperPublished(**of, others=others, is_announced=with_others)


def _new_publication(meeting: Meeting) -> Publication:
    now = clock.now()
    told = meeting.status == PLANNED and not is_over(meeting.starts_at, now)
    at = rules.announce_at(now, queries.announcement_windows(meeting.id)) if told else None
    publication = Publication(**_meeting_ids(meeting), published_at=now, announce_at=at)
    db.session.add(publication)
    db.session.flush()
    return publication


def _drop_what_it_replaces(version: PaperVersion) -> None:
    """Nobody has seen the older files of a paper that is published for the first time: they go, and it is its first."""
    if version.paper.first_published_on or version.number == 1:
        return
    for older in [one for one in queries.unpublished(version.meeting_id) if one.paper_id == version.paper_id]:
        if older.id != version.id:
            remove_file(older)
    version.number = 1


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
    days = [one.paper.first_published_on for one in found if one.paper.kind not in NO_PAPERS]
    late = bool(days) and all(day and notice_rules.is_late(day, meeting.opened_on, target_days) for day in days)
    files = [(one.paper, one.version) for one in found]
    for event in announcing(meeting, ids, files, queries.published_by(publications), late):
        record(event)


@records_nothing("cancelling the meeting is recorded")
def drop_announcements(meeting_id: UUID) -> None:
    """The meeting is off: nobody is told of papers any more."""
    db.session.execute(
        update(Publication)
        .where(Publication.meeting_id == meeting_id, Publication.announced_at.is_(None))
        .values(announce_at=None)
    )
