"""Finding packs and what belongs in them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, select

from portal.infra.database import db
from portal.meetings.models import AgendaItem
from portal.papers.models import Pack, Paper, PaperVersion
from portal.papers.preparing.queries import Announced
from portal.papers.preparing.rules import MINUTES
from portal.papers.reading.queries import newest_version


def pack(meeting_id: UUID, contents: str) -> Pack | None:
    return db.session.scalar(select(Pack).where(Pack.meeting_id == meeting_id, Pack.contents == contents))


def packs(meeting_id: UUID) -> Sequence[Pack]:
    return db.session.scalars(select(Pack).where(Pack.meeting_id == meeting_id).order_by(Pack.id)).all()


def pack_by_id(pack_id: UUID) -> Pack | None:
    return db.session.scalar(select(Pack).where(Pack.id == pack_id))


def all_published(meeting_id: UUID) -> list[Announced]:
    """The newest published file of each paper of a meeting, restricted ones included, for building packs."""
    statement = (
        select(Paper, PaperVersion, AgendaItem.is_restricted)
        .join(PaperVersion, and_(PaperVersion.paper_id == Paper.id, PaperVersion.number == newest_version))
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .where(Paper.meeting_id == meeting_id, Paper.kind != MINUTES)
        .order_by(AgendaItem.position.is_(None), AgendaItem.position, Paper.kind.desc(), Paper.created_at, Paper.id)
    )
    return [Announced(p, v, bool(restricted)) for p, v, restricted in db.session.execute(statement)]


def contents_mark(papers: Sequence[Announced]) -> str:
    """The same for the same files in the same order, whoever asks."""
    return hashlib.sha256(" ".join(one.version.id.hex for one in papers).encode()).hexdigest()


def open_papers(papers: Sequence[Announced]) -> list[Announced]:
    return [one for one in papers if not one.item_is_restricted]
