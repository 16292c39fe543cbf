"""What papers of a board are called, for those who are shown no more of them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import case, select

from portal.infra.database import db
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.rules import PRIVATE_PAPER
from portal.papers.models import Paper, PaperVersion
from portal.papers.preparing.rules import title_with_meeting


def titles_never_withdrawn(board_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The same but those of which something is withdrawn: nobody is shown how often that was downloaded."""
    withdrawn = (PaperVersion.board_id == board_id, PaperVersion.withdrawal_id.is_not(None))
    statement = select(PaperVersion.paper_id).where(*withdrawn).distinct().order_by(PaperVersion.paper_id)
    return titles(board_id, set(ids) - set(db.session.scalars(statement)))


def titles(board_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Titles of some papers of a board, for the trail; of a restricted one, only that it is."""
    title = case((AgendaItem.is_restricted.is_(True), PRIVATE_PAPER), else_=Paper.title)
    meets = select(Meeting.meets_on).where(Meeting.id == Paper.meeting_id).scalar_subquery()
    statement = select(Paper.id, title, Paper.kind, Paper.stage, meets)
    statement = statement.outerjoin(AgendaItem, AgendaItem.id == Paper.item_id).order_by(Paper.id)
    found = db.session.execute(statement.where(Paper.board_id == board_id, Paper.id.in_(list(ids))))
    return {key: title_with_meeting(*said) for key, *said in found}


def items_of(board_id: UUID, ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The items under which some papers of a board stand; of none without one."""
    statement = select(Paper.id, Paper.item_id).where(Paper.board_id == board_id, Paper.id.in_(list(ids)))
    rows = db.session.execute(statement.where(Paper.item_id.is_not(None)).order_by(Paper.id))
    return {key: item for key, item in rows if item}
