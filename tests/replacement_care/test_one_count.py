"""How many requests are to be arranged is the same on the desk, among an officer's next steps and in the list."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from portal.boards.models import Appointment
from portal.core.clock import london_day
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.models import CareRequest
from tests.cast import NOW, Cast, anywhere
from tests.replacement_care.asking import asked
from tests.visitor import text_of

DESK = "/boards/northfirth/desk"


def put(app: Flask, care_id: UUID, ends_at: datetime, **values: object) -> None:
    """A request that ends then, however it came to be as it is."""
    with app.app_context(), unit_of_work():
        one = db.session.get_one(CareRequest, care_id)
        one.starts_at, one.ends_at, one.on_day = ends_at - timedelta(hours=2), ends_at, london_day(ends_at)
        for name, value in values.items():
            setattr(one, name, value)


def titled(app: Flask, visit: Any, cast: Cast, title: str) -> UUID:
    asked(app, visit, cast, title=title, day=["10", "4", "2026"])
    with app.app_context():
        return db.session.scalars(anywhere(select(CareRequest.id).where(CareRequest.title == title))).one()


def counts(officer: Any) -> tuple[list[str], list[str], list[str]]:
    desk, listed = (text_of(officer.get(page)) for page in (DESK, "/care/to-arrange"))
    return (
        re.findall(r"\d+ to arrange|\d+ changes? to answer", desk),
        re.findall(r"arrange care|answer a change", desk),
        re.findall(
            r"(?:To arrange|Changes to answer|Not arranged in time|Arranged|Over, and waiting for the rep): \d+", listed
        ),
    )


def test_the_same_words_count_the_same_requests(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    officer, soon, later = visit("northfirth.officer"), NOW + timedelta(days=9), NOW + timedelta(days=10)
    put(app, cast.northfirth.things["request_id"], soon, status="arranged", arranged_at=NOW)
    kinds: list[tuple[datetime, dict[str, object]]] = [
        (soon + timedelta(days=3), {"status": "asked"}),
        (later, {"status": "arranging", "officer_id": cast.northfirth.people["officer"]}),
        (later + timedelta(days=1), {"status": "arranging", "to_agree": "officer", "arranged_at": NOW}),
        (NOW - timedelta(hours=1), {"status": "asked"}),
        (NOW - timedelta(days=2), {"status": "asked"}),
    ]
    for number, (ends_at, values) in enumerate(kinds):
        put(app, titled(app, visit, cast, f"Event {number}"), ends_at, **values)
    desk, steps, listed = counts(officer)
    assert desk == ["2 to arrange", "1 change to answer"]
    assert sorted(steps) == ["answer a change", "arrange care", "arrange care"]
    assert listed == ["To arrange: 2", "Changes to answer: 1", "Not arranged in time: 2", "Arranged: 1"]


def test_nobody_arranges_their_own(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    """The desk counts it as open, and as nothing to do for whoever it is of."""
    officer, one = visit("northfirth.officer"), asked(app, visit, cast)
    assert counts(officer)[0] == ["1 to arrange"]
    put(app, cast.northfirth.things["request_id"], NOW - timedelta(days=1))
    with app.app_context(), unit_of_work():
        own = select(Appointment).where(Appointment.person_id == cast.northfirth.people["rep"])
        for seat in db.session.scalars(anywhere(own.order_by(Appointment.id))):
            seat.person_id = cast.northfirth.people["officer"]
        db.session.get_one(CareRequest, one.id).person_id = cast.northfirth.people["officer"]
    assert "CANARYNORTH Officer" in text_of(officer.get(DESK))
    assert counts(officer) == ([], [], ["Not arranged in time: 1"])
