"""Finding packs and what belongs in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, exists, select

from portal.core.text import day_words, hour_words
from portal.infra.database import db
from portal.infra.kept import made_once
from portal.meetings.models import AgendaItem
from portal.meetings.queries import meeting_by_id
from portal.papers.models import Pack, Paper, PaperVersion
from portal.papers.packs.rules import Contents, Entry
from portal.papers.preparing.queries import agenda_first
from portal.papers.preparing.rules import MINUTES
from portal.papers.reading.queries import newest_version


def pack(meeting_id: UUID, contents: str) -> Pack | None:
    return db.session.scalar(select(Pack).where(Pack.meeting_id == meeting_id, Pack.contents == contents))


def packs(meeting_id: UUID) -> Sequence[Pack]:
    return db.session.scalars(select(Pack).where(Pack.meeting_id == meeting_id).order_by(Pack.id)).all()


def pack_by_id(pack_id: UUID) -> Pack | None:
    return db.session.scalar(select(Pack).where(Pack.id == pack_id))


def made_packs(meeting_id: UUID) -> Sequence[Pack]:
    """The packs of a meeting that can be downloaded, newest first."""
    return db.session.scalars(_made_packs(), {"meeting_id": meeting_id}).all()


@made_once
def _made_packs() -> Select[Pack]:
    statement = select(Pack).where(Pack.meeting_id == bindparam("meeting_id"), Pack.created_at.is_not(None))
    return statement.order_by(Pack.created_at.desc(), Pack.id)


def pack_holding(meeting_id: UUID, versions: Iterable[UUID]) -> Pack | None:
    """The pack of a meeting with exactly these files, if there are any and it is made."""
    wanted = {one.hex for one in versions}
    return next((one for one in made_packs(meeting_id) if wanted and set(one.starts) == wanted), None)


def first_page(meeting_id: UUID, version_id: UUID, with_restricted: bool) -> int:
    """The page on which a file begins in the pack of somebody who may read restricted papers, or not; 0 for none."""
    holding = [one for one in made_packs(meeting_id) if version_id.hex in one.starts]
    holding.sort(key=lambda one: one.has_restricted, reverse=with_restricted)
    return holding[0].starts[version_id.hex] if holding else 0


def whole(meeting_id: UUID) -> Contents:
    """What the pack of a meeting holds: its agenda, and the newest published file of each paper, restricted or not."""
    statement = (
        select(Paper, PaperVersion, AgendaItem.number, AgendaItem.is_restricted)
        .join(PaperVersion, and_(PaperVersion.paper_id == Paper.id, PaperVersion.number == newest_version))
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .where(Paper.meeting_id == meeting_id, Paper.kind != MINUTES)
        .order_by(agenda_first, AgendaItem.position.is_(None), AgendaItem.position)
        .order_by(Paper.kind.desc(), Paper.created_at, Paper.id)
    )
    entries = tuple(
        Entry(version.id, version.stored_as, number or "", paper.title, version.pages, bool(restricted), paper.kind)
        for paper, version, number, restricted in db.session.execute(statement)
    )
    meeting = meeting_by_id(meeting_id)
    when = f"{day_words(meeting.meets_on)} at {hour_words(meeting.starts_at)}"
    return Contents(meeting.board.name, meeting.group.name, when, entries, False, _has_minutes(meeting_id))


def _has_minutes(meeting_id: UUID) -> bool:
    """Whether minutes of a meeting are open."""
    minutes = (Paper.kind == MINUTES, Paper.first_published_on.is_not(None), Paper.withdrawn_at.is_(None))
    return db.session.scalar(select(exists().where(Paper.meeting_id == meeting_id, *minutes))) or False


def every_pack(meeting_id: UUID) -> list[Contents]:
    """The packs that a meeting should have: one with all papers, and one without the restricted, if there are any."""
    everything = whole(meeting_id)
    packs = [everything, everything.open_to_all()] if everything.has_restricted else [everything]
    return [one for one in packs if one.entries]
