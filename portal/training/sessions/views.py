"""Training sessions: reps book a place with the care question asked; officers arrange, and say who came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from portal.access.permissions import SESSIONS_ARRANGE, SESSIONS_BOOK
from portal.boards import queries as board_queries
from portal.core import clock
from portal.core.clock import london_day
from portal.infra.forms import Form
from portal.infra.guard import allows, viewer
from portal.infra.versions import EditConflict
from portal.infra.web import downloads
from portal.infra.web.emailed import emailed
from portal.infra.web.moved_on import moved_on
from portal.infra.web.not_done import not_done
from portal.meetings import queries as meetings
from portal.meetings.calendar_file import LENGTH, calendar
from portal.training.blueprint import bp
from portal.training.courses import queries as courses_queries
from portal.training.records import queries as records_queries
from portal.training.records.forms import named
from portal.training.sessions import actions, forms, queries
from portal.training.sessions.calendar import entry
from portal.training.sessions.rules import (
    BOOKED,
    HAS_A_PLACE,
    NOT_RECORDED,
    ON_WAITING_LIST,
    Busy,
    arranged_words,
    booking_words,
    came_without_a_place,
    had_a_place,
    overlapping,
    places_left,
    problem_with_booking,
    state_words,
)

if TYPE_CHECKING:
    from portal.boards.models import Board
    from portal.training.models import TrainingSession


def _page(one: TrainingSession, form: Form) -> str:
    return render_template(
        "training/sessions/session.html",
        one=one,
        form=form,
        mine=queries.booking(one.id, viewer().id),
        left=places_left(one.places, queries.taken([one.id])[one.id]),
        problem=problem_with_booking(one.starts_at, one.is_cancelled, clock.now()),
        also=_also(one),
        is_over=one.ends_at <= clock.now(),
        booking_words=lambda mine: booking_words(mine.status, one.ends_at, clock.now()),
        not_recorded=NOT_RECORDED,
    )


def _also(one: TrainingSession) -> list[str]:
    """What else somebody goes to at that time."""
    day = london_day(one.starts_at)
    going = [Busy(m.group.name, m.starts_at, m.starts_at + LENGTH) for m in meetings.upcoming(viewer(), day, most=12)]
    for each in queries.own_bookings(viewer().id, one.starts_at):
        if each.session_id != one.id:
            going.append(Busy(each.session.title, each.session.starts_at, each.session.ends_at))
    return overlapping(one.starts_at, one.ends_at, going)


@bp.get("/training/sessions/<uuid:session_id>")
@allows(SESSIONS_BOOK, one=queries.session)
def session(one: TrainingSession) -> ResponseReturnValue:
    return _page(one, forms.BookForm())


@bp.post("/training/sessions/<uuid:session_id>/book")
@allows(SESSIONS_BOOK, one=queries.session)
def book(one: TrainingSession) -> ResponseReturnValue:
    """One press: a place, and care asked for with it."""
    form = forms.BookForm()
    if not form.validate_on_submit():
        return _page(one, form)
    needs_care = form.care.data == "yes"
    mine = actions.book(one, viewer().id, needs_care)
    if mine is None:
        not_done(problem_with_booking(one.starts_at, one.is_cancelled, clock.now()) + ". Nothing was booked.")
    elif mine.status == BOOKED:
        told = emailed(board_queries.known_to(viewer(), one.board_id))
        flash(f"You have a place. {'We’ve asked for replacement care. ' if needs_care else ''}{told}")
    else:
        flash("It is full. You are on the waiting list, and we’ll give you a place when one becomes free.")
    return redirect(url_for("training.session", session_id=one.id))


@bp.post("/training/sessions/<uuid:session_id>/give-up")
@allows(SESSIONS_BOOK, one=queries.session)
def give_up(one: TrainingSession) -> ResponseReturnValue:
    actions.give_up(one, viewer().id)
    told = emailed(board_queries.known_to(viewer(), one.board_id))
    flash(f"Your place is free for someone else. Thank you for telling us. {told}")
    return redirect(url_for("training.session", session_id=one.id))


@bp.get("/training/sessions/<uuid:session_id>/calendar.ics")
@allows(SESSIONS_BOOK, one=queries.session)
def session_calendar(one: TrainingSession) -> ResponseReturnValue:
    """One entry for somebody's own calendar."""
    content = calendar([entry(one, BOOKED, current_app.config["PORTAL"].base_url, clock.now())])
    return downloads.as_file(content, "text/calendar", "training.ics")


def _state(one: TrainingSession, taken: int) -> tuple[str, str]:
    left = places_left(one.places, taken)
    return state_words(one.starts_at, one.ends_at, one.is_cancelled, left, clock.now())


@bp.get("/boards/<board>/training-sessions")
@allows(SESSIONS_ARRANGE, one=board_queries.board)
def sessions_of_board(board: Board) -> ResponseReturnValue:
    every = queries.sessions_of_board(board.id)
    taken = queries.taken(one.id for one in every)
    return render_template(
        "training/sessions/sessions.html",
        board=board,
        sessions=every,
        taken=taken,
        states={one.id: _state(one, taken[one.id]) for one in every},
    )


