"""How long reading takes, and what a list of papers may show."""

from __future__ import annotations

SHOW = (
    ("", "Everything"),
    ("decision", "What is for decision"),
    ("carers", "What says it affects carers"),
    ("late", "What came late"),
    ("unread", "What I have not read"),
)


def reading_minutes(pages: int, minutes_per_page: int) -> int:
    return pages * minutes_per_page
