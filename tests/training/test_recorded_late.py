"""An appointment typed after its first day: its induction, the vacancy it ended, and the figures of both."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.boards.models import Group
from portal.boards.seats import actions as seats
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.inductions.figures import inducted_of_boards
from portal.training.inductions.rules import starts_on
from tests.cast import TODAY, Cast, person
from tests.visitor import text_of

FIRST = TODAY - timedelta(days=100)


def appoint(cast: Cast, from_on: date = FIRST) -> UUID:
    """A rep appointed today from a day in the past, to a seat that was empty for 300 days before today."""
    group = db.session.get_one(Group, cast.northfirth.things["group_id"])
    seat = seats.create_seat(group, "Late seat", TODAY - timedelta(days=300))
    rep = person("late@northfirth.test", "Lately Typed")
    cast.northfirth.things["late_seat_id"] = seat.id
    return seats.appoint(seat, rep, "unpaid_carer", from_on, TODAY + timedelta(days=500)).id


@pytest.mark.parametrize(
    ("from_on", "made_on", "starts"),
    [(FIRST, TODAY, TODAY), (TODAY, FIRST, TODAY), (TODAY, TODAY, TODAY), (FIRST, None, FIRST)],
)
def test_an_induction_starts_on_the_later_of_the_first_day_and_the_day_it_was_made(
    from_on: date, made_on: date | None, starts: date
) -> None:
    assert starts_on(from_on, made_on) == starts


def test_no_step_of_a_back_dated_appointment_is_late_on_the_day_it_is_typed(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        appoint(cast)
    officer = visit("northfirth.officer")
    page = " ".join(text_of(officer.get("/boards/northfirth/inductions")).split())
    assert re.search(r"Lately Typed: 0 of \d+ done Since", page), "none is late"
    assert "recorded on Tuesday 3 March 2026, after its first day" in page
    assert (
        "Lately Typed" not in text_of(officer.get("/boards/northfirth/desk?show=late")).split("Induction is late")[-1]
    )


def test_the_clock_begins_an_induction_that_was_typed_late_and_chases_nobody(
    app: Flask, cast: Cast, rolled_back: Any
) -> None:
    from portal.core import clock
    from portal.training import due

    with app.app_context(), unit_of_work():
        key = appoint(cast)
    with app.app_context(), unit_of_work():
        began = [one.key for one in due.inductions_begin(clock.now())]
        chased = [one.key for one in due.induction_steps(clock.now()) if str(key) in one.key]
    assert f"induction:{key}" in began
    assert chased == []


def test_a_vacancy_is_counted_until_it_was_recorded_too(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        appoint(cast)
    officer, seat = visit("northfirth.officer"), cast.northfirth.things["late_seat_id"]
    page = text_of(officer.get("/boards/northfirth/reps"))
    row = page.split("Vacancies in the last three years")[1].split("Late seat, ")[1]
    assert "200 300" in " ".join(row.split())[:160], "the days until somebody began, and until that was typed"
    assert "Appointments, by the day recorded" in page
    assert "2026 Q1 1 1" in " ".join(page.split())
    history = " ".join(text_of(visit("northfirth.admin").get(f"/boards/northfirth/seats/{seat}")).split())
    assert "200 days, or 300 days until that was recorded" in history
    assert "Recorded on Tuesday 3 March 2026, after it began" in history


def test_figures_say_how_many_inductions_were_recorded_late(app: Flask, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        appoint(cast)
    with app.app_context(), unit_of_work():
        before = inducted_of_boards(TODAY)[cast.northfirth.id]
        after = inducted_of_boards(TODAY + timedelta(days=92))[cast.northfirth.id]
    assert before.late == 0, "its three months are not over: it is not measured yet"
    assert (after.inductions, after.late) == (before.inductions + 1, 1)
