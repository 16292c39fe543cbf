"""Finding papers within sight, their text, and what a reader keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, load_only

from portal.access.decide import can
from portal.access.permissions import PAPERS_PREPARE, PAPERS_READ, PAPERS_RESTRICTED
from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.core.calendar import moment
from portal.infra.database import db
from portal.infra.kept import Whoever, made_for_whoever, made_once, within_reach
from portal.infra.sight import Sight, seen_with
from portal.infra.todo import Rows
from portal.meetings.models import AgendaItem, Meeting, StandIn
from portal.meetings.rules import earliest_for_depute, earliest_minutes_for_depute
from portal.papers.models import Note, Paper, PaperVersion, Reading, Withdrawal
from portal.papers.preparing.queries import needs_paper
from portal.papers.preparing.rules import MINUTES, NO_PAPERS

# What a list of papers says of each, and what permissions ask of it. Nothing else is loaded: there can be many.
OF_PAPER = (
    Paper.id,
    Paper.board_id,
    Paper.group_id,
    Paper.meeting_id,
    Paper.item_id,
    Paper.kind,
    Paper.stage,
    Paper.title,
    Paper.carer_impact,
    Paper.first_published_on,
    Paper.withdrawn_at,
    Paper.measured_to,
    Paper.in_place_of_id,
)
OF_VERSION = (
    PaperVersion.id,
    PaperVersion.number,
    PaperVersion.pages,
    PaperVersion.size,
    PaperVersion.published_at,
)


@dataclass(frozen=True)
class PaperShown:
    """A paper with its newest published file, as far as a list says it, and what the reader has done with it."""

    paper: Paper
    version: PaperVersion
    read: int | None  # the number of the version that the reader has marked as read
    has_note: bool
    withdrawal: Withdrawal | None  # why none of its files is open

    @property
    def is_read(self) -> bool:
        return self.read == self.version.number

    @property
    def was_read_before(self) -> bool:
        """Whether the reader knows another version than the one that is open now."""
        return self.read is not None and not self.is_read


def in_sight(person: Viewer | Whoever) -> ColumnElement[bool]:
    """Papers this person may read, for a statement that joins the item: restricted ones only where allowed."""
    readable = within_reach(person, PAPERS_READ, Paper)
    restricted = within_reach(person, PAPERS_RESTRICTED, Paper)
    return and_(readable, or_(AgendaItem.is_restricted.is_not(True), restricted))


_newest_published = select(func.max(PaperVersion.number)).where(
    PaperVersion.paper_id == Paper.id, PaperVersion.published_at.is_not(None)
)
# The newest file of a paper that readers may open; none of one that was withdrawn.
newest_version = _newest_published.where(PaperVersion.withdrawal_id.is_(None)).correlate(Paper).scalar_subquery()
_newest_or_withdrawn = func.coalesce(newest_version, _newest_published.correlate(Paper).scalar_subquery())


def papers_shown(person: Viewer, meeting_id: UUID) -> list[PaperShown]:
    """The published papers of a meeting that a person may read, in the order of the agenda, minutes last."""
    return [one for one in papers_and_notices(person, meeting_id) if not one.withdrawal]


def papers_and_notices(person: Viewer, meeting_id: UUID) -> list[PaperShown]:
    """The same with those that were withdrawn, of which only the notice is left."""
    statement, values = _papers_and_notices(person)
    rows = db.session.execute(statement, {**values, "meeting_id": meeting_id})
    return [PaperShown(p, v, read, note is not None, withdrawal) for p, v, read, note, withdrawal in rows]


@made_for_whoever
def _papers_and_notices(who: Whoever) -> Select[Paper, PaperVersion, int | None, UUID | None, Withdrawal | None]:
    return (
        select(Paper, PaperVersion, Reading.number, Note.id, Withdrawal)
        .join(PaperVersion, and_(PaperVersion.paper_id == Paper.id, PaperVersion.number == _newest_or_withdrawn))
        .outerjoin(Withdrawal, Withdrawal.id == PaperVersion.withdrawal_id)
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .outerjoin(Reading, and_(Reading.paper_id == Paper.id, Reading.person_id == who.id))
        .outerjoin(Note, and_(Note.paper_id == Paper.id, Note.person_id == who.id))
        .where(Paper.meeting_id == bindparam("meeting_id"), in_sight(who))
        .options(load_only(*OF_PAPER, raiseload=True), load_only(*OF_VERSION, raiseload=True))
        .order_by(AgendaItem.position.is_(None), AgendaItem.position, Paper.kind.desc(), Paper.created_at, Paper.id)
    )


def _needs(paper: Paper) -> list[str]:
    """What a paper that is restricted, or not published yet, needs beside papers:read."""
    restricted = [PAPERS_RESTRICTED] if paper.item and paper.item.is_restricted else []
    return restricted if paper.first_published_on else [*restricted, PAPERS_PREPARE]


@seen_with(PAPERS_READ, needs=_needs)
def paper(sight: Sight, paper_id: UUID) -> Paper | None:
    """A published paper within a person's sight, with its meeting; for clerks an unpublished one too."""
    statement, values = _paper_in_sight(sight.person)
    return db.session.scalar(statement, {**values, "paper_id": paper_id})


