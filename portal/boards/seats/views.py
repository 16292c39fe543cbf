"""Seats and who sits in them: added, changed, closed, filled, left; and who sat there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import BOARDS_MANAGE, PEOPLE_MANAGE, PEOPLE_READ
from portal.accounts import queries as account_queries
from portal.boards import queries as board_queries
from portal.boards.blueprint import bp
from portal.boards.people import arrived
from portal.boards.seats import actions, forms, queries
from portal.boards.seats.rules import CAPACITIES
from portal.core import clock
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows
from portal.infra.web.emailed import emailed

if TYPE_CHECKING:
    from portal.boards.models import Appointment, Group, Seat


@bp.route("/boards/<board>/groups/<uuid:group_id>/seats/new", methods=["GET", "POST"])
@allows(BOARDS_MANAGE, one=board_queries.group)
def new_seat(group: Group) -> ResponseReturnValue:
    form = forms.new_seat_form(group, board_queries.board_by_id(group.board_id))
    if form.validate_on_submit():
        actions.create_seat(group, form.title.data, form.created_on.data, form.votes_from.data)
        flash(f"{form.title.data} is added to {group.name}.")
        return redirect(url_for("boards.show", board=group.board.key))
    return render_template("boards/seats/seat.html", form=form, group=group)


@bp.route("/boards/<board>/seats/<uuid:seat_id>/close", methods=["GET", "POST"])
@allows(BOARDS_MANAGE, one=queries.seat)
def close_seat(seat: Seat) -> ResponseReturnValue:
    form, board = ButtonForm(), board_queries.board_by_id(seat.board_id)
    taken = False
    if form.validate_on_submit():
        try:
            actions.close_seat(seat)
            return redirect(url_for("boards.show", board=board.key))
        except actions.SeatTaken:
            taken = True
    return render_template("boards/seats/close_seat.html", form=form, seat=seat, board=board, taken=taken)


@bp.route("/boards/<board>/seats/<uuid:seat_id>/appoint", methods=["GET", "POST"])
@allows(PEOPLE_MANAGE, one=queries.seat)
def appoint(seat: Seat) -> ResponseReturnValue:
    form, board = forms.AppointForm(), board_queries.board_by_id(seat.board_id)
    if form.validate_on_submit():
        try:
            typed = {k: v for k, v in form.data.items() if k != "csrf_token"}
            appointment = actions.appoint_by_email(seat, **typed)
            person = account_queries.people([appointment.person_id])[appointment.person_id]
            flash(f"{arrived.has_seat(person, form.name.data)} {emailed({person.id: person.name})}")
            return redirect(url_for("boards.show", board=board.key))
        except actions.SeatTaken as problem:
            form.refuse("from_on", str(problem))
    return render_template("boards/seats/appoint.html", form=form, seat=seat, board=board)


@bp.route("/boards/<board>/appointments/<uuid:appointment_id>/end", methods=["GET", "POST"])
@allows(PEOPLE_MANAGE, one=queries.appointment)
def end_appointment(appointment: Appointment) -> ResponseReturnValue:
    form, board = forms.EndForm(last_day=clock.today()), board_queries.board_by_id(appointment.board_id)
    if form.validate_on_submit():
        actions.end_appointment(appointment, form.last_day.data, form.because.data)
        flash(f"{appointment.person.name}'s appointment has a last day.")
        return redirect(url_for("boards.show", board=board.key))
    return render_template("boards/seats/end_appointment.html", form=form, appointment=appointment, board=board)


@bp.route("/boards/<board>/seats/<uuid:seat_id>/change", methods=["GET", "POST"])
@allows(BOARDS_MANAGE, one=queries.seat)
def change_seat(seat: Seat) -> ResponseReturnValue:
    form, board = forms.SeatForm(obj=seat), board_queries.board_by_id(seat.board_id)
    if form.validate_on_submit():
        actions.change_seat(seat, form.title.data, form.created_on.data, form.votes_from.data)
        flash("The seat is changed.")
        return redirect(url_for("boards.show", board=board.key))
    return render_template("boards/seats/change_seat.html", form=form, seat=seat, board=board)


@bp.get("/boards/<board>/seats/<uuid:seat_id>")
@allows(PEOPLE_READ, one=queries.seat)
def seat_history(seat: Seat) -> ResponseReturnValue:
    """Everyone who ever sat there, newest first. Why somebody left stands on no page."""
    return render_template(
        "boards/seats/seat_history.html",
        seat=seat,
        board=board_queries.board_by_id(seat.board_id),
        terms=queries.appointments_of_seat(seat.board_id, seat.id),
        capacities=dict(CAPACITIES),
        today=clock.today(),
    )
