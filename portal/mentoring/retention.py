"""How long mentors, requests, pairs and their words are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select

from portal.mentoring.models import Mentor, MentoringNote, MentoringPulse, MentoringSession, MentorRequest, Pair
from portal.mentoring.rules import KEPT_DAYS, WAITING
from portal.retention.rule import RetentionRule

YEAR = 365


def _pairs_of(person_id: UUID) -> Select[UUID]:
    return select(Pair.id).where(or_(Pair.person_id == person_id, Pair.mentor_id == person_id))


def _sessions_of(person_id: UUID) -> ColumnElement[bool]:
    """Whoever of the two recorded them."""
    return MentoringSession.pair_id.in_(_pairs_of(person_id))


def _shared_with(person_id: UUID) -> ColumnElement[bool]:
    return and_(MentoringNote.is_shared, MentoringNote.pair_id.in_(_pairs_of(person_id)))


Also = Callable[[UUID], ColumnElement[bool]]


def _with_its_pair(model: Any, what: str, also: Also | None = None) -> RetentionRule:  # a model with pair_id
    """What belongs to a pair goes a year after it."""

    def is_over(before: datetime) -> ColumnElement[bool]:
        ended: ColumnElement[bool] = model.pair_id.in_(select(Pair.id).where(Pair.ended_at < before))
        return ended

    return RetentionRule(
        model, what, "One year after the mentoring ended", days=KEPT_DAYS, is_over=is_over, told=True, also=also
    )


RETENTION = (
    RetentionRule(Mentor, "That you mentor, and what you offer", "As long as the board uses the portal"),
    _with_its_pair(
        MentoringNote, "Mentoring notes, encrypted: your private ones, and those the two of you share", _shared_with
    ),
    _with_its_pair(MentoringPulse, "Whether mentoring helps you; what you wrote is encrypted"),
    _with_its_pair(
        MentoringSession,
        "When the two of you talked, for how long and what about; the next step is encrypted",
        _sessions_of,
    ),
    RetentionRule(
        Pair,
        "Who mentors you or who you mentor, and when you’ll talk next; your aim and what went well are encrypted",
        "Six years after the mentoring ended",
        days=6 * YEAR,
        is_over=lambda before: Pair.ended_at < before,
        told=True,
        whose=("person_id", "mentor_id"),
    ),
    RetentionRule(
        MentorRequest,
        "That you would like a mentor; why is encrypted",
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
