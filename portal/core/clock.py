"""The only place that asks what time it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

AHEAD = timedelta(minutes=2)  # as much as clocks of machines that work together may differ
LONDON = ZoneInfo("Europe/London")


def _real_time() -> datetime:
    return datetime.now(UTC)


_source: Callable[[], datetime] = _real_time


def of_this_machine() -> datetime:
    """What the clock of this machine says, wherever ours was moved: for what is older than its own time."""
    return _real_time()


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _source()


def today() -> date:
    """The London day it is now."""
    return london_day(now())


def london_day(moment: datetime) -> date:
    """The London day on which an aware moment falls."""
    return moment.astimezone(LONDON).date()


def is_within(span: timedelta, since: datetime, moment: datetime) -> bool:
    """Whether a moment is less than this span after another.

    Nothing lasts from a moment that is still to come: a clock that was ahead wrote it, and nobody is let in by it.
    """
    return since - AHEAD <= moment < since + span


def use(source: Callable[[], datetime] | None) -> Callable[[], datetime]:
    """Let tests and the demonstration decide the time; None goes back to the real one. What decided it before."""
    global _source
    before, _source = _source, source or _real_time
    return before


def moved_by_file(path: Path) -> Callable[[], datetime]:
    """A clock that runs at the real speed, moved by the whole seconds written in a file."""

    def moved() -> datetime:
        seconds = path.read_text().strip() if path.exists() else ""
        return _real_time() + timedelta(seconds=int(seconds or 0))

    return moved
