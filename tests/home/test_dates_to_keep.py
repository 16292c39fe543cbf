"""The dates on which somebody is to be somewhere, on Home: training, support meetings and talks, each with its link."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from portal.core.by_when import LATER, THIS_WEEK, TODAY, by_when
from portal.home.queries import MOST, MOST_DATES, shown_at_once
from portal.infra.database import db
from portal.infra.todo_line import BY, ON, Line
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.mentoring.models import Pair
from portal.support_meetings import actions as supports
from portal.training.sessions import actions as sessions
from portal.training.sessions import queries as session_queries
from tests.cast import NOW, Cast, anywhere
from tests.cast import TODAY as DAY
from tests.visitor import text_of

SOON = NOW + timedelta(days=3)


def on(days: int, day_is: str = ON) -> Line:
    return Line(DAY + timedelta(days=days), f"Line {days:02}", day_is=day_is)


def test_a_date_is_never_late_and_is_under_its_own_day() -> None:
    lines = [on(days).shown("home.index", DAY) for days in (0, 3, 20)]
    assert by_when(lines, DAY) == {TODAY: lines[:1], THIS_WEEK: lines[1:2], LATER: lines[2:]}
    assert not on(-1).shown("home.index", DAY).is_late


def test_a_date_says_on_which_day_it_is() -> None:
    assert Line(date(2026, 12, 3), "Training", day_is=ON).when(date(2026, 11, 28)) == "On Thursday 3 December"


def test_many_dates_leave_room_for_what_is_to_be_done() -> None:
    dates, tasks = [on(n) for n in range(9)], [on(n, BY) for n in range(20, 30)]
    shown, more = shown_at_once([*dates, *tasks])
    assert shown == [*dates[:MOST_DATES], *tasks[:MOST]]
    assert more == [*dates[MOST_DATES:], *tasks[MOST:]]


@pytest.fixture
def booked(app: Flask, cast: Cast, rolled_back: Any) -> Any:
    """Training in three days, at which the rep of Northfirth has a place."""
    with app.app_context(), unit_of_work():
        typed = {"title": "Reading a budget", "starts_at": SOON, "ends_at": SOON + timedelta(hours=2), "places": 9}
        one = sessions.arrange(
            uuid4(), cast.northfirth.id, {**typed, "place": "Town Hall", "link": "", "course_id": None}
        )
        sessions.book(one, cast.northfirth.people["rep"], False)
        return one.id


def home(visit: Any, who: str = "northfirth.rep") -> Any:
    return visit(who).get("/")


def test_training_one_has_a_place_at_is_a_date_with_its_time_place_and_link(booked: Any, visit: Any) -> None:
    page = home(visit)
    assert f'href="/training/sessions/{booked}"' in page.text
    day = f"{SOON:%A} {SOON.day} {SOON:%B}"
    assert re.search(rf"Training: Reading a budget\W+\w+ On {day}\. \w+ to \w+, Town Hall", text_of(page))


def test_others_do_not_see_a_date_that_is_not_theirs(booked: Any, visit: Any) -> None:
    for who in ("northfirth.depute", "northfirth.officer", "southmoor.rep"):
        assert "Training: Reading a budget" not in text_of(home(visit, who))


def test_whoever_gave_up_a_place_has_no_such_date(app: Flask, booked: Any, cast: Cast, visit: Any) -> None:
    with app.app_context(), unit_of_work():
        one = session_queries.session_by_id(cast.northfirth.id, booked)
        sessions.give_up(one, cast.northfirth.people["rep"])
    assert "Training: Reading a budget" not in text_of(home(visit))


def test_once_it_is_over_it_is_no_date_any_more(booked: Any, visit: Any, at: Any) -> None:
    at(SOON + timedelta(hours=3))
    assert "Training: Reading a budget" not in text_of(home(visit))


@pytest.mark.usefixtures("rep_goes")
def test_the_support_meeting_of_ones_group_is_a_date(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    said = "Support meeting for CANARYNORTH Main Group"
    with app.app_context(), unit_of_work():
        supports.set_support(meeting_by_id(things["coming_id"]), 0, NOW + timedelta(days=20), "Library", "")
    page = home(visit)
    assert f'href="/meetings/{things["coming_id"]}/support"' in page.text
    assert said in text_of(page)
    assert said not in text_of(home(visit, "northfirth.officer"))
    assert said not in text_of(home(visit, "southmoor.rep"))


def test_an_agreed_talk_is_a_date_of_both(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    with app.app_context(), unit_of_work():
        row = update(Pair).where(Pair.id == things["pair_id"]).values(next_on=DAY + timedelta(days=2))
        db.session.execute(anywhere(row))
    pages = [text_of(home(visit, f"northfirth.{role}")) for role in ("rep", "mentor", "depute", "officer")]
    assert [page.count("Mentoring talk with") for page in pages].count(1) == 2
