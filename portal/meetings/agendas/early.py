"""Whether the time of an item is before its meeting starts: that is asked about, and what may be meant is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time

from portal.core.clock import LONDON

_CLOCK = re.compile(
    r"(?P<hour>[01]?[0-9]|2[0-3])(?:[:.](?P<minute>[0-5][0-9]))?\s*(?:(?P<half>[ap])\.?\s?m\b\.?)?", re.IGNORECASE
)
_NOON = re.compile(r"(?:12\s*)?(?:noon|midday)\b", re.IGNORECASE)
NEAR = 8  # hours after the start within which the other half of the day is what is likely meant


def early_words(timing: str, starts_at: datetime) -> str:
    """'Do you mean 2:15pm? The meeting starts at 2pm'; '' where the time may be right, or says only for how long."""
    start = starts_at.astimezone(LONDON).time()
    times = list(_times(timing.strip()))
    if not times or any(one >= start.replace(second=0, microsecond=0) for one in times):
        return ""
    other = times[0].replace(hour=(times[0].hour + 12) % 24)
    meant = other if start <= other and other.hour - start.hour < NEAR else start
    return f"Do you mean {_words(meant)}? The meeting starts at {_words(start)}"


def _times(timing: str) -> Iterator[time]:
    """What a time may be: '2.15' is one of the night or of the afternoon. A bare number or a length is none."""
    if _NOON.match(timing):
        yield time(12)
        return
    found = _CLOCK.match(timing)
    if not found or not (found["minute"] or found["half"]):
        return
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower()
    if half and 1 <= hour <= 12:
        yield time(hour % 12 + (12 if half == "p" else 0), minute)
        return
    yield time(hour, minute)
    if 1 <= hour < 12 and not found["hour"].startswith("0"):
        yield time(hour + 12, minute)


def _words(at: time) -> str:
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{'am' if at.hour < 12 else 'pm'}"
