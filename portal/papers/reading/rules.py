"""How long reading takes, and what a list of papers may show."""

from __future__ import annotations

SHOW = (
    ("", "Everything"),
    ("decision", "Papers for decision"),
    ("carers", "Papers that affect carers"),
    ("late", "Papers that came late"),
    ("unread", "What I have not read"),
)


def reading_minutes(pages: int, minutes_per_page: int) -> int:
    return pages * minutes_per_page
