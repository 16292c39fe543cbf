"""Numbers that follow the order of an agenda whenever it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from portal.meetings import queries
from portal.meetings.agendas.rules import numbers_in_order, same_number

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem


def renumber(meeting_id: UUID) -> None:
    """Count the places of a meeting's items, and give each the number of its place, unless its number was typed."""
    items = queries.items(meeting_id)
    numbers = numbers_in_order((item.number, item.is_number_typed) for item in items)
    for place, (item, number) in enumerate(zip(items, numbers, strict=True), start=1):
        item.position, item.number = place, number


def renumber_with(item: AgendaItem) -> None:
    """The same, once a number was typed: an item that has it by its place keeps it, so neither makes way."""
    others = [one for one in queries.items(item.meeting_id) if one.id != item.id] if item.is_number_typed else []
    for one in others:
        if one.number and same_number(one.number) == same_number(item.number):
            one.is_number_typed = True
    renumber(item.meeting_id)
