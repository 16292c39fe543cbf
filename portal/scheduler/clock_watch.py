"""Noticing a clock that jumped: the operator is told, and what it wrote while it was ahead holds nothing up."""

from __future__ import annotations

import time
from datetime import datetime

from portal.core import clock
from portal.infra import work
from portal.infra.alarms import alarm
from portal.infra.unit_of_work import unit_of_work

_last: list[tuple[datetime, float]] = []  # what the clock said at the last tick, and a clock that nobody sets


def forget() -> None:
    """As when a process begins."""
    _last.clear()


def look_at_clock() -> None:
    """At each tick: compare the clock with one that only runs."""
    now, runs = clock.now(), time.monotonic()
    if _last:
        before, ran_before = _last[-1]
        gone = (now - before).total_seconds() - (runs - ran_before)
        if abs(gone) > clock.AHEAD.total_seconds():
            _tell(gone, now)
    _last[:] = [(now, runs)]


def _tell(seconds: float, now: datetime) -> None:
    alarm("the clock jumped ahead" if seconds > 0 else "the clock jumped back", round(abs(seconds)))
    if seconds < 0:
        with unit_of_work():
            work.free_from_ahead(now)
