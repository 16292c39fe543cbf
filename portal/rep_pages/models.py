"""Notes about supporting a rep."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.core.values import EventFacts
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed


class SupportNote(OfBoard, Model):
    """What an officer noted about supporting a rep, who is `person_id` and can read it."""

    __tablename__ = "support_notes"
    __table_args__ = (Index("ix_support_notes_person", "person_id", "written_at"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]
    changed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime | None]
    sealed_text: Mapped[str] = mapped_column(Text)
    text = Sealed()
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id], viewonly=True)
    written_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[written_by_id], viewonly=True)
    changed_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[changed_by_id], viewonly=True)


def event_ids(note: SupportNote) -> EventFacts:
    """What every event about a note says of it."""
    return {"board_id": note.board_id, "support_note_id": note.id, "person_id": note.person_id}
