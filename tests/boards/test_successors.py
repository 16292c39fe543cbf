"""A seat and whoever follows in it: nobody is called missing who begins soon, and no two sit there on one day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import lxml.html
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from portal.access.roles import OFFICER
from portal.accounts.models import Person
from portal.appointing.models import ProposedAppointment
from portal.boards.models import Appointment, Board, Seat
from portal.boards.people import actions as people
from portal.boards.seats import actions as seats_actions
from portal.boards.seats.rules import SeatDays, last_day_of_longest_term, problem_with_beginning, problem_with_end
from portal.core.text import day_words
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.accounts.test_invitations import PASSWORD
from tests.accounts.test_pages import latest_link
from tests.cast import TODAY, Cast, anywhere
from tests.visitor import text_of

BOARD = "/boards/northfirth"
MORAG = {"name": "Morag Bell", "email": "morag@new.test", "capacity": "unpaid_carer"}
NEXT = date(2027, 10, 25)  # the day after the rep's last


def parts(day: date) -> list[str]:
    return [str(day.day), str(day.month), str(day.year)]


def text_of_link(link: Any) -> str:
    """The words that are seen."""
    return "".join(link.xpath(".//text()[not(ancestor::*[contains(@class, 'visually-hidden')])]")).strip()


def appoint(visitor: Any, seat_id: Any, from_on: date, until_on: date) -> Any:
    form = {**MORAG, "from_on": parts(from_on), "until_on": parts(until_on)}
    return visitor.post(f"{BOARD}/seats/{seat_id}/appoint", form)


def test_an_occupied_seat_offers_a_successor_from_the_day_after(visit: Any, things: dict[str, Any]) -> None:
    admin = visit("northfirth.admin")
    page = text_of(admin.get(BOARD))
    assert "Appoint a successor to CANARYNORTH Seat, CANARYNORTH Main Group" in page
    path = f"{BOARD}/seats/{things['taken_seat_id']}/appoint"
    form = admin.get(path)
    assert "Appoint a successor: CANARYNORTH Main Group" in text_of(form)
    assert "CANARYNORTH Rep holds this seat until Sunday 24 October 2027" in text_of(form)
    assert "Set an earlier last day for CANARYNORTH Rep" in text_of(form)
    assert all(f'value="{part}"' in form.text for part in ("25", "10", "2027"))
    said = text_of(appoint(admin, things["taken_seat_id"], NEXT - timedelta(days=1), date(2028, 1, 1)))
    assert "Someone else has this seat from 15 August 2025 to 24 October 2027" in said
    assert "Enter other days, or first set an earlier last day for them" in said
    answer = admin.client.post(
        path,
        data={"csrf_token": admin.token, **MORAG, "from_on": parts(NEXT), "until_on": parts(date(2028, 1, 1))},
        follow_redirects=True,
    )
    page = text_of(answer)
    assert "Morag Bell is invited as carer rep from Monday 25 October 2027, at morag@new.test." in page
    assert "Appoint someone after Morag Bell to CANARYNORTH Seat" in page
    visible = [text_of_link(one) for one in lxml.html.fromstring(answer.text).xpath("//main//a")]
    assert visible.count("Set a last day for CANARYNORTH Rep") == 1
    assert visible.count("Cancel or set a last day for Morag Bell") == 1
    assert "Appoint someone after Morag Bell: CANARYNORTH Main Group" in text_of(admin.get(path))
    assert (
        "until Sunday 24 October 2027 Then Morag Bell, from Monday 25 October 2027 until Saturday 1 January 2028"
        in page
    )
    for who in ("officer", "admin"):
        assert "Then Morag Bell" in text_of(visit(f"northfirth.{who}").get(f"{BOARD}/reps"))


def test_a_seat_somebody_begins_in_is_vacant_until_then(visit: Any, things: dict[str, Any]) -> None:
    admin, seat_id = visit("northfirth.admin"), things["seat_id"]
    vacant = "CANARYNORTH Main Group Sunday 22 February 2026 Still vacant 9 Nobody appointed yet"
    assert vacant in text_of(admin.get(f"{BOARD}/reps"))
    assert appoint(admin, seat_id, date(2026, 12, 1), date(2028, 1, 1)).status_code == 302
    for page in (BOARD, f"{BOARD}/reps", f"{BOARD}/seats/{seat_id}/appoint"):
        words = text_of(admin.get(page))
        begins = "Morag Bell begins on Tuesday 1 December 2026 (invited, not yet accepted)"
        assert f"Vacant since Sunday 22 February 2026, for 9 days so far {begins}" in words, page
        assert "The seat will have been vacant for 282 days by then" in words, page
    assert "not yet accepted" not in text_of(visit("northfirth.rep").get(BOARD)), "that is no affair of other reps"
    assert "Appoint someone until Morag Bell begins" in text_of(admin.get(BOARD))
    public = text_of(visit("").get("/public/boards/northfirth"))
    assert "vacant since Sunday 22 February 2026" in public
    assert "filled from" not in public, "they have not accepted yet"
    assert "Morag" not in public, "whoever wants to be seen there says so"
    form = admin.get(f"{BOARD}/seats/{seat_id}/appoint").text
    assert all(f'value="{part}"' in form for part in ("30", "11", "2026")), "somebody can fill the days until then"
    history = text_of(admin.get(f"{BOARD}/seats/{seat_id}"))
    assert "Morag Bell Begins on Tuesday 1 December 2026" in history
    assert "From Sunday 22 February 2026 (still vacant, someone has been invited): 9 days so far" in history
    figures = text_of(admin.get(f"{BOARD}/reps"))
    not_yet = "Sunday 22 February 2026 Still vacant 9 Invited, not yet accepted"
    assert f"CANARYNORTH Main Group {not_yet}" in figures, "nobody begins who has not accepted"
    closing = text_of(admin.post(f"{BOARD}/seats/{seat_id}/close"))
    assert (
        "Morag Bell begins in this seat on Tuesday 1 December 2026. You can close the seat when nobody holds it"
        in closing
    )


def test_whoever_begins_later_counts_from_the_first_day(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    from datetime import UTC, datetime

    admin = visit("northfirth.admin")
    appoint(admin, things["seat_id"], date(2026, 3, 20), date(2028, 1, 1))
    visit("").post(latest_link(app, "invitation"), PASSWORD)
    officer = visit("northfirth.officer")
    assert "Morag Bell" not in text_of(officer.get(f"{BOARD}/desk")).split("Sort by")[1]
    assert "CANARYNORTH Empty seat, CANARYNORTH Main Group, from Friday 20 March 2026" in text_of(
        officer.get(f"{BOARD}/people")
    )
    at(datetime(2026, 3, 20, 0, 30, tzinfo=UTC))
    assert "Morag Bell" in text_of(visit("northfirth.officer").get(f"{BOARD}/desk"))
    page = text_of(visit("northfirth.admin").get(BOARD))
    assert "Morag Bell, until Saturday 1 January 2028" in page
    assert "Vacant since" not in page
    figures = text_of(visit("northfirth.officer").get(f"{BOARD}/reps"))
    assert "Sunday 22 February 2026 Friday 20 March 2026 26" in figures, "how long it was vacant is not lost"


def test_the_pages_of_a_seat_name_its_group(visit: Any, things: dict[str, Any]) -> None:
    admin, seat = visit("northfirth.admin"), f"{BOARD}/seats/{things['taken_seat_id']}"
    end = f"{BOARD}/appointments/{things['appointment_id']}/end"
    for page in (seat, f"{seat}/appoint", f"{seat}/change", f"{seat}/close", end):
        assert "CANARYNORTH Main Group" in text_of(admin.get(page)), page


@pytest.fixture
def followed(app: Flask, cast: Cast, rolled_back: Any) -> None:
    """Somebody begins in the rep's seat on the day after their last."""
    with app.app_context(), unit_of_work():
        seat = db.session.get_one(Seat, cast.northfirth.things["taken_seat_id"])
        person = db.session.get_one(Person, cast.northfirth.people["clerk"])
        seats_actions.appoint(seat, person, "unpaid_carer", NEXT, NEXT + timedelta(days=50))


