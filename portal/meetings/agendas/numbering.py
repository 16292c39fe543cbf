"""Numbers that follow the order of an agenda whenever it changes."""

from __future__ import annotations

from uuid import UUID

from portal.meetings import queries
from portal.meetings.agendas.rules import numbers_in_order


def renumber(meeting_id: UUID) -> None:
    """Count the places of a meeting's items, and give each the number of its place, unless its number was typed."""
    items = queries.items(meeting_id)
    numbers = numbers_in_order((item.number, item.is_number_typed) for item in items)
    for place, (item, number) in enumerate(zip(items, numbers, strict=True), start=1):
        item.position, item.number = place, number
