"""Whoever sits on two boards sees what each wants of her, and which of them it is; nobody else reads a board's name."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.boards.actions import create_group
from portal.boards.models import Board, Group
from portal.boards.seats import actions as seats
from portal.infra.database import db
from portal.infra.todo import Says
from portal.infra.todo_line import Line
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from tests.cast import TODAY, Cast
from tests.visitor import text_of

HERE, THERE = UUID(int=1), UUID(int=2)
ON_TWO = Viewer(UUID(int=9), boards=((HERE, "here", "Here"), (THERE, "there", "There")))
ON_ONE = Viewer(UUID(int=9), boards=((HERE, "here", "Here"),))


def sit_on_both(app: Flask, cast: Cast) -> None:
    """The rep of Northfirth has a seat on Southmoor too."""
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, cast.southmoor.things["group_id"])
        seat = seats.create_seat(group, "CANARYSOUTH Second seat", TODAY - timedelta(days=30))
        rep = db.session.get_one(Person, cast.northfirth.people["rep"])
        seats.appoint(seat, rep, "unpaid_carer", TODAY - timedelta(days=20), TODAY + timedelta(days=600))


def call_many(app: Flask, cast: Cast) -> None:
    """Northfirth meets on each of the next days."""
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, cast.northfirth.things["group_id"])
        for days in range(1, 6):
            meetings.schedule(group, TODAY + timedelta(days=days), time(10))


def next_meetings(visit: Any, who: str) -> str:
    return text_of(visit(who).get("/")).split("Next meetings")[1]


def test_many_meetings_of_one_board_hide_none_of_the_other(app: Flask, visit: Any, cast: Cast) -> None:
    sit_on_both(app, cast)
    call_many(app, cast)
    with app.app_context(), unit_of_work():
        south = cast.southmoor
        meetings.let_stand_in(
            meeting_by_id(south.things["meeting_id"]), south.people["depute"], cast.northfirth.people["rep"]
        )
    page = next_meetings(visit, "northfirth.rep")
    found = re.findall(r"CANARYNORTH Main Group, Northfirth, \w+ \d March, 10am", page)
    assert len(found) == 7, "three, of which the second and third have two answers here"
    assert "CANARYSOUTH Main Group, Southmoor" in page
    assert "CANARYSOUTH Depute is down to go for you" in page


def test_of_several_groups_the_next_of_each_is_there(app: Flask, visit: Any, cast: Cast) -> None:
    call_many(app, cast)
    with app.app_context(), unit_of_work():
        board = db.session.get_one(Board, cast.northfirth.id)
        group = create_group(board, "CANARYNORTH Planning", "planning")
        seat = seats.create_seat(group, "CANARYNORTH Planning seat", TODAY - timedelta(days=30))
        rep = db.session.get_one(Person, cast.northfirth.people["rep"])
        seats.appoint(seat, rep, "unpaid_carer", TODAY - timedelta(days=20), TODAY + timedelta(days=600))
        for days in (60, 90):
            meetings.schedule(group, TODAY + timedelta(days=days), time(10))
    page = next_meetings(visit, "northfirth.rep")
    assert len(re.findall(r"CANARYNORTH Planning, \w+ \d+ \w+, 10am", page)) == 1


def test_who_works_for_two_boards_sees_the_next_meeting_of_each(app: Flask, visit: Any, cast: Cast) -> None:
    call_many(app, cast)
    assert "CANARYSOUTH Main Group, Southmoor" in next_meetings(visit, "both")


@pytest.mark.usefixtures("rep_goes")
def test_tasks_and_meetings_name_the_board_only_to_whoever_has_two(app: Flask, visit: Any, cast: Cast) -> None:
    before = text_of(visit("northfirth.rep").get("/"))
    assert "Main Group, Northfirth" not in before
    assert "Read 2 papers for CANARYNORTH Main Group, Friday 13 March, 10am 5 pages" in before
    assert "Northfirth. " not in before
    sit_on_both(app, cast)
    page = text_of(visit("northfirth.rep").get("/"))
    assert "Tell us if you’re coming: CANARYNORTH Main Group" in page
    assert "CANARYNORTH Main Group, Friday 13 March, 10am, Northfirth Northfirth. You can request" in page, (
        "the link says it to a screen reader as well"
    )


@pytest.mark.usefixtures("rep_goes")
def test_needed_at_home_names_the_meeting_and_its_board(app: Flask, visit: Any, cast: Cast) -> None:
    says = "I can’t come to CANARYNORTH Main Group{}, Friday 13 March, 10am"
    assert says.format("") in text_of(visit("northfirth.rep").get("/"))
    sit_on_both(app, cast)
    page = text_of(visit("northfirth.rep").get("/"))
    assert says.format(", Northfirth") in page
    assert "I can’t come to CANARYSOUTH Main Group, Southmoor, Friday 13 March, 10am" in page, "on the same day"


@pytest.mark.parametrize("path", ["/care/new", "/care", "/deputes/new"])
def test_choices_of_meetings_name_the_board_too(app: Flask, visit: Any, cast: Cast, path: str) -> None:
    assert "Main Group, Northfirth" not in text_of(visit("northfirth.rep").get(path))
    sit_on_both(app, cast)
    page = text_of(visit("northfirth.rep").get(path))
    assert "CANARYNORTH Main Group, Northfirth" in page
    assert "CANARYSOUTH Main Group, Southmoor" in page


class Row:
    def __init__(self, board_id: UUID) -> None:
        self.board_id = board_id


def counted(rows: Any, today: Any) -> list[Line]:
    return [Line(today, f"Do {len(rows)} things")]


@pytest.mark.parametrize(
    ("more", "person", "lines"),
    [
        ({}, ON_TWO, [("Do 1 things", "Here"), ("Do 1 things", "There")]),
        ({}, ON_ONE, [("Do 2 things", "")]),
        ({"all_boards": True}, ON_TWO, [("Do 2 things", "Here and There")]),
        ({"names_board": True}, ON_TWO, [("Do 2 things", "")]),
    ],
)
def test_each_board_is_said_by_itself(more: Any, person: Viewer, lines: list[tuple[str, str]]) -> None:
    says: Says[Row] = Says("home.index", counted, **more)
    found = says.of_boards([Row(HERE), Row(THERE)], person, TODAY)
    assert [(line.title, line.board) for line in found] == lines
