"""Nominations of deputes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.boards.models import Group
from portal.deputes.rules import STATUSES, state_words
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed


class Nomination(OfBoard, Model):
    """A rep's word that somebody may stand in for them: at any meeting of the group, or at one.

    `person_id` is the depute, known once an officer confirmed; until then there is a name and an address.
    """

    __tablename__ = "nominations"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "group_id"], ["groups.board_id", "groups.id"]),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("person_id IS NULL OR person_id <> on_behalf_of_id", name="somebody_else"),
        Index("ix_nominations_rep", "on_behalf_of_id", "status"),
        Index("ix_nominations_depute", "person_id", "status"),
    )

    group_id: Mapped[UUID] = mapped_column(index=True)
    only_meeting_id: Mapped[UUID | None] = mapped_column(ForeignKey("meetings.id"))
    on_behalf_of_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    sealed_why: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(12), default="asked")
    nominated_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")  # why an officer said no
    agreed_at: Mapped[datetime | None]
    why = Sealed()
    group: Mapped[Group] = relationship(lazy="raise", viewonly=True)
    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id], viewonly=True)

    @property
    def state(self) -> tuple[str, str]:
        """Its words, and the kind of its tag."""
        has_joined = self.person is not None and self.person.joined_at is not None
        return state_words(self.status, self.agreed_at is not None, has_joined)
