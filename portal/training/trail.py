"""What the audit trail calls the things that courses, sessions and inductions tell of."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.core.clock import london_day
from portal.core.naming import Naming, was_in
from portal.core.text import date_words
from portal.core.values import EventFacts
from portal.infra.database import db
from portal.training.events import CourseChanged, SessionChanged, SessionRenamed
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


def _on_day_before(facts: EventFacts, _typed: Mapping[str, str], after: str) -> str:
    """It was moved: what it is called stays."""
    title = after.rpartition(", ")[0]
    return f"{title}, {date_words(london_day(datetime.fromisoformat(facts['was_at'])))}" if title else ""


def _called_before(facts: EventFacts, typed: Mapping[str, str], after: str) -> str:
    was, day = SessionRenamed.was("title", facts, typed), after.rpartition(", ")[2]
    return f"{was}, {day}" if was and day else ""


NAMES = {
    "session_id": Naming(sessions, {SessionChanged: _on_day_before, SessionRenamed: _called_before}),
    "course_id": Naming(courses, {CourseChanged: was_in(CourseChanged, "title")}),
    "step_id": Naming(steps),
}
