"""Courses of a board and of the nation, and their files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import (
    COURSES_READ,
    COURSES_WRITE,
    NATIONAL_COURSES_WRITE,
)
from portal.boards import queries as board_queries
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows
from portal.infra.storage import files
from portal.infra.versions import held
from portal.training.attachments import download, taken
from portal.training.blueprint import bp
from portal.training.courses import actions, forms, queries
from portal.training.courses.rules import MARKDOWN, whom_words
from portal.training.records.views import WORDS
from portal.training.sessions import queries as sessions_queries

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.training.courses.queries import CourseSeen
    from portal.training.models import Course


@bp.get("/courses/<uuid:course_id>/file")
@allows(COURSES_READ, one=queries.course_to_read)
def course_file(seen: CourseSeen) -> ResponseReturnValue:
    if not seen.course.stored_as:
        return render_template("errors/404.html"), 404
    return download(seen.course, files.read(seen.course.stored_as))


@bp.get("/courses/<uuid:course_id>/read")
@allows(COURSES_READ, one=queries.course_to_read)
def read_course(seen: CourseSeen) -> ResponseReturnValue:
    """A course that is words, on a page that fits any screen."""
    if seen.course.kind != MARKDOWN:
        return redirect(url_for("training.course_file", course_id=seen.course.id))
    words = files.read(seen.course.stored_as).decode()
    return render_template("training/courses/read.html", course=seen.course, words=words)


@bp.route("/boards/<board>/courses", methods=["GET", "POST"])
@allows(COURSES_WRITE, one=board_queries.board, body_limit="receipts_request_bytes")
def courses(board: Board) -> ResponseReturnValue:
    form = forms.new_course_form()
    if (sent := taken(form, "file")) is not None:
        actions.add_course(board.id, form.typed(), sent[0] if sent else None)
        flash(f"{form.title.data} has been added.")
        return redirect(url_for("training.courses", board=board.key))
    found = {"own": queries.courses_of_board(board.id), "national": queries.national_courses()}
    said = {"whom_words": whom_words, **WORDS}
    return render_template("training/courses/courses.html", board=board, form=form, **found, **said)


def _list_of(course: Course) -> str:
    """The address of the list that a course stands in."""
    if course.board_id is None:
        return url_for("training.national")
    return url_for("training.courses", board=board_queries.board_by_id(course.board_id).key)


def _change(course: Course, withdraw: str) -> ResponseReturnValue:
    form = forms.change_form(held(course))
    if (sent := taken(form, "file")) is not None:
        actions.change_course(course, form.typed(), sent[0] if sent else None)
        flash(f"{course.title} has been saved.")
        return redirect(_list_of(course))
    page = {"course": course, "form": form, "list_of": _list_of(course), "withdraw": withdraw}
    return render_template("training/courses/change.html", **page)


def _withdraw(course: Course) -> ResponseReturnValue:
    """A page that says what follows, and its button."""
    form = ButtonForm()
    if form.validate_on_submit():
        actions.close_course(course)
        flash(f"{course.title} has been withdrawn. Records of who took it stay.")
        return redirect(_list_of(course))
    found = sessions_queries.ahead_with_course(course)
    bookings = {one.id: sessions_queries.bookings(one) for one in found} if course.board_id else {}
    page = {"course": course, "form": form, "sessions": found, "bookings": bookings}
    return render_template("training/courses/withdraw.html", back_to=_back_to_change(course), **page)


def _back_to_change(course: Course) -> str:
    if course.board_id is None:
        return url_for("training.change_national", national_id=course.id)
    return url_for("training.change_course", course_id=course.id)


@bp.route("/courses/<uuid:course_id>/change", methods=["GET", "POST"])
@allows(COURSES_WRITE, one=queries.course, body_limit="receipts_request_bytes")
def change_course(course: Course) -> ResponseReturnValue:
    return _change(course, url_for("training.close_course", course_id=course.id))


@bp.route("/courses/<uuid:course_id>/close", methods=["GET", "POST"])
@allows(COURSES_WRITE, one=queries.course)
def close_course(course: Course) -> ResponseReturnValue:
    return _withdraw(course)


@bp.route("/courses", methods=["GET", "POST"])
@allows(NATIONAL_COURSES_WRITE, body_limit="receipts_request_bytes")
def national() -> ResponseReturnValue:
    """The coordinator's courses, which every board sees."""
    form, found = forms.new_course_form(), queries.national_courses()
    if (sent := taken(form, "file")) is not None:
        actions.add_course(None, form.typed(), sent[0] if sent else None)
        flash(f"{form.title.data} has been added to every board’s list.")
        return redirect(url_for("training.national"))
    said = {"whom_words": whom_words, **WORDS}
    return render_template("training/courses/national.html", form=form, national=found, **said)


@bp.route("/courses/national/<uuid:national_id>/change", methods=["GET", "POST"])
@allows(NATIONAL_COURSES_WRITE, one=queries.national_course, body_limit="receipts_request_bytes")
def change_national(course: Course) -> ResponseReturnValue:
    return _change(course, url_for("training.withdraw_national", national_id=course.id))


@bp.route("/courses/national/<uuid:national_id>/withdraw", methods=["GET", "POST"])
@allows(NATIONAL_COURSES_WRITE, one=queries.national_course)
def withdraw_national(course: Course) -> ResponseReturnValue:
    return _withdraw(course)


@bp.post("/courses/usual")
@allows(NATIONAL_COURSES_WRITE)
def add_usual() -> ResponseReturnValue:
    if not queries.national_courses():
        actions.add_national_courses()
        flash("The usual courses have been added.")
    return redirect(url_for("training.national"))
