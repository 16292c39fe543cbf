"""The page that moves the demonstration to another day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import queries
from portal.accounts.browser import is_signing_in, signed_out, welcome
from portal.core import clock
from portal.core.text import short_day_words
from portal.demonstration.blueprint import bp
from portal.demonstration.day import moving
from portal.demonstration.tour import tours
from portal.infra.guard import public, whoever_looks
from portal.infra.web.not_done import not_done


@bp.get("/demonstration/day")
@public
def day() -> ResponseReturnValue:
    meetings = moving.next_meetings(whoever_looks())
    return render_template(
        "demonstration/day.html",
        choices=moving.choices(meetings),
        meetings=meetings,
        names=moving.names_of(meetings),
        is_moved=moving.is_moved(),
    )


@bp.post("/demonstration/day")
@public
def move() -> ResponseReturnValue:
    to = _day(request.form.get("day", ""))
    if to is None or not moving.is_ahead(to):
        not_done("That day has passed. Choose another day.")
        return redirect(url_for("demonstration.day"), 303)
    return _moved(lambda: moving.ahead_to(to))


@bp.post("/demonstration/day/back")
@public
def back() -> ResponseReturnValue:
    return _moved(moving.back_to_today)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _moved(move_clock: Callable[[], None]) -> ResponseReturnValue:
    """Move, and sign whoever is signed in here in anew: a session of another day is over, or has not begun.

    Who is half-way through signing in, or is not there on that day, is signed out.
    """
    viewer, tour, had_session = whoever_looks(), tours.here(), is_signing_in()
    move_clock()
    person = queries.person(viewer.id) if viewer else None
    if person is not None and person.disabled_at is None:
        welcome(person)
        if tour:
            tours.go_to(tour.tour.role, tour.number)  # told anew: of another day, other things are there
    elif had_session:
        signed_out()
    flash(f"The demonstration’s day is now {short_day_words(clock.today())}.")
    return redirect(url_for("demonstration.day"), 303)
