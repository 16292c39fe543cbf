"""A place at a session that is over: what was, whether it is recorded yet, and where it is found again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.infra.unit_of_work import unit_of_work
from portal.training.sessions import actions, queries
from portal.training.sessions.rules import ATTENDED, BOOKED, ON_WAITING_LIST, booking_words
from tests.cast import NOW, Cast
from tests.visitor import text_of

SOON = NOW + timedelta(days=1)
AFTER = SOON + timedelta(hours=20)
NOT_YET = "It has not been recorded yet who was there."
LINK = "https://meet.example/training"


@pytest.fixture
def place(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """A session tomorrow at which the rep has a place."""
    with app.app_context(), unit_of_work():
        when = {"starts_at": SOON, "ends_at": SOON + timedelta(hours=2)}
        typed = {"title": "Reading a budget", "places": 9, "place": "", "link": LINK, "course_id": None}
        one = actions.arrange(uuid4(), cast.northfirth.id, {**typed, **when})
        actions.book(one, cast.northfirth.people["rep"], False)
        return one.id


@pytest.mark.parametrize(
    ("status", "before", "after"),
    [
        (BOOKED, "You have a place", "You had a place"),
        (ON_WAITING_LIST, "You are on the waiting list", "You were on the waiting list"),
        (ATTENDED, "You were there", "You were there"),
    ],
)
def test_a_place_is_said_as_it_was_once_the_session_is_over(status: str, before: str, after: str) -> None:
    assert booking_words(status, SOON, NOW) == before
    assert booking_words(status, SOON, SOON) == after


def test_the_page_of_a_session_that_is_over_says_that_one_had_a_place(visit: Any, at: Any, place: UUID) -> None:
    rep, path = visit("northfirth.rep"), f"/training/sessions/{place}"
    assert "You have a place" in text_of(rep.get(path))
    assert LINK in rep.get(path).text
    at(AFTER)
    page = visit("northfirth.rep").get(path)
    assert f"You had a place {NOT_YET}" in text_of(page)
    assert "calendar" not in text_of(page)
    at(AFTER + timedelta(days=1))
    assert LINK not in visit("northfirth.rep").get(path).text


def test_a_session_that_is_over_is_listed_under_past(visit: Any, at: Any, place: UUID) -> None:
    assert "Past sessions" not in text_of(visit("northfirth.rep").get("/training"))
    at(AFTER)
    page = visit("northfirth.rep").get("/training")
    assert f"/training/sessions/{place}" in page.text
    assert NOT_YET in text_of(page).split("Past sessions")[1]
    assert "Past sessions" not in text_of(visit("northfirth.depute").get("/training"))


def test_once_it_is_recorded_it_says_who_was_there(app: Flask, cast: Cast, visit: Any, at: Any, place: UUID) -> None:
    at(AFTER)
    people = cast.northfirth.people
    with app.app_context(), unit_of_work():
        one = queries.session_by_id(cast.northfirth.id, place)
        actions.note_attendance(one, {people["rep"]}, people["officer"])
    page = text_of(visit("northfirth.rep").get("/training")).split("Past sessions")[1]
    assert "You were there" in page
    assert NOT_YET not in page
