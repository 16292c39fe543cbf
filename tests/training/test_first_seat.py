"""An induction stays with the appointment that it began with, whatever is recorded later for an earlier day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.accounts.models import Person
from portal.boards.models import Appointment, Group
from portal.boards.seats import actions as seats
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.inductions.queries import inductions_of_board
from tests.cast import TODAY, Cast, person


def appoint(cast: Cast, someone: Person, first: Any) -> UUID:
    """To a seat of their own, from a first day on."""
    group = db.session.get_one(Group, cast.northfirth.things["group_id"])
    seat = seats.create_seat(group, f"CANARYNORTH seat {first}", TODAY - timedelta(days=700))
    return seats.appoint(seat, someone, "unpaid_carer", first, TODAY + timedelta(days=300)).id


def inducted(cast: Cast, someone: Person) -> list[UUID]:
    """The appointments with an induction of somebody's."""
    return [one.appointment.id for one in inductions_of_board(cast.northfirth.id) if one.person_id == someone.id]


@pytest.mark.same_anywhere
@pytest.mark.parametrize("days_before", [1, 100])
def test_a_seat_recorded_later_for_an_earlier_day_takes_nothing_over(
    app: Flask, cast: Cast, rolled_back: Any, days_before: int
) -> None:
    with app.app_context():
        with unit_of_work():
            rep = db.session.get_one(Person, cast.northfirth.people["rep"])
            first = db.session.get_one(Appointment, cast.northfirth.things["appointment_id"])
            appoint(cast, rep, first.from_on - timedelta(days=days_before))
        assert inducted(cast, rep) == [first.id]


@pytest.mark.same_anywhere
def test_of_a_seat_for_later_and_one_for_now_it_begins_now(app: Flask, cast: Cast, rolled_back: Any) -> None:
    """Whichever was made first."""
    with app.app_context():
        with unit_of_work():
            someone = person("two@northfirth.test", "Two Seats")
            _, now = (appoint(cast, someone, TODAY + timedelta(days=days)) for days in (20, -5))
        assert inducted(cast, someone) == [now]
