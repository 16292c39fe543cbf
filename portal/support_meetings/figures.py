"""How meetings were for reps, as totals that give nobody away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.support_meetings import queries
from portal.support_meetings.models import MeetingFeedback
from portal.support_meetings.rules import QUESTIONS, tally, whole_quarters

DEFINITION = "The latest answer of each rep and depute in the last four whole quarters."


@dataclass(frozen=True)
class FeedbackFigures:
    """One question, and how many people gave each answer; None where it may not be shown."""

    question: str
    counts: Mapping[str, int | None]
    people: int  # who answered


def voices(board_id: UUID, today: date) -> list[FeedbackFigures]:
    """The three questions of a board."""
    latest: dict[UUID, MeetingFeedback] = {}
    for one in queries.answers_between(board_id, *whole_quarters(today)):
        latest.setdefault(one.person_id, one)
    return [
        FeedbackFigures(words, tally(getattr(one, key) for one in latest.values()), len(latest))
        for key, words in QUESTIONS
    ]
