"""An appointment that has not begun is cancelled: the days are free, the person is told, and the trail keeps it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.boards.models import Appointment, Seat
from portal.boards.seats import actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.scheduler.run import do_chores
from tests.cast import TODAY, Cast, anywhere
from tests.visitor import text_of

BOARD = "/boards/northfirth"


@pytest.fixture
def coming(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """Somebody is appointed to the empty seat from next month."""
    with app.app_context(), unit_of_work():
        seat = db.session.get_one(Seat, cast.northfirth.things["seat_id"])
        person = db.session.get_one(Person, cast.person("nobody"))
        first = TODAY + timedelta(days=30)
        return actions.appoint(seat, person, "unpaid_carer", first, first + timedelta(days=300)).id


def is_there(app: Flask, key: UUID) -> bool:
    with app.app_context():
        return db.session.scalar(anywhere(select(Appointment.id).where(Appointment.id == key))) is not None


def test_it_is_cancelled_and_told_and_the_trail_keeps_it(app: Flask, cast: Cast, visit: Any, coming: UUID) -> None:
    admin = visit("northfirth.admin")
    assert "Cancel or set a last day for Noor Norole" in text_of(admin.get(BOARD))
    page = text_of(admin.get(f"{BOARD}/appointments/{coming}/end"))
    assert "we’ll email Noor Norole, and the seat will be free on these days" in page
    after = text_of(admin.post(f"{BOARD}/appointments/{coming}/cancel", follow_redirects=True))
    assert "The appointment of Noor Norole is cancelled. Noor Norole will be emailed." in after
    assert not is_there(app, coming)
    with app.app_context():
        told = select(Email.person_id).where(Email.template == "appointment-cancelled")
        assert list(db.session.scalars(anywhere(told))) == [cast.person("nobody")]
        do_chores()
    trail = text_of(admin.get("/boards/northfirth/audit"))
    assert "Cancelled an appointment that had not begun" in trail
    assert "from 2 April 2026 until 27 January 2027" in trail
    assert "vacant" in text_of(admin.get(f"{BOARD}/seats/{cast.northfirth.things['seat_id']}/appoint")).lower()


def test_one_that_has_begun_is_not_cancelled(app: Flask, visit: Any, things: dict[str, Any], rolled_back: Any) -> None:
    path = f"{BOARD}/appointments/{things['appointment_id']}"
    admin = visit("northfirth.admin")
    assert "Cancel this appointment" not in text_of(admin.get(f"{path}/end"))
    page = text_of(admin.post(f"{path}/cancel", follow_redirects=True))
    assert "has begun. End it instead." in page
    assert is_there(app, things["appointment_id"])
