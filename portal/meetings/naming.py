"""What a meeting is called on the pages of one person: with its board, where they belong to several."""

from __future__ import annotations

from datetime import date
from typing import Protocol
from uuid import UUID

from portal.access.roles import Viewer
from portal.core.text import short_day_words
from portal.infra.guard import whoever_looks


class OfGroup(Protocol):
    """A group that meets."""

    @property
    def name(self) -> str: ...


class Meets(Protocol):
    """A meeting, or something else of a group."""

    @property
    def board_id(self) -> UUID: ...

    @property
    def group(self) -> OfGroup: ...


class MeetsOn(Meets, Protocol):
    """A meeting on its day."""

    @property
    def meets_on(self) -> date: ...


def name_for(person: Viewer, meeting: Meets) -> str:
    """'Main Group', or 'Main Group, Northfirth' where one board is to be told from another."""
    return ", ".join(part for part in (meeting.group.name, person.name_apart(meeting.board_id)) if part)


def meeting_name(meeting: Meets) -> str:
    """The same for whoever looks; who is not signed in belongs to no board."""
    person = whoever_looks()
    return name_for(person, meeting) if person else meeting.group.name


def name_on_day(meeting: MeetsOn) -> str:
    """'Main Group, Friday 13 March', for a choice of several."""
    return f"{meeting_name(meeting)}, {short_day_words(meeting.meets_on)}"
