"""Occasions: what the calendar has set off already, each claimed once by its key."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, exists, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock
from portal.infra.database import Model, db


class FiredOccasion(Model):
    """A row says: this occasion has been dealt with. Kept when the emails it led to are purged."""

    __tablename__ = "occasions"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    fired_at: Mapped[datetime]


def has_fired(key: str) -> bool:
    return bool(db.session.scalar(select(exists().where(FiredOccasion.key == key))))


def fire_once(key: str) -> bool:
    """True for the first to claim this key; the claim stands or falls with the transaction.

    A second process that claims at the same moment fails on the primary key when it commits, and does nothing.
    """
    if has_fired(key):
        return False
    db.session.add(FiredOccasion(key=key, fired_at=clock.now()))
    db.session.flush()
    return True
