"""The officer's page of mentoring: who waits, who could mentor, which pairs meet, and who needs a word."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import MENTORS_ARRANGE
from portal.access.roles import MENTOR
from portal.accounts import queries as accounts
from portal.boards import queries as board_queries
from portal.boards.people.arrived import has_role
from portal.boards.people.queries import invitations_of
from portal.core import clock
from portal.core.text import count_words, together
from portal.deputes import queries as deputes
from portal.infra.guard import allows, viewer
from portal.infra.versions import held
from portal.infra.web.emailed import emailed
from portal.infra.web.not_done import not_done
from portal.mentoring.blueprint import bp
from portal.mentoring.matching import actions, forms, queries
from portal.mentoring.pairs import actions as pairs_actions
from portal.mentoring.pairs import forms as pairs_forms
from portal.mentoring.pairs import queries as pairs_queries
from portal.mentoring.pairs.views import WORDS

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.mentoring.models import Mentor, MentoringPulse, MentorRequest


ENDED_SHOWN = timedelta(days=90)  # how long an officer sees that mentoring has ended


def _to_board(board_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("mentoring.of_board", board=board_queries.board_by_id(board_id).key))


@bp.get("/boards/<board>/mentoring")
@allows(MENTORS_ARRANGE, one=board_queries.board)
def of_board(board: Board) -> ResponseReturnValue:
    """Everything of mentoring on a board, but what people say to each other."""
    mentors = pairs_queries.mentors(board.id)
    return render_template(
        "mentoring/matching/of_board.html",
        board=board,
        requests=queries.requests_of_board(board.id),
        proposed=queries.proposed_for(board.id),
        pairs=queries.pairs_of_board(board.id),
        ended=queries.ended_of_board(board.id, clock.now() - ENDED_SHOWN),
        flags=queries.flags(viewer(), board.id),
        mentors=mentors,
        invitations=invitations_of(one.person for one in mentors),
        places=pairs_queries.places(board.id),
        **WORDS,
    )


@bp.route("/boards/<board>/mentors/new", methods=["GET", "POST"])
@allows(MENTORS_ARRANGE, one=board_queries.board)
def new_mentor(board: Board) -> ResponseReturnValue:
    form = forms.new_mentor_form()
    if form.validate_on_submit():
        one = actions.add_mentor(board, form.name.data, form.email.data, form.kind.data, form.typed())
        names = {**board_queries.colleagues(board.id), one.person_id: form.name.data}
        person = accounts.people([one.person_id])[one.person_id]
        flash(f"{has_role(person, form.name.data, MENTOR, None)} {emailed(names)}")
        return _to_board(board.id)
    return render_template("mentoring/matching/new_mentor.html", form=form, board=board)


@bp.route("/mentors/<uuid:mentor_id>", methods=["GET", "POST"])
@allows(MENTORS_ARRANGE, one=queries.mentor_to_change)
def mentor(one: Mentor) -> ResponseReturnValue:
    form = pairs_forms.OfferForm(obj=held(one))
    if form.validate_on_submit():
        not_now = pairs_actions.keep_offer(one, form.typed())
        words = ["Saved."]
        words += [f"{count_words(not_now, 'new match', 'new matches')} did not go ahead."] if not_now else []
        if one.is_on_hold and (yes := pairs_queries.said_yes_to(one)):
            words.append(f"They said yes to {together(yes)} before. That match is still open.")
        flash(" ".join(words))
        return _to_board(one.board_id)
    board = board_queries.board_by_id(one.board_id)
    return render_template("mentoring/matching/mentor.html", form=form, mentor=one, board=board)


@bp.post("/mentors/<uuid:mentor_id>/confirm")
@allows(MENTORS_ARRANGE, one=queries.mentor_to_change)
def confirm(one: Mentor) -> ResponseReturnValue:
    actions.confirm_offer(one)
    flash(f"{one.person.name} is now a mentor. {emailed({one.person_id: one.person.name})}")
    return _to_board(one.board_id)


@bp.post("/mentors/<uuid:mentor_id>/leave")
@allows(MENTORS_ARRANGE, one=queries.mentor_to_change)
def let_go(one: Mentor) -> ResponseReturnValue:
    actions.remove_mentor(one)
    names = {**board_queries.colleagues(one.board_id), one.person_id: one.person.name}
    flash(f"{one.person.name} is no longer a mentor. Anyone they mentored needs another mentor. {emailed(names)}")
    return _to_board(one.board_id)


@bp.route("/boards/<board>/mentoring/help", methods=["GET", "POST"])
@allows(MENTORS_ARRANGE, one=board_queries.board)
def offer_help(board: Board) -> ResponseReturnValue:
    """A mentor for somebody who has not asked for one."""
    form = forms.help_form(deputes.by_kind(board.id, clock.today()))
    if form.validate_on_submit():
        one = pairs_actions.ask_for_mentor(board.id, UUID(form.person.data), viewer().id, (), "")
        return redirect(url_for("mentoring.match", request_id=one.id))
    return render_template("mentoring/matching/help.html", form=form, board=board)


@bp.route("/mentoring/requests/<uuid:request_id>/match", methods=["GET", "POST"])
@allows(MENTORS_ARRANGE, one=queries.request_to_match)
def match(wanted: MentorRequest) -> ResponseReturnValue:
    """Choose a mentor for somebody; then both are asked."""
    board = board_queries.board_by_id(wanted.board_id)
    found = queries.matches(wanted)
    able = {str(one.id): fit.name for one, fit in found}
    if request.method == "POST" and (chosen := request.form.get("mentor", "")) in able:
        try:
            pair = actions.propose(wanted, UUID(chosen), viewer().id)
            names = {pair.person_id: wanted.person.name, pair.mentor_id: able[chosen]}
            waiting = board_queries.not_joined(names)
            now = [name for key, name in names.items() if key not in waiting]
            later = [f"{name} is asked once they join." for key, name in names.items() if key in waiting]
            words = [*([f"{together(now)} can now say yes or no."] if now else []), *later]
            flash(f"{' '.join(words)} {emailed(names)}")
            return _to_board(board.id)
        except actions.CannotMatch:
            not_done("This mentor no longer has room, or someone else has just matched them. Choose again.")
    proposed = queries.proposed_for(board.id).get(wanted.id)
    return render_template(
        "mentoring/matching/match.html", wanted=wanted, board=board, found=found, proposed=proposed, **WORDS
    )


@bp.post("/mentoring/flags/<uuid:pulse_id>/seen")
@allows(MENTORS_ARRANGE, one=queries.flag)
def look_after(flag: MentoringPulse) -> ResponseReturnValue:
    actions.look_after(flag)
    flash("Marked as dealt with.")
    return _to_board(flag.board_id)