@bp.route("/boards/<board>/training-sessions/new", methods=["GET", "POST"])
@allows(SESSIONS_ARRANGE, one=board_queries.board)
def new_session(board: Board) -> ResponseReturnValue:
    courses = named(courses_queries.courses([board.id]))
    form = forms.session_form(courses)
    if form.validate_on_submit():
        one = actions.arrange(form.once.data, board.id, form.typed(courses))
        said = arranged_words(one.starts_at, one.ends_at, clock.now())
        flash(f"Saved. {said} {emailed(board_queries.known_to(viewer(), board.id))}")
        return redirect(url_for("training.arranged", session_id=one.id))
    return render_template("training/sessions/new_session.html", board=board, form=form)


def _who_is_coming(one: TrainingSession) -> dict[UUID, str]:
    """Who has a place or waits for one, by name: whoever arranges a session sees them on its page."""
    return {each.person_id: each.person.name for each in queries.bookings(one)}


def _is_over(one: TrainingSession, form: Iterable[Field] = ()) -> ResponseReturnValue | None:
    """Where to go when a session has begun or is cancelled: nothing changes any more, and what was typed is shown."""
    if problem := problem_with_booking(one.starts_at, one.is_cancelled, clock.now()):
        page = url_for("training.arranged", session_id=one.id)
        return moved_on(f"{problem}. Nothing was changed.", page, "See the session as it is now", form)
    return None


@bp.route("/training-sessions/<uuid:session_id>", methods=["GET", "POST"])
@allows(SESSIONS_ARRANGE, one=queries.session, see=SESSIONS_ARRANGE)
def arranged(one: TrainingSession) -> ResponseReturnValue:
    """A session with who is coming; and changing it."""
    courses = named(courses_queries.courses([one.board_id]))
    form = forms.session_form(courses, one)
    if request.method == "POST" and (over := _is_over(one, form)):
        return over
    form.fewest = queries.taken([one.id])[one.id]
    if form.validate_on_submit():
        try:
            actions.change(one, form.version.data, form.typed(courses))
            flash(f"Saved. {emailed(_who_is_coming(one))}")
            return redirect(url_for("training.arranged", session_id=one.id))
        except EditConflict:
            form.version.meet(one.version)
    bookings = queries.bookings(one)
    coming = [each for each in bookings if each.status in HAS_A_PLACE]
    placed = sum(had_a_place(each.status, each.asked_at, one.starts_at) for each in coming)
    return render_template(
        "training/sessions/arranged.html",
        one=one,
        form=form,
        board=board_queries.board_by_id(one.board_id),
        coming=coming,
        placed=placed,
        without=sum(came_without_a_place(each.status, each.asked_at, one.starts_at) for each in coming),
        corrected=records_queries.corrected(one.board_id, [each.id for each in coming]),
        state=_state(one, placed),
        waiting=[each for each in bookings if each.status == ON_WAITING_LIST],
        has_begun=one.starts_at <= clock.now(),
    )


@bp.post("/training-sessions/<uuid:session_id>/attendance")
@allows(SESSIONS_ARRANGE, one=queries.session, see=SESSIONS_ARRANGE)
def attendance(one: TrainingSession) -> ResponseReturnValue:
    if one.starts_at > clock.now():
        not_done("The session has not started yet.")
    else:
        names = _who_is_coming(one)
        ticked = request.form.getlist("came")
        noted = actions.note_attendance(one, {key for key in names if str(key) in ticked}, viewer().id)
        flash(f"Saved. {noted.words(names)} {emailed(names)}" if noted.is_changed else noted.words(names))
    return redirect(url_for("training.arranged", session_id=one.id))


@bp.route("/training-sessions/<uuid:session_id>/unbooked", methods=["GET", "POST"])
@allows(SESSIONS_ARRANGE, one=queries.session, see=SESSIONS_ARRANGE)
def unbooked(one: TrainingSession) -> ResponseReturnValue:
    """Somebody turned up who had no place."""
    people = queries.without_a_place(one, viewer().id)
    form = forms.unbooked_form(people)
    if one.is_cancelled or one.starts_at > clock.now():
        not_done("Record who was there once the session has begun.")
        return redirect(url_for("training.arranged", session_id=one.id))
    if form.validate_on_submit():
        key = UUID(form.person.data)
        actions.note_unbooked(one, key, viewer().id)
        flash(f"Saved. We’ve added it to the training record of {people[key]}. {emailed({key: people[key]})}")
        return redirect(url_for("training.arranged", session_id=one.id))
    return render_template("training/sessions/unbooked.html", one=one, form=form, people=people)


@bp.post("/training-sessions/<uuid:session_id>/cancel")
@allows(SESSIONS_ARRANGE, one=queries.session, see=SESSIONS_ARRANGE)
def cancel_session(one: TrainingSession) -> ResponseReturnValue:
    if over := _is_over(one):
        return over
    names = _who_is_coming(one)
    actions.cancel(one)
    flash(f"Cancelled. {emailed(names)}")
    return redirect(url_for("training.sessions_of_board", board=board_queries.board_by_id(one.board_id).key))
