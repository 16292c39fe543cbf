"""What is recorded of an item that was changed: its words too, but never those of one that is or was restricted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.audit import actions as audit
from portal.core.changes import Changes
from portal.core.values import Typed
from portal.infra.unit_of_work import record
from portal.meetings.events import AgendaChanged
from portal.meetings.rules import PRIVATE_ITEM, item_words

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem

NOTHING: Changes = {}


def record_changed(item: AgendaItem, changes: Changes = NOTHING, done: str = "") -> None:
    """Whoever reads the trail may not be allowed to read what is restricted, whenever it is.

    A number may follow from that of another item: it is told where it is another than before.
    """
    changes = {column: both for column, both in changes.items() if both[0] != both[1]}
    is_private = item.is_restricted or "is_restricted" in changes
    says = AgendaChanged.says_without_words if is_private else AgendaChanged.says
    if item.is_restricted and "is_restricted" in changes:
        forget_words(item)
    record(AgendaChanged(**of_item(item), done=done, **says(changes)))


def record_removed(item: AgendaItem) -> None:
    """Nothing else says any more which item it was."""
    of = {**of_item(item), "done": "removed"}
    if item.is_restricted:
        record(AgendaChanged(**of, thing=PRIVATE_ITEM))
    else:
        record(AgendaChanged(**of, called=item_words(item.number, item.title)))


def of_item(item: AgendaItem) -> Typed:
    return {"board_id": item.board_id, "meeting_id": item.meeting_id, "item_id": item.id}


def forget_words(item: AgendaItem) -> None:
    """It is restricted from now on: what earlier lines say of it goes, so that nobody reads it there."""
    audit.erase_words(item.board_id, (AgendaChanged,), [item.id])
