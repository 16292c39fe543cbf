"""Legal holds, and removals that have been announced."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.infra.database import Identified, MaybeOfBoard, Model, OfBoard


class Hold(OfBoard, Model):
    """Nothing of a board, or nothing it keeps about one person, is removed until the hold is lifted."""

    __tablename__ = "holds"
    __table_args__ = (Index("ix_holds_lifted_at", "lifted_at"),)

    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"), index=True)  # None: the whole board
    reason: Mapped[str] = mapped_column(String(300))
    placed_at: Mapped[datetime]
    placed_by_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    lifted_at: Mapped[datetime | None]


class Removal(Identified, MaybeOfBoard, Model):
    """What will go on a day: the rows of one table whose time began before a moment, on one board or on none."""

    __tablename__ = "removals"
    __table_args__ = (Index("ix_removals_open", "done_at", "goes_on"),)

    board_id: Mapped[UUID | None] = mapped_column(ForeignKey("boards.id"), index=True)
    table: Mapped[str] = mapped_column(String(60))
    before: Mapped[datetime]
    goes_on: Mapped[date]
    announced_at: Mapped[datetime]
    rows: Mapped[int]  # how many were announced
    removed: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
