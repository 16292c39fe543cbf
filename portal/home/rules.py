"""What is so of the first page."""

from __future__ import annotations

from datetime import datetime, timedelta

NEW_FOR = timedelta(days=30)  # how long a new rep is welcomed


def is_new(joined_at: datetime | None, now: datetime) -> bool:
    """Whether somebody has had an account for so short a time that the first page shows them round."""
    return joined_at is not None and now - joined_at < NEW_FOR
