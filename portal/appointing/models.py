"""Proposed appointments."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Person
from portal.appointing.rules import PROPOSED, STATES, STATUSES
from portal.boards.models import Group, Seat
from portal.infra.database import Model, OfBoard
from portal.infra.sealed import Sealed


class ProposedAppointment(OfBoard, Model):
    """An officer's word that somebody should have a seat.

    `person_id` is whom it is about, where the board knows them: until then there is a name and an address.
    """

    __tablename__ = "proposed_reps"
    __table_args__ = (
        ForeignKeyConstraint(["board_id", "group_id"], ["groups.board_id", "groups.id"]),
        ForeignKeyConstraint(["board_id", "group_id", "seat_id"], ["seats.board_id", "seats.group_id", "seats.id"]),
        CheckConstraint(f"status IN {STATUSES}", name="status"),
        CheckConstraint("until_on >= from_on", name="until_after_from"),
    )

    group_id: Mapped[UUID] = mapped_column(index=True)
    seat_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    capacity: Mapped[str] = mapped_column(String(20))
    from_on: Mapped[date]
    until_on: Mapped[date]
    sealed_reason: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(12), default=PROPOSED)
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    sealed_answer: Mapped[str] = mapped_column(Text, default="")  # why an administrator declined
    reason = Sealed()
    answer = Sealed()
    seat: Mapped[Seat] = relationship(lazy="raise", viewonly=True)
    group: Mapped[Group] = relationship(lazy="raise", viewonly=True)
    proposed_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[proposed_by_id], viewonly=True)

    @property
    def is_open(self) -> bool:
        return self.status == PROPOSED

    @property
    def state(self) -> tuple[str, str]:
        """Its words, and the kind of its tag."""
        return STATES[self.status]
