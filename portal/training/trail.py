"""What the audit trail calls the things that courses, sessions and inductions tell of."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.core.clock import london_day
from portal.core.text import date_words
from portal.infra.database import db
from portal.training.models import AwarenessSession, Course, InductionStep, TrainingSession


def sessions(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """Sessions of training and of Carer Awareness: no two have the same id."""
    training = select(TrainingSession.id, TrainingSession.title, TrainingSession.starts_at).where(
        TrainingSession.board_id == board_id, TrainingSession.id.in_(ids)
    )
    aware = select(AwarenessSession.id, AwarenessSession.held_on).where(
        AwarenessSession.board_id == board_id, AwarenessSession.id.in_(ids)
    )
    found = db.session.execute(training.order_by(TrainingSession.id))
    names = {key: f"{title}, {date_words(london_day(at))}" for key, title, at in found}
    held = db.session.execute(aware.order_by(AwarenessSession.id))
    return names | {key: f"Carer Awareness on {date_words(day)}" for key, day in held}


def courses(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    statement = select(Course.id, Course.title).where(Course.board_id == board_id, Course.id.in_(ids))
    return {key: title for key, title in db.session.execute(statement.order_by(Course.id))}  # noqa: C416 - rows are not pairs to mypy


def steps(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    statement = select(InductionStep.id, InductionStep.title)
    statement = statement.where(InductionStep.board_id == board_id, InductionStep.id.in_(ids))
    return {key: title for key, title in db.session.execute(statement.order_by(InductionStep.id))}  # noqa: C416 - likewise


NAMES = {"session_id": sessions, "course_id": courses, "step_id": steps}
