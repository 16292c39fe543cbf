"""The officer's page of mentoring: who waits, who could mentor, which pairs meet, and who needs a word."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import MENTORS_ARRANGE
from portal.boards import queries as board_queries
from portal.core import clock
from portal.infra.guard import allows, asker
from portal.mentoring import actions, forms, matching, queries
from portal.mentoring import matching_queries as seen
from portal.mentoring.blueprint import bp
from portal.mentoring.views import WORDS


def _to_board(board_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("mentoring.of_board", board=board_queries.board_by_id(board_id).key))


@bp.get("/boards/<board>/mentoring")
@allows(MENTORS_ARRANGE, one=board_queries.board)
def of_board(board: Any) -> ResponseReturnValue:
    """Everything of mentoring on a board, but what people say to each other."""
    return render_template(
        "mentoring/of_board.html",
        board=board,
        requests=seen.requests_of_board(board.id),
        proposed=seen.proposed_for(board.id),
        pairs=seen.pairs_of_board(board.id),
        flags=seen.flags(asker(), board.id),
        mentors=queries.mentors(board.id),
        taken=queries.taken(board.id),
        **WORDS,
    )


@bp.route("/boards/<board>/mentors/new", methods=["GET", "POST"])
@allows(MENTORS_ARRANGE, one=board_queries.board)
def new_mentor(board: Any) -> ResponseReturnValue:
    form = forms.NewMentorForm(most="2")
    if form.validate_on_submit():
        matching.add_mentor(board, form.name.data, form.email.data, form.kind.data, form.typed())
        flash(f"{form.name.data} is a mentor now.")
        return _to_board(board.id)
    return render_template("mentoring/new_mentor.html", form=form, board=board)


@bp.route("/mentors/<uuid:mentor_id>", methods=["GET", "POST"])
@allows(MENTORS_ARRANGE, one=seen.mentor_to_change)
def mentor(one: Any) -> ResponseReturnValue:
    form = forms.OfferForm(obj=one)
    if form.validate_on_submit():
        actions.keep_offer(one, form.typed())
        flash("Saved.")
        return _to_board(one.board_id)
    board = board_queries.board_by_id(one.board_id)
    return render_template("mentoring/mentor.html", form=form, mentor=one, board=board)


@bp.post("/mentors/<uuid:mentor_id>/confirm")
@allows(MENTORS_ARRANGE, one=seen.mentor_to_change)
def confirm(one: Any) -> ResponseReturnValue:
    matching.confirm_offer(one)
    flash(f"{one.person.name} is a mentor now.")
    return _to_board(one.board_id)


@bp.post("/mentors/<uuid:mentor_id>/leave")
@allows(MENTORS_ARRANGE, one=seen.mentor_to_change)
def let_go(one: Any) -> ResponseReturnValue:
    matching.let_go(one)
    flash(f"{one.person.name} is no mentor any more. Whoever they mentored waits for another.")
    return _to_board(one.board_id)


@bp.route("/boards/<board>/mentoring/help", methods=["GET", "POST"])
@allows(MENTORS_ARRANGE, one=board_queries.board)
def offer_help(board: Any) -> ResponseReturnValue:
    """A mentor for somebody who has not asked for one."""
    form = forms.help_form(board_queries.reps_and_deputes(board.id, clock.today()))
    if form.validate_on_submit():
        one = actions.ask_for_mentor(board.id, UUID(form.person.data), asker().id, (), "")
        return redirect(url_for("mentoring.match", mentor_request_id=one.id))
    return render_template("mentoring/help.html", form=form, board=board)


@bp.route("/mentoring/requests/<uuid:mentor_request_id>/match", methods=["GET", "POST"])
@allows(MENTORS_ARRANGE, one=seen.request_to_match)
def match(wanted: Any) -> ResponseReturnValue:
    """Choose a mentor for somebody; then both are asked."""
    board = board_queries.board_by_id(wanted.board_id)
    found = seen.matches(wanted)
    able = {str(one.id): fit.name for one, fit in found}
    if request.method == "POST" and (chosen := request.form.get("mentor", "")) in able:
        try:
            matching.propose(wanted, UUID(chosen), asker().id)
            flash(f"{wanted.person.name} and {able[chosen]} are asked.")
            return _to_board(board.id)
        except matching.CannotMatch:
            flash("This mentor has no room any more, or somebody matched them meanwhile. Look again.")
    proposed = seen.proposed_for(board.id).get(wanted.id)
    return render_template("mentoring/match.html", wanted=wanted, board=board, found=found, proposed=proposed, **WORDS)


@bp.post("/mentoring/flags/<uuid:flag_id>/seen")
@allows(MENTORS_ARRANGE, one=seen.flag)
def look_after(flag: Any) -> ResponseReturnValue:
    matching.look_after(flag)
    flash("Marked as looked after.")
    return _to_board(flag.board_id)
