"""Every change to courses."""

from __future__ import annotations

from uuid import UUID

from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.unit_of_work import record
from portal.training.courses.rules import FOR_WHOM, NATIONAL_COURSES
from portal.training.events import (
    CourseChanged,
)
from portal.training.models import Course


def add_course(board_id: UUID | None, typed: Typed, file: tuple[str, str, bytes] | None = None) -> Course:
    """A course of a board; None for a national one. `file` is checked: name, kind and content."""
    course = Course(board_id=board_id, **typed)
    if file:
        course.file_name, course.kind, content = file
        course.stored_as = f"courses/{course.id.hex}"
        files.keep(course.stored_as, content)
    db.session.add(course)
    db.session.flush()
    record(CourseChanged(board_id=board_id, course_id=course.id))
    return course


def add_national_courses() -> None:
    """The nine that every board needs, without a link until the coordinator knows one."""
    everybody = [key for key, _ in FOR_WHOM[:2]]
    for title, why in NATIONAL_COURSES:
        add_course(None, {"title": title, "why": why, "minutes": 45, "how": "read", "for_whom": everybody})


def close_course(course: Course) -> None:
    """Out of the catalogue; records of it stay."""
    course.closed_at = clock.now()
    record(CourseChanged(board_id=course.board_id, course_id=course.id))
