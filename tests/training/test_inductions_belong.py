"""Which steps belong to an induction, and in which order, on every page; and training that was done again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import update

from portal.accounts.models import Person
from portal.boards.models import Group
from portal.boards.seats import actions as seats
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.inductions import queries as inductions
from portal.training.models import InductionStep, TrainingRecord
from portal.training.records import actions as records
from portal.training.records import queries as records_queries
from tests.cast import NOW, TODAY, Cast, person
from tests.visitor import text_of


def short_term(cast: Cast, days: int) -> UUID:
    """A rep appointed today, for so many days."""
    group = db.session.get_one(Group, cast.northfirth.things["group_id"])
    seat = seats.create_seat(group, "Short seat", TODAY - timedelta(days=9))
    rep = person("short@northfirth.test", "Short Term")
    seats.appoint(seat, rep, "unpaid_carer", TODAY, TODAY + timedelta(days=days))
    return rep.id


def test_an_appointment_of_three_months_counts_no_step_of_six(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        short_term(cast, 100)
        plan = inductions.steps([cast.northfirth.id])[cast.northfirth.id]
    belong = [step for step in plan if step.days <= 100]
    assert len(belong) < len(plan)
    officer, words = visit("northfirth.officer"), f"0 of {len(belong)}"
    assert f"Short Term: {words} done" in text_of(officer.get("/boards/northfirth/inductions"))
    desk = text_of(officer.get("/boards/northfirth/desk"))
    assert words in desk[desk.index("Short Term CANARYNORTH") :]


def test_whoever_declined_has_no_induction_that_is_late(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        rep = db.session.get_one(Person, short_term(cast, 100))
    pages = ("/boards/northfirth/inductions", "/boards/northfirth/desk")
    assert all("Short Term" in text_of(visit("northfirth.officer").get(page)) for page in pages)
    with app.app_context(), unit_of_work():
        declined = update(Person).where(Person.id == rep.id)
        db.session.execute(declined.values(joined_at=None, invitation_withdrawn_at=NOW))
    inductions, desk = (text_of(visit("northfirth.officer").get(page)) for page in pages)
    assert "Short Term" not in inductions
    assert "Short Term" not in desk.split("Next meetings")[0], "nothing is to be done; the seat is shown as vacant"


def test_an_appointment_of_days_has_no_steps_and_says_so(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        short_term(cast, 1)
        first = min(step.days for step in inductions.steps([cast.northfirth.id])[cast.northfirth.id])
    assert first > 1
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/inductions"))
    assert "Short Term: no steps" in page
    assert "0 of 0" not in page + text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))


def test_steps_are_in_the_order_of_their_days_also_when_a_meeting_moves_one(
    app: Flask, cast: Cast, rolled_back: Any
) -> None:
    with app.app_context(), unit_of_work():
        more = {"board_id": cast.northfirth.id, "owner": "officer", "days": 500}
        db.session.add(InductionStep(title="A buddy", at_first_meeting=True, **more))
        key = short_term(cast, 600)
        found = next(one for one in inductions.inductions_of_board(cast.northfirth.id) if one.person_id == key)
    days = [task.due_on for task in found.tasks]
    assert days == sorted(days)
    assert found.tasks[-1].title != "A buddy", "it is due on the day of the first meeting"


def confirm(cast: Cast, until: int) -> UUID:
    key, rep = uuid4(), cast.northfirth.people["rep"]
    typed = {"title": "First aid", "done_on": TODAY, "valid_until": TODAY + timedelta(days=until)}
    records.add_record(key, cast.northfirth.id, rep, typed, None)
    records.answer_record(db.session.get_one(TrainingRecord, key), cast.northfirth.people["officer"], True)
    return key


def test_nobody_is_asked_to_do_training_again_that_was_done_again(app: Flask, visit: Any, cast: Cast) -> None:
    last = TODAY + timedelta(days=60)
    with app.app_context():
        with unit_of_work():
            old = confirm(cast, 40)
        assert old in {one.id for one in records_queries.running_out(TODAY, last)}
        with unit_of_work():
            confirm(cast, 400)
        assert old not in {one.id for one in records_queries.running_out(TODAY, last)}
    page = text_of(visit("northfirth.rep").get("/training"))
    assert "valid until Sunday 12 April 2026, done again since" in page
    assert "First aid (expires soon)" not in text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
