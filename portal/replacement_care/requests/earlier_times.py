"""What a request keeps of its earlier times: those before they changed, and those that the rep asked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.core.text import hour_words, minutes_words, short_day_words
from portal.core.values import Typed
from portal.replacement_care.requests.rules import Span

NO_WISH: Typed = {"wanted_starts_at": None, "wanted_ends_at": None}
NOT_BEFORE: Typed = {"was_starts_at": None, "was_ends_at": None}
NOTHING_EARLIER: Typed = {**NOT_BEFORE, "times_changed_at": None, **NO_WISH}


def span_words(span: Span) -> str:
    """'Friday 20 March, from 9am to 2pm'."""
    return f"{short_day_words(span.day)}, from {hour_words(span.starts_at)} to {hour_words(span.ends_at)}"


def same_times(one: Span, other: Span) -> bool:
    return (one.starts_at, one.ends_at) == (other.starts_at, other.ends_at)


def when_changed(before: Span, now: Span, at: datetime, unaccepted: Span | None = None) -> Typed:
    """What is kept as the times change; nothing new where they are the same.

    `unaccepted` are the times before an earlier change that whoever arranges it has not accepted yet: they arranged
    those, so they are compared with those.
    """
    if same_times(before, now):
        return {}
    was = unaccepted or before
    if same_times(was, now):
        return NOTHING_EARLIER
    return {"was_starts_at": was.starts_at, "was_ends_at": was.ends_at, "times_changed_at": at, **NO_WISH}


def when_offered(before: Span, offered: Span, wanted: Span | None) -> Typed:
    """What is kept as other times are offered: those that the rep asked for, however often it is offered anew."""
    asked = wanted or before
    if same_times(asked, offered):
        return NO_WISH
    return {"wanted_starts_at": asked.starts_at, "wanted_ends_at": asked.ends_at}


def left_out(asked: Span, offered: Span) -> str:
    """What of the times asked for is not covered: 'It begins 35 minutes later than the rep asked for'; '' if nothing.

    Every minute counts, at the end as at the beginning.
    """
    late, early = offered.starts_at - asked.starts_at, asked.ends_at - offered.ends_at
    nothing = timedelta(0)
    parts = [
        *([f"begins {_minutes_words(late)} later"] if late > nothing else []),
        *([f"ends {_minutes_words(early)} earlier"] if early > nothing else []),
    ]
    return f"It {' and '.join(parts)} than the rep asked for" if parts else ""


def _minutes_words(of: timedelta) -> str:
    return minutes_words(int(of.total_seconds()) // 60)
