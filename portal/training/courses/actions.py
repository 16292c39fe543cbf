"""Every change to courses."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.unit_of_work import record
from portal.infra.versions import assign
from portal.training.courses.rules import FOR_WHOM, MARKDOWN, NATIONAL_COURSES
from portal.training.events import (
    CourseChanged,
)
from portal.training.models import Course

MATERIAL = Path(__file__).parent / "material"  # short texts of our own


def add_course(board_id: UUID | None, typed: Typed, file: tuple[str, str, bytes] | None = None) -> Course:
    """A course of a board; None for a national one. `file` is checked: name, kind and content."""
    course = Course(board_id=board_id, **typed)
    if file:
        _keep_file(course, file)
    db.session.add(course)
    db.session.flush()
    record(CourseChanged(board_id=board_id, course_id=course.id, done="added"))
    return course


def _keep_file(course: Course, file: tuple[str, str, bytes]) -> None:
    if course.stored_as:
        files.delete_later(course.stored_as)
    course.file_name, course.kind, content = file
    course.stored_as = f"courses/{uuid4().hex}"
    files.keep(course.stored_as, content)


def change_course(course: Course, typed: Typed, file: tuple[str, str, bytes] | None = None) -> None:
    """What a course says from now on; records of who took it keep what it was called then. No file: it stays."""
    was_file = course.file_name
    if file:
        _keep_file(course, file)
    changed = dict(assign(course, **typed))
    if file:
        changed["file_name"] = was_file, course.file_name
    if changed:
        record(CourseChanged(board_id=course.board_id, course_id=course.id, **CourseChanged.says(changed)))


def add_national_courses() -> None:
    """The nine that every board needs, each with something to read."""
    everybody = [key for key, _ in FOR_WHOM[:2]]
    for title, why, to_read in NATIONAL_COURSES:
        typed = {"title": title, "why": why, "how": "read", "for_whom": everybody, "minutes": 10}
        add_course(None, typed, (to_read, MARKDOWN, (MATERIAL / to_read).read_bytes()))


def close_course(course: Course) -> None:
    """Out of the catalogue; records of it stay."""
    course.closed_at = clock.now()
    record(CourseChanged(board_id=course.board_id, course_id=course.id, done="closed"))
