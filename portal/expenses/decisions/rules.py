"""What deciding on lines makes of a claim."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from portal.expenses.claims.rules import APPROVED, DECLINED, PARTLY


def decided(amounts: Iterable[tuple[int, int]]) -> str:
    """What becomes of a claim, from (asked, approved) pence of each line."""
    pairs = list(amounts)
    if not any(approved for _, approved in pairs):
        return DECLINED
    return APPROVED if all(asked == approved for asked, approved in pairs) else PARTLY


def attendance_question(meeting_id: UUID, today: date) -> str:
    """The key under which clerks are asked who came to a meeting: once a day, whoever asks."""
    return f"attendance-asked:{meeting_id}:{today}"


ATTENDANCE_WANTED = "attendance-wanted"  # of a meeting, from the first time on that somebody asked who came
