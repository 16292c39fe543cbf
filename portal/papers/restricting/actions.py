"""Restricting an item that is published, and lifting that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from portal.infra.unit_of_work import records_nothing
from portal.meetings import actions as meetings
from portal.meetings.agendas import actions as agendas
from portal.papers.packs import actions as packs

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem, Meeting


@records_nothing("that the item was restricted is recorded")
def restrict(item: AgendaItem, version: int, paragraphs: list[str]) -> None:
    """Raises EditConflict when somebody else changed the meeting or its papers since."""
    meetings.touch(item.meeting, version)
    agendas.restrict_item(item, paragraphs)
    packs.build_again(item.meeting)


@records_nothing("that the restriction was lifted is recorded")
def lift(item: AgendaItem, version: int) -> None:
    """Raises EditConflict, likewise."""
    meetings.touch(item.meeting, version)
    agendas.lift_restriction(item)
    packs.build_again(item.meeting)


@records_nothing("of each item it is recorded")
def restrict_matched(meeting: Meeting, paragraphs: Mapping[UUID, list[str]]) -> list[AgendaItem]:
    """Items that a clerk ticked where files are matched. Whoever has another page open about one of them looks anew."""
    items = agendas.restrict_items(meeting, paragraphs)
    if any(one.published_at for one in items):
        meetings.touch(meeting, meeting.version)
        packs.build_again(meeting)
    return items
