"""What a meeting is called on the pages of one person: with its board, where they belong to several."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from portal.access.roles import Viewer
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


def name_for(person: Viewer, meeting: Meets) -> str:
    """'Main Group', or 'Main Group, Northfirth' where one board is to be told from another."""
    return ", ".join(part for part in (meeting.group.name, person.name_apart(meeting.board_id)) if part)


def meeting_name(meeting: Meets) -> str:
    """The same for whoever looks; who is not signed in belongs to no board."""
    person = whoever_looks()
    return name_for(person, meeting) if person else meeting.group.name
