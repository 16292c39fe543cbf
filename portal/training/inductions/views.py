"""Inductions: a rep marks a step, officers and clerks see those of their board and write the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import (
    COURSES_WRITE,
    INDUCTION_MARK,
)
from portal.boards import queries as board_queries
from portal.core import clock
from portal.infra.guard import allows, viewer
from portal.infra.web.not_done import not_done
from portal.training.blueprint import bp
from portal.training.inductions import actions, charts, forms, queries
from portal.training.inductions.rules import TO_MARK
from portal.training.records.views import WORDS

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.training.inductions.queries import OneStep
    from portal.training.models import InductionStep


@bp.post("/training/inductions/<uuid:appointment_id>/<uuid:step_id>/done")
@allows(INDUCTION_MARK, one=queries.one_step)
def mark_done(found: OneStep) -> ResponseReturnValue:
    """A step is done; by whose it is, or by an officer."""
    me = viewer()
    if can(me, TO_MARK[found.task.owner], found):
        actions.mark_done(found.appointment, UUID(found.task.key), me.id)
        flash("Marked as done. Thank you.")
    else:
        not_done(f"This step is for someone else: {WORDS['owners'][found.task.owner].lower()}.")
    return _to_induction(found)


def _to_induction(found: OneStep) -> ResponseReturnValue:
    if found.person_id == viewer().id:
        return redirect(url_for("training.index"))
    return redirect(url_for("training.inductions", board=board_queries.board_by_id(found.board_id).key))


@bp.post("/training/inductions/<uuid:appointment_id>/<uuid:step_id>/not-done")
@allows(INDUCTION_MARK, one=queries.one_step)
def take_back(found: OneStep) -> ResponseReturnValue:
    """Marked for the wrong person, or too early."""
    if found.task.may_be_taken_back(viewer().id, clock.today()):
        actions.take_back(found.appointment, UUID(found.task.key))
        flash("This step is not marked as done any more.")
    else:
        not_done("Only the person who marked it can undo it, on the same day.")
    return _to_induction(found)


@bp.get("/boards/<board>/inductions")
@allows(INDUCTION_MARK, one=board_queries.board)
def inductions(board: Board) -> ResponseReturnValue:
    found = queries.inductions_of_board(board.id)
    return render_template(
        "training/inductions/inductions.html",
        board=board,
        inductions=found,
        of_board=charts.of_board(found, clock.today()),
        today=clock.today(),
        me=viewer().id,
        **WORDS,
    )


@bp.route("/boards/<board>/induction-plan", methods=["GET", "POST"])
@allows(COURSES_WRITE, one=board_queries.board)
def plan(board: Board) -> ResponseReturnValue:
    form = forms.StepForm()
    if form.validate_on_submit():
        actions.set_up_plan(board.id)
        actions.add_step(
            board.id, form.title.data, form.owner.data, int(form.days.data), bool(form.at_first_meeting.data)
        )
        flash("Step added to the plan.")
        return redirect(url_for("training.plan", board=board.key))
    steps = queries.steps([board.id]).get(board.id, [])
    return render_template("training/inductions/plan.html", board=board, form=form, steps=steps, **WORDS)


@bp.post("/induction-steps/<uuid:step_id>/close")
@allows(COURSES_WRITE, one=queries.step)
def close_step(step: InductionStep) -> ResponseReturnValue:
    actions.close_step(step)
    flash("Step removed from the plan.")
    return redirect(url_for("training.plan", board=board_queries.board_by_id(step.board_id).key))