@made_for_whoever
def _paper_in_sight(who: Whoever) -> Select[Paper]:
    published = or_(Paper.first_published_on.is_not(None), who.within(PAPERS_PREPARE, Paper))
    return (
        select(Paper)
        .join(Paper.meeting)
        .outerjoin(Paper.item)
        .where(Paper.id == bindparam("paper_id"), in_sight(who), published)
        .options(
            contains_eager(Paper.item),
            contains_eager(Paper.meeting).joinedload(Meeting.board),
            contains_eager(Paper.meeting).joinedload(Meeting.group),
        )
    )


@dataclass(frozen=True)
class StoodIn:
    """What a depute may read: of meetings everything, or only the page of them, with some minutes."""

    meetings: frozenset[UUID] = frozenset()
    after: frozenset[UUID] = frozenset()
    minutes: frozenset[UUID] = frozenset()


def stood_in(person_id: UUID, today: date) -> StoodIn:
    """Papers are open until the minutes come, or for 60 days; minutes for 14 days, the draft and the approved each."""
    is_open = and_(Meeting.meets_on >= earliest_for_depute(today), Meeting.minutes_published_at.is_(None))
    statement = (
        select(StandIn.meeting_id, is_open, Paper.id)
        .join(Meeting, Meeting.id == StandIn.meeting_id)
        .outerjoin(Paper, and_(Paper.meeting_id == Meeting.id, Paper.kind == MINUTES, _came_since(today)))
        .where(StandIn.person_id == person_id, or_(is_open, Paper.id.is_not(None)))
        .order_by(StandIn.meeting_id, Paper.id)
    )
    rows = [(meeting, opened, paper) for meeting, opened, paper in db.session.execute(statement)]
    return StoodIn(
        meetings=frozenset(meeting for meeting, opened, _ in rows if opened),
        after=frozenset(meeting for meeting, _, paper in rows if paper),
        minutes=frozenset(paper for _, _, paper in rows if paper),
    )


def _came_since(today: date) -> ColumnElement[bool]:
    """Whether a file of a paper was published so lately that somebody who stood in may still read it."""
    since = moment(earliest_minutes_for_depute(today), time())
    return exists().where(PaperVersion.paper_id == Paper.id, PaperVersion.published_at >= since)


def versions(person: Viewer, paper: Paper) -> Sequence[PaperVersion]:
    """The files of a paper, newest first: published ones, and for a clerk those in preparation."""
    of = {"paper_id": paper.id, "board_id": paper.board_id}
    return db.session.scalars(_versions(can(person, PAPERS_PREPARE, paper)), of).all()


@made_once
def _versions(prepares: bool) -> Select[PaperVersion]:
    of = (PaperVersion.paper_id == bindparam("paper_id"), PaperVersion.board_id == bindparam("board_id"))
    statement = select(PaperVersion).where(*of).options(joinedload(PaperVersion.withdrawal))
    if not prepares:
        statement = statement.where(PaperVersion.published_at.is_not(None))
    return statement.order_by(PaperVersion.number.desc())


@dataclass(frozen=True)
class Notes:
    """What a reader wrote beside a paper, and what they were given to read, with the name of whoever gave it."""

    own: Note | None
    handed_over: Sequence[tuple[Note, str]]


