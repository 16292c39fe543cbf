"""Finding courses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select

from portal.access.permissions import (
    COURSES_READ,
    COURSES_WRITE,
    NATIONAL_COURSES_WRITE,
)
from portal.core.names import name_key
from portal.infra.database import db
from portal.infra.name_order import by_name
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.training.inductions.rules import REP
from portal.training.models import Course


def courses(board_ids: Iterable[UUID]) -> list[Course]:
    """The national courses, and those of some boards; required ones first."""
    own = select(Course).where(Course.board_id.in_(list(board_ids)), Course.closed_at.is_(None))
    found = [*national_courses(), *db.session.scalars(own.order_by(by_name(Course.title), Course.id))]
    return sorted(found, key=lambda one: (not one.is_required, name_key(one.title)))


def national_courses() -> Sequence[Course]:
    statement = select(Course).where(Course.board_id.is_(None), Course.closed_at.is_(None))
    return db.session.scalars(
        across_boards(statement.order_by(by_name(Course.title), Course.id), CrossBoardReason.PUBLISHED)
    ).all()


def required_for_reps(board_id: UUID) -> list[Course]:
    """What every rep of a board should have had, national courses included."""
    statement = select(Course).where(
        or_(Course.board_id == board_id, Course.board_id.is_(None)),
        Course.is_required.is_(True),
        Course.closed_at.is_(None),
    )
    found = db.session.scalars(
        across_boards(statement.order_by(by_name(Course.title), Course.id), CrossBoardReason.PUBLISHED)
    )
    return [one for one in found if REP in one.for_whom or not one.for_whom]


def courses_of_board(board_id: UUID) -> Sequence[Course]:
    statement = select(Course).where(Course.board_id == board_id, Course.closed_at.is_(None))
    return db.session.scalars(statement.order_by(by_name(Course.title), Course.id)).all()


@seen_with(COURSES_WRITE)
def course(sight: Sight, course_id: UUID) -> Course | None:
    """A course of a board that somebody may change."""
    statement = select(Course).where(Course.id == course_id, sight.of(Course))
    return db.session.scalar(statement.where(Course.closed_at.is_(None)))


@seen_with(NATIONAL_COURSES_WRITE)
def national_course(sight: Sight, national_id: UUID) -> Course | None:
    """A course of the nation, for whoever writes them."""
    if not sight.reach.everything:
        return None
    statement = select(Course).where(Course.id == national_id, Course.board_id.is_(None), Course.closed_at.is_(None))
    return db.session.scalar(across_boards(statement, CrossBoardReason.PUBLISHED))


@dataclass(frozen=True)
class CourseSeen:
    """A course as somebody of a board sees it: the board's own, or a national one, which every board sees."""

    course: Course
    board_id: UUID | None


@seen_with(COURSES_READ)
def course_to_read(sight: Sight, course_id: UUID) -> CourseSeen | None:
    """A course within sight, with its file. One that was taken out of the list is not opened any more."""
    found = db.session.get(Course, course_id)
    if found is None or found.closed_at:
        return None
    return CourseSeen(found, found.board_id or next(iter(sight.reach.boards), None))
