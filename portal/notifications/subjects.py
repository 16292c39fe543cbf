"""Subjects that a phone shows whole."""

from __future__ import annotations

import re
from datetime import datetime

MOST = 50
BOARD = re.compile(r"\bIntegration Joint Board\b")
DAY = r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
WEEKDAY = re.compile(rf"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day (?={DAY}\b)")


def fitting(subject: str, asked_at: datetime) -> str:
    """With what can be said in fewer letters, one after the other, until it fits."""
    this_year = re.compile(rf"\b({DAY}) {asked_at.year}\b")
    for pattern, shorter in ((BOARD, "IJB"), (this_year, r"\1"), (WEEKDAY, "")):
        if len(subject) > MOST:
            subject = pattern.sub(shorter, subject)
    return subject
