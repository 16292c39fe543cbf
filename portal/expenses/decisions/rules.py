"""What deciding on lines makes of a claim, and what is known of whether its person was there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from datetime import date
from uuid import UUID

from portal.expenses.claims.rules import APPROVED, DECLINED, PARTLY
from portal.training.sessions.rules import ATTENDED, BOOKED, MISSED, ON_WAITING_LIST

WERE_THERE = {
    ATTENDED: "recorded that they were there",
    MISSED: "recorded that they were not there",
    BOOKED: "they had a place, and attendance has not been recorded",
    ON_WAITING_LIST: "they were on the waiting list, and had no place",
}

NO_MEETING = (
    "This claim is not linked to a meeting in the portal, so the portal does not know if they were at the meeting."
)
NO_TRAINING = "The board had no training in the portal that they booked for this day, so it does not know if they went."


def decided(amounts: Iterable[tuple[int, int]]) -> str:
    """What becomes of a claim, from (asked, approved) pence of each line."""
    pairs = list(amounts)
    if not any(approved for _, approved in pairs):
        return DECLINED
    return APPROVED if all(asked == approved for asked, approved in pairs) else PARTLY


def asks_for_receipt(there: Sized, name: str) -> str:
    """The words of a question for a receipt, which whoever asks may change: for a better one, or for one at all."""
    if there:
        return f"Please add a better receipt for {name}. We could not use the one you sent."
    return f"Please add a receipt for {name}, or tell us why you have none."


def of_training(title: str, status: str) -> str:
    """What is known of whether somebody was at training, from the state of their place."""
    return f"{title}: {WERE_THERE[status]}."


def speaks_against(attendance: Sequence[str]) -> bool:
    """Whether what is known of somebody's attendance leaves a doubt that they were there."""
    doubts = [NO_MEETING, NO_TRAINING, *(words for status, words in WERE_THERE.items() if status != ATTENDED)]
    return any(doubt in one for one in attendance for doubt in doubts)


def attendance_question(meeting_id: UUID, today: date) -> str:
    """The key under which clerks are asked who came to a meeting: once a day, whoever asks."""
    return f"attendance-asked:{meeting_id}:{today}"


ATTENDANCE_WANTED = "attendance-wanted"  # of a meeting, from the first time on that somebody asked who came
