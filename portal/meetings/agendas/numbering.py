"""Numbers that follow the order of an agenda whenever it changes."""

from __future__ import annotations

from uuid import UUID

from portal.meetings import queries
from portal.meetings.agendas.rules import numbers_in_order


def renumber(meeting_id: UUID) -> None:
    """Give each item of a meeting the number of its place, but for those whose number was typed."""
    items = queries.items(meeting_id)
    numbers = numbers_in_order((item.number, item.is_number_typed) for item in items)
    for item, number in zip(items, numbers, strict=True):
        item.number = number
