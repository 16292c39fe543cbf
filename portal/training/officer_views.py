"""Officers and clerks: inductions of the board's reps, records to confirm, the plan; courses of board and nation."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import (
    COURSES_WRITE,
    INDUCTION_MARK,
    NATIONAL_COURSES_WRITE,
    TRAINING_CONFIRM,
    TRAINING_READ,
)
from portal.boards import queries as board_queries
from portal.core import clock
from portal.infra.guard import allows, asker
from portal.training import actions, forms, queries
from portal.training.blueprint import bp
from portal.training.rules import FOR_WHOM, counts
from portal.training.views import WORDS, checked


@bp.get("/boards/<board>/inductions")
@allows(INDUCTION_MARK, one=board_queries.board)
def inductions(board: Any) -> ResponseReturnValue:
    found = queries.inductions_of_board(board.id)
    return render_template("training/inductions.html", board=board, inductions=found, today=clock.today(), **WORDS)


@bp.get("/boards/<board>/training")
@allows(TRAINING_READ, one=board_queries.board)
def of_board(board: Any) -> ResponseReturnValue:
    """Who has which training, and what waits for an officer's word."""
    records, today = queries.records_of_board(board.id), clock.today()
    required = [one for one in queries.courses([board.id]) if one.is_required]
    has = {(one.person_id, one.course_id) for one in records if counts(one.status, one.valid_until, today)}
    return render_template(
        "training/of_board.html",
        board=board,
        people=board_queries.reps_and_deputes(board.id, today),
        required=required,
        has=has,
        waiting=[one for one in records if one.status == "said" and one.person_id != asker().id],
        **WORDS,
    )


@bp.post("/training/records/<uuid:record_id>/answer")
@allows(TRAINING_CONFIRM, one=queries.record)
def answer(one: Any) -> ResponseReturnValue:
    is_confirmed = request.form.get("answer") == "yes"
    actions.answer_record(one, asker().id, is_confirmed)
    flash(f"{one.person.name} is told.")
    return redirect(url_for("training.of_board", board=board_queries.board_by_id(one.board_id).key))


@bp.route("/boards/<board>/induction-plan", methods=["GET", "POST"])
@allows(COURSES_WRITE, one=board_queries.board)
def plan(board: Any) -> ResponseReturnValue:
    form = forms.StepForm()
    if form.validate_on_submit():
        actions.set_up_plan(board.id)
        actions.add_step(
            board.id, form.title.data, form.owner.data, int(form.days.data), bool(form.at_first_meeting.data)
        )
        flash("The step is in the plan.")
        return redirect(url_for("training.plan", board=board.key))
    steps = queries.steps([board.id]).get(board.id, [])
    return render_template("training/plan.html", board=board, form=form, steps=steps, **WORDS)


@bp.post("/induction-steps/<uuid:step_id>/close")
@allows(COURSES_WRITE, one=queries.step)
def close_step(step: Any) -> ResponseReturnValue:
    actions.close_step(step)
    flash("The step is out of the plan.")
    return redirect(url_for("training.plan", board=board_queries.board_by_id(step.board_id).key))


@bp.route("/boards/<board>/courses", methods=["GET", "POST"])
@allows(COURSES_WRITE, one=board_queries.board, body_limit="receipts_request_bytes")
def courses(board: Any) -> ResponseReturnValue:
    form = forms.CourseForm()
    if form.validate_on_submit() and (sent := checked(form, "file")) is not None:
        actions.add_course(board.id, form.typed(), sent[0] if sent else None)
        flash(f"{form.title.data} is in the list.")
        return redirect(url_for("training.courses", board=board.key))
    found = {"own": queries.courses_of_board(board.id), "national": queries.national_courses()}
    return render_template("training/courses.html", board=board, form=form, whoms=dict(FOR_WHOM), **found, **WORDS)


@bp.post("/courses/<uuid:course_id>/close")
@allows(COURSES_WRITE, one=queries.course)
def close_course(course: Any) -> ResponseReturnValue:
    actions.close_course(course)
    flash(f"{course.title} is out of the list. Records of it stay.")
    return redirect(url_for("training.courses", board=board_queries.board_by_id(course.board_id).key))


@bp.route("/courses", methods=["GET", "POST"])
@allows(NATIONAL_COURSES_WRITE, body_limit="receipts_request_bytes")
def national() -> ResponseReturnValue:
    """The coordinator's courses, which every board sees."""
    form, found = forms.CourseForm(), queries.national_courses()
    if form.validate_on_submit() and (sent := checked(form, "file")) is not None:
        actions.add_course(None, form.typed(), sent[0] if sent else None)
        flash(f"{form.title.data} is in every board’s list.")
        return redirect(url_for("training.national"))
    return render_template("training/national.html", form=form, national=found, whoms=dict(FOR_WHOM), **WORDS)


@bp.post("/courses/usual")
@allows(NATIONAL_COURSES_WRITE)
def add_usual() -> ResponseReturnValue:
    if not queries.national_courses():
        actions.add_national_courses()
        flash("The usual courses are in the list.")
    return redirect(url_for("training.national"))
