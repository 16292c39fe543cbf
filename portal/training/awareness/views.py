"""Carer Awareness of a board by group."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import AWARENESS_READ, SESSIONS_ARRANGE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.infra.guard import allows
from portal.training.awareness import actions, figures, forms, queries
from portal.training.blueprint import bp

if TYPE_CHECKING:
    from portal.boards.models import Board


@bp.get("/boards/<board>/carer-awareness")
@allows(AWARENESS_READ, one=board_queries.board)
def awareness(board: Board) -> ResponseReturnValue:
    """Carer Awareness of the other members: when, by whom, and how many of each group."""
    groups = figures.by_group(board.id, clock.today())
    return render_template(
        "training/awareness/awareness.html",
        board=board,
        groups=groups,
        in_all=figures.in_all(groups),
        held=queries.awareness_of_board(board.id),
        by=queries.delivered_by(board.id),
        definition=figures.DEFINITION,
    )


@bp.route("/boards/<board>/carer-awareness/new", methods=["GET", "POST"])
@allows(SESSIONS_ARRANGE, one=board_queries.board)
def new_awareness(board: Board) -> ResponseReturnValue:
    groups = [(one.id, one.name) for one in board_queries.groups(board.id)]
    form = forms.awareness_form(board_queries.reps_and_deputes(board.id, clock.today()), groups)
    if form.validate_on_submit():
        by = [UUID(one) for one in form.delivered_by.data or ()]
        actions.hold_awareness(form.once.data, board.id, form.typed(), by, forms.numbers(form.members))
        flash("Kept.")
        return redirect(url_for("training.awareness", board=board.key))
    return render_template("training/awareness/new_awareness.html", board=board, form=form)


@bp.route("/boards/<board>/carer-awareness/members", methods=["GET", "POST"])
@allows(SESSIONS_ARRANGE, one=board_queries.board)
def other_members(board: Board) -> ResponseReturnValue:
    groups = [(one.id, one.name) for one in board_queries.groups(board.id)]
    known = {key: one.members for key, one in queries.other_members(board.id).items()}
    form = forms.members_form(groups, known)
    if form.validate_on_submit():
        actions.count_other_members(board.id, forms.numbers(form.members))
        flash("Saved.")
        return redirect(url_for("training.awareness", board=board.key))
    return render_template("training/awareness/other_members.html", board=board, form=form)
