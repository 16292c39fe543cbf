"""The audit trail's one table. Lines name people by id only."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.infra.database import Identified, Model


class AuditLine(Identified, Model):
    """Who (id) did what (event), when, on which board, with the event's facts."""

    __tablename__ = "audit_lines"
    __table_args__ = (Index("ix_audit_lines_board_id_at", "board_id", "happened_at"),)

    board_id: Mapped[UUID | None]
    happened_at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    event: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
