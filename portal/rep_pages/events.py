"""What can have happened to a note about supporting a rep. No event holds a word of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import BoardEvent


@dataclass(frozen=True, kw_only=True)
class SupportNoteEvent(BoardEvent, abstract=True):
    """Something about one note; person_id is the rep."""

    support_note_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class SupportNoteWritten(SupportNoteEvent, sentence="Wrote a note about supporting a rep", by_staff=True):
    pass


@dataclass(frozen=True, kw_only=True)
class SupportNoteCorrected(
    SupportNoteEvent, sentence="Corrected a note about supporting a rep", nobody=True, by_staff=True
):
    pass


@dataclass(frozen=True, kw_only=True)
class SupportNoteRemoved(
    SupportNoteEvent, sentence="Removed a note about supporting a rep", nobody=True, by_staff=True
):
    pass