def notes(person: Viewer, paper: Paper) -> Notes:
    """The reader's own note, and those of the reps for whom they stand in at this meeting."""
    rows = db.session.execute(_notes(), {"paper_id": paper.id, "person_id": person.id})
    found = [(note, name) for note, name in rows]
    own = next((note for note, _ in found if note.person_id == person.id), None)
    return Notes(own, [(note, name) for note, name in found if note is not own])


@made_once
def _notes() -> Select[Note, str]:
    for_them = and_(StandIn.meeting_id == Note.meeting_id, StandIn.on_behalf_of_id == Note.person_id)
    is_for_them = exists().where(for_them, StandIn.person_id == bindparam("person_id"))
    may_read = or_(Note.person_id == bindparam("person_id"), and_(Note.is_handed_over, is_for_them))
    statement = select(Note, Person.name).join(Person, Person.id == Note.person_id)
    return statement.where(Note.paper_id == bindparam("paper_id"), may_read).order_by(Note.changed_at, Note.id)


def note(person: Viewer, paper_id: UUID) -> Note | None:
    return db.session.scalar(select(Note).where(Note.paper_id == paper_id, Note.person_id == person.id))


def reading(person: Viewer, paper_id: UUID) -> Reading | None:
    return db.session.scalar(_reading(), {"paper_id": paper_id, "person_id": person.id})


@made_once
def _reading() -> Select[Reading]:
    one = (Reading.paper_id == bindparam("paper_id"), Reading.person_id == bindparam("person_id"))
    return select(Reading).where(*one)


def _is_read_by(person: Viewer | Whoever) -> ColumnElement[bool]:
    """Whether the version that is open was marked as read: whoever read the one before has this one to read."""
    return and_(Reading.paper_id == Paper.id, Reading.person_id == person.id, Reading.number == PaperVersion.number)


# How much there is to read, as every page says it: an agenda is no paper, so its pages are not among theirs either.
PAPERS_AND_PAGES = (func.count(Paper.id).label("papers"), func.sum(PaperVersion.pages).label("pages"))


@dataclass(frozen=True)
class Unread:
    """How many published papers of a meeting a person has not marked as read."""

    meeting_id: UUID
    papers: int
    pages: int


def only_unread(papers: Rows, person: Viewer | Whoever) -> Rows:
    """Of a statement on papers, with their newest files, those that somebody may read and has not marked as read."""
    return (
        papers.join(PaperVersion, and_(PaperVersion.paper_id == Paper.id, PaperVersion.number == newest_version))
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .outerjoin(Reading, _is_read_by(person))
        .where(Paper.kind.not_in(NO_PAPERS), Reading.id.is_(None), in_sight(person))
    )


def meetings_with_papers(person: Viewer, meeting_ids: Sequence[UUID]) -> set[UUID]:
    """Which of some meetings have a published paper that somebody may read; minutes tell of a meeting that is over."""
    statement = (
        select(Paper.meeting_id)
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .where(Paper.meeting_id.in_(list(meeting_ids)), Paper.first_published_on.is_not(None))
        .where(Paper.kind.not_in(NO_PAPERS), Paper.withdrawn_at.is_(None))
        .where(in_sight(person))
    )
    return set(db.session.scalars(statement.distinct().order_by(Paper.meeting_id)))


def unread(person: Viewer, meeting_ids: Sequence[UUID]) -> dict[UUID, Unread]:
    papers = select(Paper.meeting_id, *PAPERS_AND_PAGES).select_from(Paper)
    statement = (
        only_unread(papers, person)
        .where(Paper.meeting_id.in_(list(meeting_ids)))
        .group_by(Paper.meeting_id)
        .order_by(Paper.meeting_id)
    )
    return {m: Unread(m, papers, pages or 0) for m, papers, pages in db.session.execute(statement)}


def lacks_any_paper(meeting_id: UUID) -> bool:
    """Whether a meeting has an item, restricted or not, that should have a paper and has none."""
    lacking = exists().where(AgendaItem.meeting_id == meeting_id, needs_paper())
    return bool(db.session.scalar(select(lacking)))
