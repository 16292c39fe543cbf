"""Seats and who sits in them: added, changed, closed, filled, left; and who sat there before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access.permissions import BOARDS_MANAGE, PEOPLE_MANAGE, PEOPLE_READ
from portal.accounts import queries as account_queries
from portal.boards import queries as board_queries
from portal.boards.blueprint import bp
from portal.boards.people import arrived
from portal.boards.people.queries import invitation_of
from portal.boards.seats import actions, charts, days, forms, queries
from portal.boards.seats.rules import CAPACITIES, GAVE_UP, vacancies
from portal.boards.told import emailed_of
from portal.core import clock
from portal.core.text import day_words
from portal.infra.forms import ButtonForm
from portal.infra.guard import allows
from portal.infra.versions import held
from portal.infra.web.not_done import not_done
from portal.infra.web.pages import PageFacts

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
    return render_template("boards/seats/close_seat.html", form=form, taken=taken, **_of_seat(seat))


@bp.route("/boards/<board>/seats/<uuid:seat_id>/appoint", methods=["GET", "POST"])
@allows(PEOPLE_MANAGE, one=queries.seat)
def appoint(seat: Seat) -> ResponseReturnValue:
    form = forms.appoint_form(days.days_of_seat(seat.board_id, seat.id), clock.today())
    board = board_queries.board_by_id(seat.board_id)
    if form.validate_on_submit():
        try:
            typed = {k: v for k, v in form.data.items() if k != "csrf_token"}
            appointment = actions.appoint_by_email(seat, **typed)
            person = account_queries.people([appointment.person_id])[appointment.person_id]
            said = arrived.has_seat(person, form.name.data, appointment.from_on)
            flash(f"{said} {emailed_of(person, board.id)}")
            return redirect(url_for("boards.show", board=board.key))
        except actions.SeatTaken as problem:
            form.refuse("from_on", str(problem))
    return render_template("boards/seats/appoint.html", form=form, **_of_seat(seat))


def _of_seat(seat: Seat) -> PageFacts:
    """A seat by all its names, and who sits there."""
    today = clock.today()
    return {
        "seat": seat,
        "board": board_queries.board_by_id(seat.board_id),
        "group": board_queries.group_by_id(seat.board_id, seat.group_id),
        "shown": queries.shown(seat, today),
        "today": today,
    }


@bp.route("/boards/<board>/appointments/<uuid:appointment_id>/end", methods=["GET", "POST"])
@allows(PEOPLE_MANAGE, one=queries.appointment)
def end_appointment(appointment: Appointment) -> ResponseReturnValue:
    if appointment.is_out:
        return _free(appointment)
    form = forms.end_form(appointment, queries.other_terms(appointment), clock.today())
    board = board_queries.board_by_id(appointment.board_id)
    group = board_queries.group_by_id(board.id, appointment.group_id)
    if form.validate_on_submit():
        actions.end_appointment(appointment, form.last_day.data, form.because.data, form.ends_reading.data)
        flash(f"The last day of {appointment.person.name} on {group.name} is {day_words(appointment.until_on)}.")
        return redirect(url_for("boards.show", board=board.key))
    names = {"board": board, "group": group, "has_begun": appointment.from_on <= clock.today()}
    return render_template("boards/seats/end_appointment.html", form=form, appointment=appointment, **names)


def _free(appointment: Appointment) -> ResponseReturnValue:
    """Whoever never joined leaves nothing: their seat is freed. A last day typed before they declined sets none."""
    board = board_queries.board_by_id(appointment.board_id)
    group = board_queries.group_by_id(board.id, appointment.group_id)
    if request.form.get("free") or appointment.gave_up:
        actions.free_seat(appointment)
        flash(f"The seat of {appointment.person.name} on {group.name} is free.")
        return redirect(url_for("boards.show", board=board.key))
    invitation = invitation_of(appointment.person)
    names = {"board": board, "group": group, "invitation": invitation}
    return render_template("boards/seats/free_seat.html", appointment=appointment, **names)


@bp.post("/boards/<board>/appointments/<uuid:appointment_id>/cancel")
@allows(PEOPLE_MANAGE, one=queries.appointment)
def cancel_appointment(appointment: Appointment) -> ResponseReturnValue:
    person, board = appointment.person, board_queries.board_by_id(appointment.board_id)
    try:
        actions.cancel_appointment(appointment)
        flash(f"The appointment of {person.name} is cancelled. {emailed_of(person, board.id)}")
    except actions.HasBegun:
        not_done(f"The appointment of {person.name} has begun. End it instead.")
    return redirect(url_for("boards.show", board=board.key))


@bp.route("/boards/<board>/seats/<uuid:seat_id>/change", methods=["GET", "POST"])
@allows(BOARDS_MANAGE, one=queries.seat)
def change_seat(seat: Seat) -> ResponseReturnValue:
    form = forms.seat_form(held(seat), queries.terms_of_seat(seat.board_id, seat.id))
    board = board_queries.board_by_id(seat.board_id)
    if form.validate_on_submit():
        actions.change_seat(seat, form.title.data, form.created_on.data, form.votes_from.data)
        flash("The seat is changed.")
        return redirect(url_for("boards.show", board=board.key))
    return render_template("boards/seats/change_seat.html", form=form, **_of_seat(seat))


@bp.get("/boards/<board>/seats/<uuid:seat_id>")
@allows(PEOPLE_READ, one=queries.seat)
def seat_history(seat: Seat) -> ResponseReturnValue:
    """Everyone who ever sat there, newest first. Why somebody left stands on no page."""
    terms, held = queries.appointments_of_seat(seat.board_id, seat.id), days.days_of_seat(seat.board_id, seat.id)
    return render_template(
        "boards/seats/seat_history.html",
        terms=terms,
        given_up=queries.days_given_up(seat, terms),
        capacities=dict(CAPACITIES),
        gave_up=GAVE_UP,
        vacancies=vacancies(held, clock.today())[::-1],
        over_time=charts.over_time([(seat.title, held)], seat.created_on, clock.today()),
        **_of_seat(seat),
    )
