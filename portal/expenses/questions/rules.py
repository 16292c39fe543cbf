"""When a claim with a question may be sent again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

UNANSWERED = "Answer the question, or change your claim, before you send it again"
Lines = Mapping[str, Sequence[object]]


def problem_with_answer(then: Lines, now: Lines, answer: str) -> str:
    """Why a claim that was asked about cannot be sent yet, as a sentence; '' when it can."""
    return "" if answer or then != now else UNANSWERED
