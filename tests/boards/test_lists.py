"""Lists of reps whose terms begin later are shown and saved by one rule, and no list blocks the next."""

from __future__ import annotations

import csv
import itertools
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from config import ROOT
from portal.accounts.models import Person
from portal.boards import actions, queries
from portal.boards.models import Appointment
from portal.boards.seats import actions as seats_actions
from portal.boards.seats import queries as seats_queries
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.boards.test_pages import confirm, people_csv, send
from tests.cast import Cast, anywhere
from tests.visitor import text_of

GIVEN = ROOT.parent / "shared" / "tried" / "people"
NAMES = ("future-1", "future-2", "two-future-reps", "from-today", "successor")
SOON = datetime(2026, 11, 25, 10, tzinfo=UTC)
MADE = {
    "future-1": [("Future One", "future1@made.test", "Audit Committee", "01/01/2027", "31/12/2029")],
    "future-2": [("Future Two", "future2@made.test", "Audit Committee", "01/01/2027", "31/12/2029")],
    "two-future-reps": [
        ("Future Three", "future3@made.test", "Audit Committee", "01/01/2027", "31/12/2029"),
        ("Future Four", "future4@made.test", "Audit Committee", "01/01/2027", "31/12/2029"),
    ],
    "from-today": [("From Today", "today@made.test", "Audit Committee", "", "")],
    "successor": [
        ("Next Holder", "next@made.test", "Northfirth Integration Joint Board", "09/04/2028", "08/04/2031"),
    ],
}


def made(name: str) -> bytes:
    return people_csv(*((n, e, "carer rep", g, "unpaid carer", a, b) for n, e, g, a, b in MADE[name]))


def given(name: str) -> bytes:
    return Path(GIVEN / f"people-{name}.csv").read_bytes()


SOURCES = [
    pytest.param(made, id="made"),
    pytest.param(
        given, id="given", marks=pytest.mark.skipif(not GIVEN.exists(), reason="no lists beside this checkout")
    ),
]


