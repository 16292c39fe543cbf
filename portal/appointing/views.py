"""Proposed appointments: officers make and withdraw them, administrators answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.decide import can
from portal.access.permissions import APPOINTMENTS_PROPOSE, PEOPLE_MANAGE
from portal.accounts import queries as accounts
from portal.appointing import actions, forms, queries
from portal.appointing.blueprint import bp
from portal.appointing.rules import ANSWERED
from portal.boards import queries as boards
from portal.boards.people import arrived
from portal.boards.seats import days
from portal.boards.seats import queries as seats
from portal.boards.seats.actions import SeatTaken
from portal.boards.seats.rules import CAPACITIES
from portal.boards.told import emailed_of
from portal.core import clock
from portal.infra.guard import allows, viewer
from portal.infra.web.emailed import emailed

if TYPE_CHECKING:
    from uuid import UUID

    from portal.appointing.models import ProposedAppointment
    from portal.boards.models import Board, Seat


@bp.get("/boards/<board>/proposals")
@allows(APPOINTMENTS_PROPOSE, one=boards.board)
def of_board(board: Board) -> ResponseReturnValue:
    found = queries.of_board(board.id)
    return render_template("appointing/of_board.html", board=board, proposals=found, me=viewer().id)


@bp.route("/boards/<board>/seats/<uuid:seat_id>/propose", methods=["GET", "POST"])
@allows(APPOINTMENTS_PROPOSE, one=seats.seat)
def propose(seat: Seat) -> ResponseReturnValue:
    form = forms.propose_form(days.days_of_seat(seat.board_id, seat.id), clock.today())
    board = boards.board_by_id(seat.board_id)
    if form.validate_on_submit():
        try:
            typed = {name: value for name, value in form.data.items() if name not in ("csrf_token", "once")}
            actions.propose(form.once.data, seat, viewer().id, **typed)
            flash(f"The appointment is proposed. {emailed(boards.colleagues(board.id))}")
            return redirect(url_for("appointing.of_board", board=board.key))
        except SeatTaken as problem:
            form.refuse("from_on", str(problem))
    group = boards.group_by_id(board.id, seat.group_id)
    return render_template("appointing/propose.html", form=form, board=board, seat=seat, group=group)


@bp.route("/boards/<board>/proposals/<uuid:proposal_id>", methods=["GET", "POST"])
@allows(PEOPLE_MANAGE, one=queries.proposal)
def answer(proposal: ProposedAppointment) -> ResponseReturnValue:
    form, board = forms.AnswerForm(), boards.board_by_id(proposal.board_id)
    if proposal.is_open and form.validate_on_submit():
        try:
            flash(_answered(proposal, form))
            return redirect(url_for("boards.show", board=board.key))
        except SeatTaken as problem:
            form.refuse("answer", f"{problem}. The proposal is still open")
        except actions.AlreadyAnswered:
            pass
    said = "" if proposal.is_open else ANSWERED[proposal.status]
    facts = {"board": board, "proposal": proposal, "said": said, "capacity": dict(CAPACITIES)[proposal.capacity]}
    return render_template("appointing/answer.html", form=form, **facts)


def _answered(proposal: ProposedAppointment, form: forms.AnswerForm) -> str:
    """What the answer did. Raises SeatTaken and AlreadyAnswered."""
    if form.answer.data == forms.DECLINE:
        actions.decline(proposal, form.why.data)
        return f"The proposal is declined. {emailed(boards.colleagues(proposal.board_id))}"
    appointment = actions.confirm(proposal)
    person = accounts.people([appointment.person_id])[appointment.person_id]
    said = arrived.has_seat(person, proposal.name, appointment.from_on)
    return f"{said} {emailed_of(person, proposal.board_id)}"


@bp.post("/boards/<board>/proposals/<uuid:own_proposal_id>/withdraw")
@allows(APPOINTMENTS_PROPOSE, one=queries.own_proposal)
def withdraw(proposal: ProposedAppointment) -> ResponseReturnValue:
    try:
        actions.withdraw(proposal)
        flash("The proposal is withdrawn.")
    except actions.AlreadyAnswered:
        flash("The proposal has been answered already, so it cannot be withdrawn.")
    return redirect(url_for("appointing.of_board", board=boards.board_by_id(proposal.board_id).key))


def proposed_for(board: Board) -> dict[UUID, list[ProposedAppointment]]:
    """For templates: by seat, who is proposed and not answered yet; nothing for who may not see proposals."""
    sees = can(viewer(), APPOINTMENTS_PROPOSE, board) or can(viewer(), PEOPLE_MANAGE, board)
    return queries.open_by_seat([board.id]) if sees else {}
