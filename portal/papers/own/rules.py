"""Which of one's own papers a page shows, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

ALL, UNREAD, NOTES = "", "unread", "notes"
CHOICES: Mapping[str, str] = {ALL: "All", UNREAD: "Unread", NOTES: "With your notes"}


class Own(Protocol):
    """A paper with what its reader did with it."""

    @property
    def meeting_id(self) -> UUID: ...

    @property
    def meets_on(self) -> date: ...

    @property
    def is_read(self) -> bool: ...

    @property
    def has_note(self) -> bool: ...


Found = TypeVar("Found", bound=Own)


def chosen(papers: Sequence[Found], choice: str, today: date) -> list[Found]:
    """What a choice shows: unread are those of meetings that are still to come."""
    if choice == UNREAD:
        return [one for one in papers if not one.is_read and one.meets_on >= today]
    return [one for one in papers if one.has_note or choice != NOTES]


def by_meeting(papers: Sequence[Found]) -> list[list[Found]]:
    """Those of one meeting together, what is to be read first."""
    found: dict[UUID, list[Found]] = {}
    for one in papers:
        found.setdefault(one.meeting_id, []).append(one)
    return [sorted(each, key=lambda one: one.is_read) for each in found.values()]
