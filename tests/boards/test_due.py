"""Terms that end: officers and administrators are told six, three and one months before, once each time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.boards.models import Appointment
from portal.boards.seats.actions import end_appointment
from portal.boards.seats.rules import term_reminder
from portal.infra.database import db
from portal.notifications.models import Email
from portal.scheduler.run import do_what_is_due
from tests.cast import TODAY, Cast

ENDS = TODAY + timedelta(days=600)  # of the rep of the cast


@pytest.mark.parametrize(
    ("left", "due"), [(184, 0), (183, 183), (93, 183), (92, 92), (32, 92), (31, 31), (0, 31), (-1, 0)]
)
def test_which_reminder_is_due(left: int, due: int) -> None:
    until = date(2027, 1, 31)
    assert term_reminder(until, until - timedelta(days=left)) == due


@pytest.mark.same_anywhere
def test_they_are_told_three_times_and_no_more(app: Flask, cast: Cast, work: Any, at: Any) -> None:
    told = []
    for left in range(190, 0, -5):
        day = ENDS - timedelta(days=left)
        at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))
        do_what_is_due()
        statement = select(Email.person_id).where(Email.template == "term-ending", Email.board_id == cast.northfirth.id)
        told.append(len(db.session.scalars(statement.order_by(Email.id)).all()))
    both = [cast.northfirth.people[role] for role in ("officer", "admin")]
    assert set(db.session.scalars(statement.order_by(Email.id))) == set(both)
    assert sorted(set(told)) == [0, 2, 4, 6]


@pytest.mark.same_anywhere
def test_nobody_is_asked_whether_somebody_goes_on_whose_last_day_was_set(
    app: Flask, cast: Cast, work: Any, at: Any
) -> None:
    """They leave, and said why."""
    with work():
        one = db.session.get_one(Appointment, cast.northfirth.things["appointment_id"])
        end_appointment(one, TODAY + timedelta(days=40), "caring")
    at(datetime(2026, 3, 20, 9, tzinfo=UTC))
    do_what_is_due()
    statement = select(Email.id).where(Email.template == "term-ending", Email.board_id == cast.northfirth.id)
    assert db.session.scalars(statement).all() == []
