"""Occasions: what the calendar has set off already, each claimed once by its key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from portal.core import clock
from portal.infra.database import Model, db

MOST_ASKED = 1000  # keys in one query


class FiredOccasion(Model):
    """A row says: this occasion has been dealt with. Kept when the emails it led to are purged."""

    __tablename__ = "occasions"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fired_at: Mapped[datetime]


def fired(keys: Sequence[str]) -> set[str]:
    """Which of these were claimed already, in one query for each thousand."""
    parts = (keys[at : at + MOST_ASKED] for at in range(0, len(keys), MOST_ASKED))
    asked = (select(FiredOccasion.key).where(FiredOccasion.key.in_(part)) for part in parts)
    return {key for statement in asked for key in db.session.scalars(statement.order_by(FiredOccasion.key))}


def key_in_statement(name: str, row_id: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> ColumnElement[str]:
    """As a part of a statement, the key `name:hex` of a row, as str(uuid.hex) makes it, whatever the database."""
    return literal(f"{name}:") + func.replace(cast(row_id, String), "-", "")


def fire_once(key: str) -> bool:
    """True for the first to claim this key; the claim stands or falls with the transaction.

    A second process that claims at the same moment fails on the primary key when it commits, and does nothing.
    """
    if fired([key]):
        return False
    db.session.add(FiredOccasion(key=key, fired_at=clock.now()))
    db.session.flush()
    return True
