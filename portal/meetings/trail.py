"""What the audit trail calls the things that meetings tell of."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.infra.database import db
from portal.meetings.models import AgendaItem
from portal.meetings.rules import PRIVATE_ITEM, item_words


def items(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """Items of agendas; of a restricted one, only that it is."""
    statement = select(AgendaItem.id, AgendaItem.number, AgendaItem.title, AgendaItem.is_restricted)
    statement = statement.where(AgendaItem.board_id == board_id, AgendaItem.id.in_(ids))
    rows = db.session.execute(statement.order_by(AgendaItem.id))
    return {key: PRIVATE_ITEM if closed else item_words(number, title) for key, number, title, closed in rows}


NAMES = {"item_id": items}