@pytest.mark.usefixtures("followed")
@pytest.mark.parametrize(
    ("last_day", "message"),
    [
        (date(2025, 8, 14), "Their first day is 15 August 2025. Enter that day or a later one"),
        (NEXT, "Someone else begins in this seat on 25 October 2027. Enter a day before that"),
        (date(2028, 8, 15), "A term is at most three years. Enter an earlier last day"),
    ],
)
def test_a_last_day_that_cannot_be_is_said_and_changes_nothing(
    app: Flask, visit: Any, things: dict[str, Any], last_day: date, message: str
) -> None:
    path = f"{BOARD}/appointments/{things['appointment_id']}/end"
    form = {"last_day": parts(last_day), "because": "term"}
    assert message in text_of(visit("northfirth.admin").post(path, form))
    with app.app_context():
        assert db.session.get_one(Appointment, things["appointment_id"]).until_on == TODAY + timedelta(days=600)


def test_a_seat_does_not_begin_after_whoever_sat_there(visit: Any, things: dict[str, Any]) -> None:
    admin, path = visit("northfirth.admin"), f"{BOARD}/seats/{things['taken_seat_id']}/change"
    form = {"title": "A seat", "created_on": parts(date(2025, 8, 16)), "votes_from": ["", "", ""]}
    assert "Someone has held this seat from 15 August 2025. Enter that day or an earlier one" in text_of(
        admin.post(path, form)
    )
    assert admin.post(path, {**form, "created_on": parts(date(2025, 8, 15))}).status_code == 302


