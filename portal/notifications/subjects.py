"""Subjects that a phone shows whole."""

from __future__ import annotations

import re
from datetime import datetime

MOST = 50
BOARD = re.compile(r"\bIntegration Joint Board\b")
DAY = r"\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)"
YEAR = re.compile(rf"\b{DAY} \d{{4}}\b")
WEEKDAY = re.compile(rf"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day (?={DAY}\b)")


def fitting(subject: str, asked_at: datetime) -> str:
    """With what can be said in fewer letters, one after the other, until it fits."""
    this_year = f" {asked_at.year}"
    for pattern, shorter in ((BOARD, "IJB"), (YEAR, lambda found: found[0].removesuffix(this_year)), (WEEKDAY, "")):
        if len(subject) > MOST:
            subject = pattern.sub(shorter, subject)
    return subject
