"""How often something may be tried, counted in the database so that every process counts together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from limits import RateLimitItem, parse
from limits.storage import MovingWindowSupport, Storage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import Index, String, delete, func, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock
from portal.infra.database import Identified, Model, transaction_of_its_own


class Hit(Identified, Model):
    """One try under a key."""

    __tablename__ = "hits"
    __table_args__ = (Index("ix_hits_key_hit_at", "key", "hit_at"),)

    key: Mapped[str] = mapped_column(String(200))
    hit_at: Mapped[datetime]


class HitsTable(Storage, MovingWindowSupport):
    """A storage for the `limits` library that keeps its moving window in the hits table."""

    STORAGE_SCHEME = ["portal"]

    @property
    def base_exceptions(self) -> type[Exception]:
        return Exception

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Write the try first and count afterwards: of any number at once, at most `limit` find room.

        What a clock wrote that was ahead counts no more once it is right again: it would lock people out until then.
        """
        since, ahead = clock.now() - timedelta(seconds=expiry), clock.now() + clock.AHEAD
        mine = uuid4()
        with transaction_of_its_own() as session:
            session.execute(delete(Hit).where(Hit.key == key, or_(Hit.hit_at <= since, Hit.hit_at > ahead)))
            session.add(Hit(id=mine, key=key, hit_at=clock.now()))
        with transaction_of_its_own() as session:
            tries = session.scalar(select(func.count(Hit.id)).where(Hit.key == key, Hit.hit_at > since)) or 0
            if tries > limit:
                session.execute(delete(Hit).where(Hit.id == mine))
        return tries <= limit

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        since = clock.now() - timedelta(seconds=expiry)
        with transaction_of_its_own() as session:
            oldest, count = session.execute(
                select(func.min(Hit.hit_at), func.count(Hit.id)).where(Hit.key == key, Hit.hit_at > since)
            ).one()
        return (oldest or clock.now()).timestamp(), int(count)

    def clear(self, key: str) -> None:
        with transaction_of_its_own() as session:
            session.execute(delete(Hit).where(Hit.key == key))

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        with transaction_of_its_own() as session:
            session.execute(delete(Hit))
        return None

    # Fixed windows are not used here.
    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        raise NotImplementedError("only moving windows are kept")

    get = get_expiry = incr  # type: ignore[assignment]  # required by the library, never called for moving windows


_limiter = MovingWindowRateLimiter(HitsTable())


def room_again_at(limit: str, *key: str) -> datetime:
    """When the first of the tries under a key counts no more."""
    item = parse(limit)
    reset, _ = _limiter.get_window_stats(item, *_hashed(key))
    return datetime.fromtimestamp(reset, UTC)


def has_room(limit: str | RateLimitItem, *key: str) -> bool:
    """Count one try under this key; False when there have been too many ('10 per 5 minutes').

    Only a fingerprint of the key is kept: it may be an address, and longer than the column.
    """
    item = parse(limit) if isinstance(limit, str) else limit
    return _limiter.hit(item, *_hashed(key))


def _hashed(key: Iterable[str]) -> list[str]:
    return [hashlib.sha256(part.encode()).hexdigest()[:32] for part in key]
