"""What today makes happen about accounts: what has ended is cleared away once a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portal.accounts import actions
from portal.core.clock import london_day
from portal.core.occasions import Occasion


def tidying(now: datetime) -> Iterator[Occasion]:
    """Once a day: sessions that are over, and counted tries that no longer count, are removed."""
    yield Occasion(f"tidy:{london_day(now)}", "Clear away ended sessions and old tries", action=actions.tidy)
