"""For templates: to which meetings somebody goes as a depute."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.boards import queries as boards
from portal.core import clock
from portal.core.text import day_words
from portal.meetings import queries


@dataclass(frozen=True)
class Place:
    """A meeting to which somebody goes as a depute, in words."""

    meeting_id: UUID
    words: str


def goes_instead_at(board_id: UUID, person_id: UUID) -> list[Place]:
    """For templates: the coming meetings of a board to which somebody goes as a depute."""
    found = [one for one in queries.stood_in_by(person_id, clock.today()) if one[1].board_id == board_id]
    names = boards.people_named([row.on_behalf_of_id for row, _ in found])
    return [
        Place(meeting.id, f"{meeting.group.name}, {day_words(meeting.meets_on)}, for {names[row.on_behalf_of_id]}")
        for row, meeting in found
    ]
