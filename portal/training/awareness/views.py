"""Carer Awareness of a board by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import AWARENESS_READ, CORRECTIONS_WRITE, SESSIONS_ARRANGE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.late import by_quarter_recorded
from portal.core.nothing import EMPTY, cell
from portal.corrections import queries as corrections
from portal.corrections.figure_words import listed
from portal.corrections.views import say
from portal.infra.documents.sheets import csv_file
from portal.infra.guard import allows, viewer
from portal.infra.versions import held
from portal.infra.web.moved_on import moved_on
from portal.training.awareness import actions, figures, forms, queries
from portal.training.awareness.figures import Coverage
from portal.training.awareness.rules import AWARENESS, counts_today, problem_with_number
from portal.training.blueprint import bp

if TYPE_CHECKING:
    from portal.boards.models import Board, Group
    from portal.corrections.models import Correction
    from portal.training.models import AwarenessSession


@bp.get("/boards/<board>/carer-awareness")
@allows(AWARENESS_READ, one=board_queries.board, see=AWARENESS_READ)
def awareness(board: Board) -> ResponseReturnValue:
    """Carer Awareness of the other members: when, by whom, and how many of each group."""
    made = corrections.of_board(board.id, [AWARENESS])
    groups, before = _both(board, made)
    return render_template(
        "training/awareness/awareness.html",
        board=board,
        groups=list(zip(groups, before, strict=True)),
        held=queries.awareness_of_board(board.id),
        by=queries.delivered_by(board.id),
        definition=figures.DEFINITION,
        corrections=made,
        waits=corrections.waiting_of_board(board.id, [AWARENESS]),
        recorded=by_quarter_recorded(
            (one.held_on, one.recorded_on) for one in queries.awareness_of_board(board.id) if not one.withdrawn_on
        ),
    )


def _both(board: Board, made: Sequence[Correction]) -> tuple[list[Coverage], list[Coverage]]:
    """Each group and all of them, by the record as it is, and by what it was before corrections."""
    now = figures.by_group(board.id, clock.today())
    before = figures.uncorrected(board.id, made, clock.today()) if made else now
    return [*now, figures.in_all(now)], [*before, figures.in_all(before)]


COLUMNS = ("group", "had it", "other members", "percent", "had it uncorrected", "percent uncorrected", "corrections")


@bp.get("/boards/<board>/carer-awareness.csv")
@allows(AWARENESS_READ, one=board_queries.board, see=AWARENESS_READ)
def awareness_csv(board: Board) -> ResponseReturnValue:
    """The table of the page, with both values; each correction beside its group, and all of them beside the total."""
    made = corrections.of_board(board.id, [AWARENESS])
    every = list(zip(*_both(board, made), strict=True))
    said = [
        *(
            "; ".join(listed(one for one in made if one.group_id in (group.id, None)))
            for group in board_queries.groups(board.id)
        ),
        "; ".join(listed(made)),
    ]
    rows = [
        (now.name, *_cells(now), *_cells(before)[::2], words) for (now, before), words in zip(every, said, strict=True)
    ]
    return csv_file(f"carer-awareness-{board.key}.csv", COLUMNS, rows)


def _cells(one: Coverage) -> tuple[object, object, object]:
    return one.had_it, cell(one.members or None, EMPTY), cell(one.percent, EMPTY)


@bp.route("/boards/<board>/carer-awareness/new", methods=["GET", "POST"])
@allows(SESSIONS_ARRANGE, one=board_queries.board)
def new_awareness(board: Board) -> ResponseReturnValue:
    groups = [(one.id, one.name) for one in board_queries.groups(board.id)]
    form = forms.awareness_form(queries.who_delivers(board.id, clock.today()), groups)
    form.wrong = lambda numbers: queries.wrong_numbers(board.id, form.held_on.data, numbers)
    if form.validate_on_submit():
        by = [UUID(one) for one in form.delivered_by.data or ()]
        try:
            actions.hold_awareness(form.once.data, board.id, form.typed(), by, forms.numbers(form.members))
            flash("Session saved.")
            return redirect(url_for("training.awareness", board=board.key))
        except actions.WrongNumbers as wrong:
            form.members.refuse(wrong.problems)
    return render_template("training/awareness/new_awareness.html", board=board, form=form)


@bp.route("/boards/<board>/carer-awareness/members", methods=["GET", "POST"])
@allows(SESSIONS_ARRANGE, one=board_queries.board)
def other_members(board: Board) -> ResponseReturnValue:
    groups = [(one.id, one.name) for one in board_queries.groups(board.id)]
    held(board)  # whoever else counts them now comes after
    known = {key: one.members for key, one in queries.other_members(board.id).items()}
    form = forms.members_form(groups, known)
    form.wrong = partial(queries.too_few_members, board.id)
    if form.validate_on_submit():
        try:
            actions.count_other_members(board.id, forms.numbers(form.members))
            flash("Saved.")
            return redirect(url_for("training.awareness", board=board.key))
        except actions.WrongNumbers as wrong:
            form.members.refuse(wrong.problems)
    return render_template("training/awareness/other_members.html", board=board, form=form)


@bp.route("/carer-awareness/<uuid:session_id>/correct", methods=["GET", "POST"])
@allows(CORRECTIONS_WRITE, one=queries.session_to_correct)
def correct_awareness(session: AwarenessSession) -> ResponseReturnValue:
    held(session)
    board, counts = board_queries.board_by_id(session.board_id), queries.counts(session.id)
    groups = {str(one.id): one for one in board_queries.groups(board.id)}
    form = forms.correct_form([(key, one.name, counts.get(one.id, 0)) for key, one in groups.items()])
    form.waits = waits = corrections.waiting_of_thing(board.id, session.id)
    if request.method == "POST" and session.withdrawn_on:
        here = url_for("training.awareness", board=board.key)
        return moved_on("This session did not take place, so it is not corrected.", here, "See Carer Awareness", form)
    if form.validate_on_submit():
        problem = _problem(session, form, counts)
        if not form.refuse_number(problem):
            here = url_for("training.awareness", board=board.key)
            return say(lambda: _correct(session, form, groups), here, form)
    page = "training/awareness/correct.html"
    return render_template(page, form=form, board=board, session=session, waits=waits)


def _problem(session: AwarenessSession, form: forms.CorrectForm, counts: Mapping[UUID, int]) -> str:
    """Why the number cannot be right; '' when it can."""
    if form.what.data == forms.WHOLE:
        return ""
    group_id, number = UUID(form.what.data), int(form.number.data)
    was, members = counts.get(group_id, 0), queries.other_members(session.board_id).get(group_id)
    if number == was:
        return "The record says this number already"
    had_it = queries.had_awareness(session.board_id, clock.today())[group_id]
    counted = counts_today(session.held_on, clock.today())
    if number < was or not counted:
        return ""
    return problem_with_number(number, had_it - was, members.members if members else 0)


def _correct(session: AwarenessSession, form: forms.CorrectForm, groups: Mapping[str, Group]) -> Correction:
    if form.what.data == forms.WHOLE:
        return actions.correct_held(session, viewer().id, form.reason.data)
    group = groups[form.what.data]
    return actions.correct_number(session, group, int(form.number.data), viewer().id, form.reason.data)
