"""What is recorded of an item that was changed: its words too, but never those of one that is or was restricted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.audit import actions as audit
from portal.core.changes import Changes
from portal.core.values import Typed
from portal.meetings.events import AgendaChanged
from portal.meetings.rules import PRIVATE_ITEM, REMOVED, item_words

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem

NOTHING: Changes = {}


def item_changed(item: AgendaItem, changes: Changes = NOTHING, done: str = "") -> AgendaChanged:
    """Whoever reads the trail may not be allowed to read what is restricted, whenever it is.

    A number may follow from that of another item: it is told where it is another than before.
    """
    changes = {column: both for column, both in changes.items() if both[0] != both[1]}
    is_private = item.is_restricted or "is_restricted" in changes
    says = AgendaChanged.says_without_words if is_private else AgendaChanged.says
    return AgendaChanged(**of_item(item), done=done, **says(changes))


def item_removed(item: AgendaItem) -> AgendaChanged:
    """Nothing else says any more which item it was."""
    of = {**of_item(item), "done": REMOVED}
    if item.is_restricted:
        return AgendaChanged(**of, thing=PRIVATE_ITEM)
    return AgendaChanged(**of, called=item_words(item.number, item.title))


def of_item(item: AgendaItem) -> Typed:
    """With its number, which is another one when items come before it."""
    of = {"board_id": item.board_id, "meeting_id": item.meeting_id}
    return {**of, "item_id": item.id, "item_number": item.number}


def forget_words_if_restricted(item: AgendaItem, changes: Changes) -> None:
    """What earlier lines say of an item that is restricted from now on goes, so that nobody reads it there."""
    if item.is_restricted and "is_restricted" in changes:
        forget_words(item)


def forget_words(item: AgendaItem) -> None:
    audit.erase_words(item.board_id, (AgendaChanged,), [item.id])
