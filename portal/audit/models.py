"""The audit trail: its lines, which name people by id only, and the head of each chain."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.infra.database import Identified, MaybeOfBoard, Model
from portal.infra.sealed import SealedData


class AuditLine(Identified, MaybeOfBoard, Model):
    """Who (id) did what (event), when, on which board, with the event's facts.

    Its place in the chain (number and mark) is given within a minute by the scheduler, so that no request waits for
    it. What names a person stands apart, sealed, and can be erased: the chain holds only a salted hash of it.
    """

    __tablename__ = "audit_lines"
    __table_args__ = (
        Index("ix_audit_lines_board_id_at", "board_id", "happened_at"),
        UniqueConstraint("chain_id", "number"),
    )

    board_id: Mapped[UUID | None]
    happened_at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[UUID | None]
    event: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)  # JSON, as the event said it
    sealed_personal: Mapped[str | None] = mapped_column(Text)
    personal_salt: Mapped[str] = mapped_column(String(32), default="")
    personal_hash: Mapped[str] = mapped_column(String(64), default="")
    chain_id: Mapped[UUID]  # the board, or ACCOUNTS
    number: Mapped[int | None]  # None until it is chained
    mark: Mapped[str] = mapped_column(String(64), default="")
    personal = SealedData()

    @property
    def about_people(self) -> dict[str, str]:
        """What names a person, as the event said it; nothing once that is erased. Raises CannotOpen."""
        found: dict[str, str] = json.loads(self.personal) if self.sealed_personal else {}
        return found


class ChainHead(Model):
    """How far a chain reaches: the number and mark of its last line."""

    __tablename__ = "chain_heads"

    chain_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
    mark: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime]