@pytest.fixture
def seats(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> Any:
    """seats(4): a committee with so many empty seats, and a board whose one rep leaves on 8 April 2028."""
    at(SOON)

    def make(empty: int) -> None:
        with app.app_context(), unit_of_work():
            board = queries.board_by_id(cast.northfirth.id)
            committee = actions.create_group(board, "Audit Committee", "audit")
            for n in range(empty):
                seats_actions.create_seat(committee, f"Seat {n}", date(2026, 10, 1))
            main = actions.create_group(board, "Northfirth Integration Joint Board", "board")
            seat = seats_actions.create_seat(main, "Carer representative", date(2025, 10, 1))
            person = db.session.get_one(Person, cast.northfirth.people["rep"])
            seats_actions.appoint(seat, person, "unpaid_carer", date(2025, 10, 1), date(2028, 4, 8))

    return make


def bring_in(admin: Any, content: bytes) -> Any:
    """Look at the list, and if it is fine save it: the answer that comes last."""
    page = send(admin, content)
    assert page.status_code == 200
    return page if 'name="rows"' not in page.text else confirm(admin, page)


def emails_of(app: Flask, group: str) -> set[str]:
    with app.app_context():
        statement = select(Person.email).join(Appointment, Appointment.person_id == Person.id)
        found = [one.id for one in queries.groups(board_id_of(app)) if one.name == group]
        statement = statement.where(Appointment.group_id.in_(found)).order_by(Person.email)
        return set(db.session.scalars(anywhere(statement)))


def board_id_of(app: Flask) -> Any:
    board = queries.board_by_key("northfirth")
    assert board
    return board.id


def no_seat_is_taken_twice(app: Flask) -> bool:
    with app.app_context():
        rows = db.session.scalars(anywhere(select(Appointment).order_by(Appointment.seat_id, Appointment.from_on)))
        return all(
            one.seat_id != after.seat_id or one.until_on < after.from_on for one, after in itertools.pairwise(rows)
        )


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("order", [NAMES, NAMES[::-1], NAMES[2:] + NAMES[:2]], ids=["forth", "back", "round"])
def test_lists_of_later_reps_come_in_in_any_order_one_after_the_other(
    app: Flask, visit: Any, seats: Any, source: Any, order: tuple[str, ...]
) -> None:
    seats(5)
    admin = visit("northfirth.admin")
    there: set[str] = {"rep@northfirth.test"}
    for name in order:
        rows = list(csv.DictReader(source(name).decode("utf-8-sig").splitlines()))
        emails = {row["email"] for row in rows}
        answer = bring_in(admin, source(name))
        if emails & there:  # the given lists name two people twice
            assert "This person has this role already" in text_of(answer)
        else:
            assert answer.status_code == 302, text_of(answer)
            there |= emails
        kept = emails_of(app, "Audit Committee") | emails_of(app, "Northfirth Integration Joint Board")
        assert kept == there
        assert no_seat_is_taken_twice(app)
    last = people_csv(("Olaf", "olaf@made.test", "clerk", "", "", "", ""))
    assert bring_in(admin, last).status_code == 302


@pytest.mark.parametrize("source", SOURCES)
def test_where_seats_run_out_the_preview_says_so_in_plain_words(
    app: Flask, visit: Any, seats: Any, source: Any
) -> None:
    seats(1)
    admin = visit("northfirth.admin")
    assert bring_in(admin, source("future-1")).status_code == 302
    words = "Audit Committee has no seat free from 1 January 2027 to 31 December 2029"
    assert words in text_of(bring_in(admin, source("future-2")))
    assert bring_in(admin, source("successor")).status_code == 302
    until = [("Until Then", "then@made.test", "carer rep", "Audit Committee", "unpaid carer", "", "31/12/2026")]
    assert bring_in(admin, people_csv(*until)).status_code == 302, "the seat is free until then"
    assert no_seat_is_taken_twice(app)


def test_a_list_that_was_fine_when_it_was_shown_is_refused_when_the_seat_is_gone(
    app: Flask, visit: Any, seats: Any
) -> None:
    seats(1)
    first, second = visit("northfirth.admin"), visit("northfirth.admin")
    shown = send(first, made("future-1"))
    assert "1 person will be added" in text_of(shown)
    assert bring_in(second, made("future-2")).status_code == 302
    answer = confirm(first, shown)
    assert answer.status_code == 200
    assert "Audit Committee has no seat free from 1 January 2027 to 31 December 2029" in text_of(answer)
    assert emails_of(app, "Audit Committee") == {"future2@made.test"}


def test_the_page_for_one_appointment_follows_the_same_rule(app: Flask, visit: Any, seats: Any, cast: Cast) -> None:
    seats(1)
    with app.app_context():
        [committee] = [one for one in queries.groups(cast.northfirth.id) if one.name == "Audit Committee"]
        [shown] = seats_queries.seats_by_group(cast.northfirth.id, SOON.date())[committee.id]
    path = f"/boards/northfirth/seats/{shown.seat.id}/appoint"
    typed = {"name": "Ina", "email": "ina@made.test", "capacity": "unpaid_carer", "until_on": ["1", "3", "2029"]}
    admin = visit("northfirth.admin")
    early = text_of(admin.post(path, {**typed, "from_on": ["30", "9", "2026"], "until_on": ["1", "3", "2027"]}))
    assert "This seat begins on 1 October 2026. Enter a later day, or change when the seat began" in early
    assert bring_in(admin, made("future-1")).status_code == 302
    assert "Someone else has this seat" in text_of(admin.post(path, {**typed, "from_on": ["1", "12", "2026"]}))
    last = SOON.date() + timedelta(days=20)
    typed["until_on"] = [str(last.day), str(last.month), str(last.year)]
    assert admin.post(path, {**typed, "from_on": ["1", "12", "2026"]}).status_code == 302