DAYS = st.dates(date(2024, 1, 1), date(2032, 1, 1))
TERMS = st.lists(st.tuples(DAYS, st.integers(0, 900)), max_size=4)


@given(created=DAYS, today=DAYS, terms=TERMS, length=st.integers(0, 400))
def test_the_days_that_are_proposed_are_free(
    created: date, today: date, terms: list[tuple[date, int]], length: int
) -> None:
    seat = SeatDays(uuid4(), uuid4(), created)
    for start, days in terms:
        term = start, start + timedelta(days=days)
        seat = seat if seat.problem_with(*term) else seat.with_term(*term)
    from_on, until_on = seat.next_free(today)
    assert from_on >= max(today, created)
    assert seat.problem_with(from_on, until_on or from_on + timedelta(days=length)) == ""


@given(start=DAYS, last_day=DAYS, others=TERMS)
def test_a_term_that_may_end_on_a_day_meets_no_other(
    start: date, last_day: date, others: list[tuple[date, int]]
) -> None:
    terms = [(first, first + timedelta(days=days)) for first, days in others]
    if problem_with_end(start, last_day, terms) == "":
        assert start <= last_day <= last_day_of_longest_term(start)
        assert not any(start <= first <= last_day for first, _ in terms)


@given(created=DAYS, terms=TERMS)
def test_nobody_sat_in_a_seat_before_it_began(created: date, terms: list[tuple[date, int]]) -> None:
    sat = [(first, first + timedelta(days=days)) for first, days in terms]
    assert (problem_with_beginning(created, sat) == "") is all(created <= first for first, _ in sat)


def ends(app: Flask, seat_id: Any, day: date) -> None:
    with app.app_context(), unit_of_work():
        for one in db.session.scalars(anywhere(select(Appointment).where(Appointment.seat_id == seat_id))):
            one.until_on = day
            one.ended_at = None


ENDS = "CANARYNORTH Rep’s term ends on {}: appoint again or find someone"


def test_an_administrator_has_the_end_of_a_term_to_do_from_when_the_email_goes_out(
    app: Flask, visit: Any, things: dict[str, Any], rolled_back: Any
) -> None:
    admin = visit("northfirth.admin")
    for left, is_said in ((15, True), (183, True), (184, False)):
        day = TODAY + timedelta(days=left)
        ends(app, things["taken_seat_id"], day)
        assert (ENDS.format(day_words(day)) in text_of(admin.get("/"))) == is_said


def test_and_no_more_once_a_successor_is_appointed(
    app: Flask, visit: Any, things: dict[str, Any], rolled_back: Any
) -> None:
    admin, last = visit("northfirth.admin"), TODAY + timedelta(days=15)
    ends(app, things["taken_seat_id"], last)
    assert "term ends on" in text_of(admin.get("/"))
    appoint(admin, things["taken_seat_id"], last + timedelta(days=1), last + timedelta(days=300))
    assert "term ends on" not in text_of(admin.get("/"))


def test_whoever_is_officer_too_reads_it_once_and_an_officer_alone_on_the_desk(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], rolled_back: Any
) -> None:
    ends(app, things["taken_seat_id"], TODAY + timedelta(days=15))
    assert "appoint again or find someone" not in text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    with app.app_context(), unit_of_work():
        admin = db.session.get_one(Person, cast.northfirth.people["admin"])
        people.give_role(db.session.get_one(Board, cast.northfirth.id), admin, OFFICER)
    assert text_of(visit("northfirth.admin").get("/")).count("appoint again or find someone") == 1


def test_a_seat_that_someone_left_is_to_be_filled_unless_someone_is_proposed_for_it(
    app: Flask, visit: Any, rolled_back: Any
) -> None:
    admin, says = visit("northfirth.admin"), "Appoint someone: CANARYNORTH Empty seat, CANARYNORTH Main Group"
    assert says not in text_of(admin.get("/")), "it was left, and someone is proposed for it"
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(update(ProposedAppointment).values(status="declined")))
    assert says in text_of(admin.get("/"))
