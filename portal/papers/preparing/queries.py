"""Finding versions that are not published, announcements that are due, and what a pack lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.access.permissions import MEETINGS_READ
from portal.audit.models import AuditLine
from portal.core import clock
from portal.infra.database import db
from portal.infra.kept import made_once
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.meetings.models import AgendaItem, Meeting
from portal.papers.events import PapersPublished
from portal.papers.matching.kinds import There
from portal.papers.models import Paper, PaperVersion, Publication
from portal.papers.preparing.rules import AGENDA, APPENDIX, APPROVED, MINUTES, NEVER_WITH_PAPER, NO_PAPERS


def version_by_id(version_id: UUID) -> PaperVersion | None:
    """A file to check, whoever uploaded it."""
    return db.session.scalar(
        select(PaperVersion).where(PaperVersion.id == version_id).options(joinedload(PaperVersion.paper))
    )


def unpublished(meeting_id: UUID) -> Sequence[PaperVersion]:
    """The files of a meeting that are not published, with their papers, in the order of upload."""
    return db.session.scalars(_unpublished(), {"meeting_id": meeting_id}).all()


@made_once
def _unpublished() -> Select[PaperVersion]:
    statement = select(PaperVersion).join(PaperVersion.paper).options(contains_eager(PaperVersion.paper))
    waits = (PaperVersion.published_at.is_(None), PaperVersion.withdrawal_id.is_(None))
    statement = statement.where(PaperVersion.meeting_id == bindparam("meeting_id"), *waits)
    return statement.order_by(PaperVersion.uploaded_at, PaperVersion.file_name, PaperVersion.id)


@seen_with(MEETINGS_READ)
def unpublished_file(sight: Sight, meeting_id: UUID, version_id: UUID) -> PaperVersion | None:
    return next((one for one in unpublished(meeting_id) if one.id == version_id), None)


def published_marks(meeting_id: UUID) -> dict[str, str]:
    """The files of a meeting that are published and open: by their bytes, the title of the paper."""
    is_open = (PaperVersion.published_at.is_not(None), PaperVersion.withdrawal_id.is_(None))
    statement = select(PaperVersion.sha256, Paper.title).join(Paper, Paper.id == PaperVersion.paper_id)
    statement = statement.where(PaperVersion.meeting_id == meeting_id, *is_open)
    return {key: title for key, title in db.session.execute(statement.order_by(PaperVersion.id)) if key}


def _open_now(papers: Collection[UUID]) -> dict[UUID, Sequence[str]]:
    """The marks of the newest file that is open, of some papers."""
    is_open = (PaperVersion.published_at.is_not(None), PaperVersion.withdrawal_id.is_(None))
    statement = select(PaperVersion.paper_id, PaperVersion.sha256, PaperVersion.source_sha256)
    statement = statement.where(PaperVersion.paper_id.in_(papers), *is_open).order_by(PaperVersion.number)
    return {paper: marks for paper, *marks in db.session.execute(statement)}


def same_as_open(versions: Sequence[PaperVersion]) -> set[UUID]:
    """Of files that would be the next version of a published paper: those that are the file that is open already."""
    papers = {one.paper_id for one in versions if one.number > 1}
    newest = _open_now(papers) if papers else {}
    mine = {one.id: (newest.get(one.paper_id, ("", "")), (one.sha256, one.source_sha256)) for one in versions}
    return {key for key, both in mine.items() if any(was and was == now for was, now in zip(*both, strict=True))}


def being_checked(meeting_id: UUID) -> int:
    statement = select(func.count(PaperVersion.id)).where(
        PaperVersion.meeting_id == meeting_id, PaperVersion.status == "checking"
    )
    return db.session.scalar(statement) or 0


@dataclass(frozen=True)
class PaperThere(There):
    """A sorted or published paper of a meeting, as something that a new file may be a version of."""

    title: str = ""
    is_dated: bool = False  # of the day of the meeting itself: its agenda, its minutes


def places_of_papers(meeting_id: UUID) -> list[PaperThere]:
    """The sorted or published papers of a meeting, with the names of their files."""
    statement = (
        select(Paper, PaperVersion.file_name)
        .join(PaperVersion, PaperVersion.paper_id == Paper.id)
        .where(
            Paper.meeting_id == meeting_id,
            PaperVersion.status != "refused",
            Paper.withdrawn_at.is_(None),  # what comes in the place of one that is withdrawn is a paper of its own
            or_(PaperVersion.is_sorted, PaperVersion.published_at.is_not(None)),
        )
        .order_by(Paper.created_at, Paper.id, PaperVersion.number)
    )
    names: dict[Paper, list[str]] = defaultdict(list)
    for paper, file_name in db.session.execute(statement):
        names[paper].append(file_name)
    return [_there(paper, tuple(files)) for paper, files in names.items()]


def _there(paper: Paper, file_names: tuple[str, ...]) -> PaperThere:
    is_published = paper.first_published_on is not None
    of = (paper.id, file_names, paper.item_id, paper.kind == APPENDIX, is_published, paper.title)
    return PaperThere(*of, is_dated=paper.kind in NO_PAPERS)


def has_a_place(paper_id: UUID) -> bool:
    """Whether a file of a paper is sorted or published, so that another can be its next version."""
    placed = or_(PaperVersion.is_sorted, PaperVersion.published_at.is_not(None))
    return db.session.scalar(select(exists().where(PaperVersion.paper_id == paper_id, placed))) or False


def is_withdrawn(paper_id: UUID) -> bool:
    statement = select(Paper.id).where(Paper.id == paper_id, Paper.withdrawn_at.is_not(None))
    return db.session.scalar(statement) is not None


def is_where(paper: Paper, other_id: UUID | None) -> bool:
    """Whether a paper is at the same place of its meeting as another."""
    statement = select(Paper.item_id, Paper.kind).where(Paper.id == other_id)
    other = db.session.execute(statement).one_or_none() if other_id else None
    return other is not None and (paper.item_id, paper.kind) == (other.item_id, other.kind)


def next_version_number(paper_id: UUID) -> int:
    statement = select(func.max(PaperVersion.number)).where(PaperVersion.paper_id == paper_id)
    return (db.session.scalar(statement) or 0) + 1


def announcement_windows(meeting_id: UUID) -> list[datetime]:
    """When earlier publications of a meeting were, or will be, announced."""
    statement = select(Publication.announce_at).where(
        Publication.meeting_id == meeting_id, Publication.announce_at.is_not(None)
    )
    return [moment for moment in db.session.scalars(statement.order_by(Publication.announce_at)) if moment]


def not_announced(meeting_id: UUID) -> Sequence[Publication]:
    """What was published of a meeting and waits to be announced."""
    waits = (Publication.announced_at.is_(None), Publication.announce_at.is_not(None))
    statement = select(Publication).where(Publication.meeting_id == meeting_id, *waits)
    return db.session.scalars(statement.order_by(Publication.announce_at, Publication.published_at)).all()


def meeting_of_published(paper_id: UUID) -> UUID | None:
    """Of which meeting a paper is that has been published; None of one that has not."""
    return db.session.scalar(
        select(Paper.meeting_id).where(Paper.id == paper_id, Paper.first_published_on.is_not(None))
    )


def published_at(publication_ids: Sequence[UUID]) -> datetime | None:
    """When the first of some publications was."""
    statement = select(func.min(Publication.published_at)).where(Publication.id.in_(publication_ids))
    return db.session.scalar(statement)


def published_by(publications: Sequence[Publication]) -> UUID | None:
    """Who published some of one meeting, if it was one person: the trail knows, and nothing else has to keep it."""
    of_board = (AuditLine.board_id == publications[0].board_id, AuditLine.event == PapersPublished.__name__)
    first = min(one.published_at for one in publications)
    lines = (
        select(AuditLine).where(*of_board, AuditLine.happened_at >= first).order_by(AuditLine.happened_at, AuditLine.id)
    )
    ids = {str(one.id) for one in publications}
    people = {one.actor_id for one in db.session.scalars(lines) if one.facts.get("publication_id") in ids}
    return people.pop() if len(people) == 1 else None


def agendas_begun_on(meeting_ids: Sequence[UUID], day: date) -> set[UUID]:
    """Those of some meetings whose first item was added on a day."""
    statement = select(AgendaItem.meeting_id).where(AgendaItem.meeting_id.in_(list(meeting_ids)))
    statement = statement.group_by(AgendaItem.meeting_id).having(func.min(AgendaItem.added_on) == day)
    return set(db.session.scalars(statement.order_by(AgendaItem.meeting_id)))


def to_announce(now: datetime) -> dict[tuple[UUID, UUID], list[Publication]]:
    """Publications whose time to be announced has come, by (board, meeting)."""
    statement = select(Publication).where(Publication.announced_at.is_(None), Publication.announce_at <= now)
    statement = across_boards(statement, CrossBoardReason.CLOCK)
    found = defaultdict(list)
    for one in db.session.scalars(statement.order_by(Publication.published_at, Publication.id)):
        found[one.board_id, one.meeting_id].append(one)
    return found


agenda_first = case((Paper.kind == AGENDA, 0), else_=1)


@dataclass(frozen=True)
class Announced:
    """One file in an announcement."""

    paper: Paper
    version: PaperVersion
    item_is_restricted: bool


def announced(publication_ids: Sequence[UUID]) -> list[Announced]:
    """The files of some publications: the agenda, and papers in its order."""
    statement = (
        select(Paper, PaperVersion, AgendaItem.is_restricted)
        .join(PaperVersion, PaperVersion.paper_id == Paper.id)
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .where(PaperVersion.publication_id.in_(publication_ids), PaperVersion.withdrawal_id.is_(None))
        .order_by(agenda_first, AgendaItem.position.is_(None), AgendaItem.position)
        .order_by(Paper.kind.desc(), Paper.created_at, Paper.id, PaperVersion.number)
    )
    return [Announced(paper, version, bool(restricted)) for paper, version, restricted in db.session.execute(statement)]


def needs_paper(now: datetime | None = None) -> ColumnElement[bool]:
    """Whether an item of an agenda should have a paper, and none is published (by `now`), or each was withdrawn."""
    published = (Paper.first_published_on.is_not(None), Paper.withdrawn_at.is_(None))
    by_now = (Paper.created_at <= now,) if now else ()
    has_paper = exists().where(Paper.item_id == AgendaItem.id, *published, *by_now)
    never = or_(*(AgendaItem.title.ilike(title) for title in NEVER_WITH_PAPER))
    return and_(AgendaItem.is_verbal.is_(False), ~never, ~has_paper)


def lacking_papers(meeting_ids: Sequence[UUID]) -> set[UUID]:
    """Those of some meetings with an item that should have a paper and has none; restricted items are not counted."""
    lacking = needs_paper(), AgendaItem.is_restricted.is_(False)
    statement = select(AgendaItem.meeting_id).where(AgendaItem.meeting_id.in_(list(meeting_ids)), *lacking)
    return set(db.session.scalars(statement.distinct().order_by(AgendaItem.meeting_id)))


def has_no_minutes() -> ColumnElement[bool]:
    """Whether a meeting has no minutes yet, or all that it had were withdrawn."""
    of_meeting = exists().where(Paper.meeting_id == Meeting.id, Paper.kind == MINUTES)
    had = of_meeting.where(Paper.withdrawn_at.is_not(None))
    has = of_meeting.where(Paper.first_published_on.is_not(None), Paper.withdrawn_at.is_(None))
    return or_(Meeting.minutes_published_at.is_(None), and_(had, ~has))


def missing_items(meeting_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """By meeting, the items that need a paper and have none published, as 'number title'."""
    statement = select(AgendaItem.meeting_id, AgendaItem.number, AgendaItem.title).where(
        AgendaItem.meeting_id.in_(list(meeting_ids)), needs_paper(clock.now())
    )
    missing: dict[UUID, list[str]] = defaultdict(list)
    for meeting_id, number, title in db.session.execute(
        statement.order_by(AgendaItem.meeting_id, AgendaItem.position, AgendaItem.id)
    ):
        missing[meeting_id].append(f"{number} {title}".strip())
    return missing


def published_kinds(meeting_id: UUID) -> dict[UUID, set[str]]:
    """By item, what is published and open of it: papers, appendices."""
    statement = select(Paper.item_id, Paper.kind).where(
        Paper.meeting_id == meeting_id,
        Paper.item_id.is_not(None),
        Paper.first_published_on.is_not(None),
        Paper.withdrawn_at.is_(None),
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for item_id, kind in db.session.execute(statement.order_by(Paper.created_at, Paper.id)):
        if item_id:
            found[item_id].add(kind)
    return found


def draft_minutes_published(meeting_ids: Sequence[UUID]) -> set[UUID]:
    statement = select(Paper.meeting_id).where(
        Paper.meeting_id.in_(list(meeting_ids)), Paper.kind == MINUTES, Paper.first_published_on.is_not(None)
    )
    return set(db.session.scalars(statement.order_by(Paper.meeting_id)))


def newer_minutes(version: PaperVersion) -> PaperVersion | None:
    """What took the place of minutes since: a later version, or of a draft the approved minutes."""
    is_open = (PaperVersion.published_at.is_not(None), PaperVersion.withdrawal_id.is_(None))
    later = and_(Paper.id == version.paper_id, PaperVersion.number > version.number)
    approved = and_(Paper.kind == MINUTES, Paper.stage == APPROVED, Paper.id != version.paper_id)
    own_stage = select(Paper.stage).where(Paper.id == version.paper_id).scalar_subquery()
    either = or_(later, and_(approved, own_stage != APPROVED))
    statement = select(PaperVersion).join(PaperVersion.paper).options(contains_eager(PaperVersion.paper))
    statement = statement.where(PaperVersion.meeting_id == version.meeting_id, *is_open, either)
    return db.session.scalar(statement.order_by(Paper.stage, PaperVersion.number.desc(), PaperVersion.id).limit(1))


def stages_of_minutes(publication_id: UUID) -> set[str]:
    """Whether minutes of a publication are drafts or approved."""
    statement = select(Paper.stage).join(PaperVersion, PaperVersion.paper_id == Paper.id).distinct()
    statement = statement.where(PaperVersion.publication_id == publication_id, Paper.kind == MINUTES)
    return set(db.session.scalars(statement.order_by(Paper.stage)))
