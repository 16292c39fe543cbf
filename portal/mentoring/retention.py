"""How long mentors, requests, pairs and their words are kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select

from portal.mentoring.models import Mentor, MentoringNote, MentoringPulse, MentoringSession, MentorRequest, Pair
from portal.mentoring.rules import WAITING
from portal.retention.rule import RetentionRule

YEAR = 365


def _with_its_pair(model: Any, what: str) -> RetentionRule:  # a model with pair_id
    """What belongs to a pair goes a year after it."""

    def is_over(before: datetime) -> ColumnElement[bool]:
        ended: ColumnElement[bool] = model.pair_id.in_(select(Pair.id).where(Pair.ended_at < before))
        return ended

    return RetentionRule(model, what, "One year after the pair ended", days=YEAR, is_over=is_over, told=True)


RETENTION = (
    RetentionRule(Mentor, "That you mentor, and what you offer", "As long as the board uses the portal"),
    _with_its_pair(MentoringNote, "Notes of mentoring, scrambled: your own, and those you share"),
    _with_its_pair(MentoringPulse, "If mentoring helps you; what you wrote is scrambled"),
    _with_its_pair(MentoringSession, "When a pair met; what comes next is scrambled"),
    RetentionRule(
        Pair,
        "Who mentors you or whom you mentor; aims and what you achieved are scrambled",
        "Six years after the pair ended",
        days=6 * YEAR,
        is_over=lambda before: Pair.ended_at < before,
        told=True,
    ),
    RetentionRule(
        MentorRequest,
        "That you would like a mentor; why is scrambled",
        "Six years after it was answered",
        days=6 * YEAR,
        is_over=lambda before: and_(
            MentorRequest.waits_since < before,
            MentorRequest.status != WAITING,
            MentorRequest.id.not_in(select(Pair.mentor_request_id)),
        ),
        told=True,
    ),
)
