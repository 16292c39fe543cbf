"""Sessions with places and a waiting list, booked with the care question; attendance; Carer Awareness by group."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web.links import token_for
from portal.notifications.models import Email
from portal.replacement_care.models import CareRequest
from portal.scheduler.run import do_what_is_due
from portal.training.awareness import queries as awareness_queries
from portal.training.models import Booking, TrainingRecord, TrainingSession
from portal.training.sessions import actions as sessions_actions
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

NEW = {"title": "Chairing", "course": "", "day": ["23", "3", "2026"], "from_hour": "10am", "until_hour": "1pm"}
NEW |= {"place": "Library", "places": "2"}


def mails(app: Flask, template: str) -> list[UUID]:
    with app.app_context():
        statement = select(Email.person_id).where(Email.template == template).order_by(Email.person_id)
        return list(db.session.scalars(anywhere(statement)))


def care_of(app: Flask, person_id: UUID) -> list[CareRequest]:
    """What somebody asked for at training."""
    with app.app_context():
        statement = select(CareRequest).where(CareRequest.person_id == person_id, CareRequest.what == "training")
        return list(db.session.scalars(statement.order_by(CareRequest.asked_at)))


def places(app: Flask, session_id: UUID) -> dict[UUID, str]:
    with app.app_context():
        statement = select(Booking).where(Booking.session_id == session_id).order_by(Booking.person_id)
        return {one.person_id: one.status for one in db.session.scalars(anywhere(statement))}


@pytest.fixture
def made(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """A session of Northfirth with one place, which nobody has."""
    begins = NOW + timedelta(days=20)
    with app.app_context(), unit_of_work():
        typed = {
            "title": "Finance",
            "starts_at": begins,
            "ends_at": begins + timedelta(hours=3),
            "place": "Hall",
            "places": 1,
        }
        return sessions_actions.arrange(uuid4(), cast.northfirth.id, typed).id


def test_a_place_is_booked_in_one_press_and_care_is_asked_for(app: Flask, visit: Any, cast: Cast, made: UUID) -> None:
    rep = visit("northfirth.rep")
    assert "Finance" in text_of(rep.get("/training"))
    page = rep.get(f"/training/sessions/{made}")
    assert "Do you need someone to provide care while you’re there?" in text_of(page)
    unanswered = rep.post(f"/training/sessions/{made}/book", {})
    assert "Select whether you need someone to provide care" in text_of(unanswered)
    for _ in range(2):  # pressed twice, booked once
        rep.post(f"/training/sessions/{made}/book", {"care": "yes"})
    me = cast.northfirth.people["rep"]
    assert places(app, made) == {me: "booked"}
    [care] = care_of(app, me)
    assert care.title == "Finance"
    assert care.starts_at <= NOW + timedelta(days=20)
    assert mails(app, "place-booked").count(me) == 1
    rep.post(f"/training/sessions/{made}/give-up")
    assert places(app, made) == {}
    assert [one.status for one in care_of(app, me)] == ["cancelled"]
    rep.post(f"/training/sessions/{made}/book", {"care": "yes"})
    assert sorted(one.status for one in care_of(app, me)) == ["asked", "cancelled"]


def test_a_full_session_has_a_waiting_list_and_the_longest_waits_first(
    app: Flask, visit: Any, cast: Cast, made: UUID, at: Any
) -> None:
    people = cast.northfirth.people
    rep, depute, mentor = (visit(f"northfirth.{who}") for who in ("rep", "depute", "mentor"))
    rep.post(f"/training/sessions/{made}/book", {"care": "no"})
    assert "It is full" in text_of(depute.get(f"/training/sessions/{made}"))
    depute.post(f"/training/sessions/{made}/book", {"care": "yes"})
    at(NOW + timedelta(minutes=1))
    mentor.post(f"/training/sessions/{made}/book", {"care": "no"})
    assert places(app, made) == {people["rep"]: "booked", people["depute"]: "waiting", people["mentor"]: "waiting"}
    assert care_of(app, people["depute"]) == [], "no care before there is a place"
    rep.post(f"/training/sessions/{made}/give-up")
    assert places(app, made) == {people["depute"]: "booked", people["mentor"]: "waiting"}
    assert mails(app, "place-free") == [people["depute"]]
    assert [one.title for one in care_of(app, people["depute"])] == ["Finance"]
    more = {**NEW, "title": "Finance", "places": "2", "version": "1"}
    visit("northfirth.officer").post(f"/training-sessions/{made}", more)
    assert places(app, made) == {people["depute"]: "booked", people["mentor"]: "booked"}


def test_what_is_over_or_cancelled_cannot_be_booked(app: Flask, visit: Any, cast: Cast, made: UUID, at: Any) -> None:
    at(NOW + timedelta(days=20))
    rep = visit("northfirth.rep")
    refused = rep.post(f"/training/sessions/{made}/book", {"care": "no"}, follow_redirects=True)
    assert "This session has begun or is over. Nothing was booked." in text_of(refused)
    at(NOW)
    visit("northfirth.officer").post(f"/training-sessions/{made}/cancel")
    refused = visit("northfirth.rep").post(f"/training/sessions/{made}/book", {"care": "no"}, follow_redirects=True)
    assert "This session has been cancelled. Nothing was booked." in text_of(refused)
    assert places(app, made) == {}
    late = visit("northfirth.officer").post(
        f"/training-sessions/{made}", {**NEW, "version": "1"}, follow_redirects=True
    )
    assert "This session has been cancelled. Nothing was changed." in text_of(late)


def test_no_place_that_somebody_has_is_taken_away(app: Flask, visit: Any, cast: Cast, made: UUID) -> None:
    officer = visit("northfirth.officer")
    officer.post(f"/training-sessions/{made}", {**NEW, "title": "Finance", "places": "2", "version": "1"})
    for who in ("rep", "depute"):
        visit(f"northfirth.{who}").post(f"/training/sessions/{made}/book", {"care": "no"})
    fewer = officer.post(f"/training-sessions/{made}", {**NEW, "title": "Finance", "places": "1", "version": "2"})
    assert "2 people have a place already" in text_of(fewer)


def test_two_at_the_same_time_are_said_and_allowed(app: Flask, visit: Any, cast: Cast, made: UUID) -> None:
    rep = visit("northfirth.rep")
    rep.post(f"/training/sessions/{made}/book", {"care": "no"})
    other = cast.northfirth.things["session_id"]
    assert "At the same time Finance. You can still book both" in text_of(rep.get(f"/training/sessions/{other}"))
    assert "At the same time" not in text_of(visit("northfirth.mentor").get(f"/training/sessions/{other}"))
    rep.post(f"/training/sessions/{other}/book", {"care": "no"})
    assert places(app, other)[cast.northfirth.people["rep"]] == "waiting"


def test_a_change_is_told_and_care_follows(app: Flask, visit: Any, cast: Cast, made: UUID) -> None:
    me = cast.northfirth.people["rep"]
    visit("northfirth.rep").post(f"/training/sessions/{made}/book", {"care": "yes"})
    officer = visit("northfirth.officer")
    moved = {**NEW, "title": "Finance", "day": ["30", "3", "2026"], "version": "1"}
    officer.post(f"/training-sessions/{made}", moved)
    assert mails(app, "training-changed") == [me]
    [care] = care_of(app, me)
    assert care.on_day.day == 30
    before = care.span
    longer = {**moved, "until_hour": "3pm", "version": "2"}
    officer.post(f"/training-sessions/{made}", longer)
    [care] = care_of(app, me)
    assert (care.span.minutes, care.span.starts_at) == (before.minutes + 120, before.starts_at)
    stale = officer.post(f"/training-sessions/{made}", {**moved, "place": "Elsewhere", "version": "1"})
    assert "This was changed since you opened this page" in text_of(stale)
    officer.post(f"/training-sessions/{made}/cancel")
    assert mails(app, "training-cancelled") == [me]
    assert [one.status for one in care_of(app, me)] == ["cancelled"]


def test_the_day_before_is_told_once(app: Flask, visit: Any, cast: Cast, made: UUID, at: Any) -> None:
    visit("northfirth.rep").post(f"/training/sessions/{made}/book", {"care": "no"})
    for hours in (19 * 24, 19 * 24 + 3):
        at(NOW + timedelta(hours=hours))
        with app.app_context():
            do_what_is_due()
    assert mails(app, "training-tomorrow").count(cast.northfirth.people["rep"]) == 1


def test_it_stands_in_the_calendar(app: Flask, visit: Any, cast: Cast, made: UUID) -> None:
    rep = visit("northfirth.rep")
    rep.post(f"/training/sessions/{made}/book", {"care": "no"})
    one = Calendar.from_ical(rep.client.get(f"/training/sessions/{made}/calendar.ics").data)
    assert [str(event["summary"]) for event in one.walk("VEVENT")] == ["Finance"]
    with app.app_context():
        feed = Calendar.from_ical(
            rep.client.get(f"/calendar/{token_for('calendar', cast.northfirth.people['rep'], '1')}.ics").data
        )
    assert "Finance" in {str(event["summary"]) for event in feed.walk("VEVENT")}


def test_attendance_becomes_a_confirmed_record(app: Flask, visit: Any, cast: Cast, made: UUID, at: Any) -> None:
    me = cast.northfirth.people["rep"]
    visit("northfirth.rep").post(f"/training/sessions/{made}/book", {"care": "no"})
    officer = visit("northfirth.officer")
    path = f"/training-sessions/{made}/attendance"
    assert "The session has not started yet" in text_of(officer.post(path, {"came": [str(me)]}, follow_redirects=True))
    at(NOW + timedelta(days=21))
    officer = visit("northfirth.officer")

    def records() -> list[tuple[str, str]]:
        with app.app_context():
            found = db.session.scalars(select(TrainingRecord).where(TrainingRecord.person_id == me))
            return [(one.title, one.status) for one in found]

    for _ in range(2):
        officer.post(path, {"came": [str(me)]})
        assert records() == [("Finance", "confirmed")]
    officer.post(path, {"came": []})  # it was a mistake
    assert records() == []
    assert places(app, made) == {me: "missed"}


def test_an_officer_confirms_no_place_of_their_own(app: Flask, cast: Cast, made: UUID, at: Any) -> None:
    officer = cast.northfirth.people["officer"]
    with app.app_context(), unit_of_work():
        sessions_actions.book(db.session.get_one(TrainingSession, made), officer, needs_care=False)
        at(NOW + timedelta(days=21))
        sessions_actions.note_attendance(db.session.get_one(TrainingSession, made), {officer}, officer)
    assert places(app, made) == {officer: "booked"}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"day": ["1", "3", "2025"]}, "The session date must be within the last year, or in the future"),
        ({"until_hour": "9am"}, "It must end after it begins"),
        ({"place": "", "link": ""}, "Enter the place, or a link to join online"),
        ({"title": ""}, "Choose a training from the list, or enter what it is called"),
        ({"places": "0"}, "a whole number from 1"),
        ({"link": "http://x.test"}, "starts with https://"),
    ],
)
def test_what_makes_no_sense_is_refused(visit: Any, rolled_back: Any, wrong: dict[str, Any], message: str) -> None:
    page = visit("northfirth.officer").post("/boards/northfirth/training-sessions/new", {**NEW, **wrong})
    assert message in text_of(page)


def test_carer_awareness_is_counted_by_group(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    officer, group = visit("northfirth.officer"), cast.northfirth.things["group_id"]
    assert "CANARYNORTH Main Group 4 of 16 25%" in text_of(officer.get("/boards/northfirth/carer-awareness")).replace(
        "4 of 1625%", "4 of 16 25%"
    ).replace("Group4", "Group 4")
    box = f"members-{group}"
    typed = {
        "held_on": ["2", "3", "2026"],
        "minutes": "45",
        "delivered_by": [str(cast.northfirth.people["rep"])],
        box: "8",
    }
    once = {"once": str(uuid4())}
    for _ in range(2):
        officer.post("/boards/northfirth/carer-awareness/new", {**typed, **once})
    page = text_of(visit("northfirth.clerk").get("/boards/northfirth/carer-awareness"))
    assert "12 of 16" in page
    assert "75%" in page
    assert "CANARYNORTH Rep" in page
    refused = officer.post("/boards/northfirth/carer-awareness/new", {**typed, box: "many"})
    assert "a whole number" in text_of(refused)
    fewer = officer.post("/boards/northfirth/carer-awareness/members", {box: "11"})
    assert "12 members of this group had Carer Awareness" in text_of(fewer)
    assert "12 of 16" in text_of(officer.get("/boards/northfirth/carer-awareness"))


def test_groups_of_others_and_missing_ones_are_counted_as_they_were(app: Flask, visit: Any, cast: Cast) -> None:
    officer, path = visit("northfirth.officer"), "/boards/northfirth/carer-awareness/members"
    mine, foreign = cast.northfirth.things["group_id"], cast.southmoor.things["group_id"]
    assert officer.post(path, {f"members-{foreign}": "9"}).status_code == 302
    assert officer.post("/boards/northfirth/carer-awareness/new", {"members-x": "1"}).status_code == 200
    with app.app_context():
        known = [awareness_queries.other_members(board.id) for board in (cast.northfirth, cast.southmoor)]
        assert [{key: one.members for key, one in of_board.items()} for of_board in known] == [
            {mine: 16},
            {foreign: 16},
        ]


def test_whoever_gave_it_is_asked_what_it_cost_them(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> None:
    at(NOW + timedelta(days=1))
    with app.app_context():
        do_what_is_due()
        mine = select(Email).where(Email.template == "claim-prompted", Email.person_id == cast.northfirth.people["rep"])
        assert "Carer Awareness" in {one.facts["title"] for one in db.session.scalars(mine)}


def test_a_place_of_another_board_is_not_there(visit: Any, cast: Cast, rolled_back: Any) -> None:
    theirs = cast.southmoor.things["session_id"]
    assert visit("northfirth.rep").post(f"/training/sessions/{theirs}/book", {"care": "no"}).status_code == 404


def test_before_anyone_is_ticked_a_session_that_is_over_says_who_had_a_place(visit: Any, made: UUID, at: Any) -> None:
    at(NOW + timedelta(days=21))
    page = text_of(visit("northfirth.officer").get(f"/training-sessions/{made}"))
    assert "Who had a place: 0 of 1" in page
    assert "Who was there:" not in page
