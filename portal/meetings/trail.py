"""What the audit trail calls the things that meetings tell of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from portal.core.naming import NOW_CALLED, Naming
from portal.core.values import EventFacts
from portal.infra.database import db
from portal.meetings.events import AgendaChanged
from portal.meetings.models import AgendaItem
from portal.meetings.rules import PRIVATE_ITEM, REMOVED, item_words, title_in


def items(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """Items of agendas; of a restricted one, only that it is."""
    statement = select(AgendaItem.id, AgendaItem.title, AgendaItem.is_restricted)
    statement = statement.where(AgendaItem.board_id == board_id, AgendaItem.id.in_(ids))
    rows = db.session.execute(statement.order_by(AgendaItem.id))
    return {key: PRIVATE_ITEM if closed else title for key, title, closed in rows}


def _before(facts: EventFacts, typed: Mapping[str, str], after: str) -> str:
    """An item that was removed is called by the line that says so, for good."""
    if facts.get("done") == REMOVED:
        return facts.get("thing") or title_in(typed.get("called", ""))
    was = AgendaChanged.was("title", facts, typed)
    return after if was is None else was


def _with_number(facts: EventFacts, title: str) -> str:
    """The number that it had then; an older line holds none, as others came before the item since."""
    if title == PRIVATE_ITEM:
        return title
    number = facts.get("item_number", "")
    return f"item {title}" if title.startswith(NOW_CALLED) and not number else item_words(number, title)


NAMES = {"item_id": Naming(items, {AgendaChanged: _before}, names_gone=True, said=_with_number)}
