"""Two of a kind on one page: links and buttons that lead to different things are told apart by their names.

Each page that is opened is held to it (tests/page_rules.py), so what is done here is to have two of a kind.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import Viewer
from portal.boards.queries import groups
from portal.corrections.models import Correction
from portal.corrections.rules import WAITING
from portal.deputes import actions as deputes
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.mentoring.models import MentoringPulse, Pair
from portal.papers.correcting.rules import MEETING_DAY
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.corrections.test_corrections import OVER, correct
from tests.page_rules import buttons_alike, links_alike
from tests.visitor import text_of


def pairs(app: Flask, cast: Cast, status: str, *people: str, **more: Any) -> None:
    """The mentor with each of some people."""
    north = cast.northfirth
    with app.app_context(), unit_of_work():
        first = db.session.get_one(Pair, north.things["pair_id"])
        shared = {"board_id": north.id, "mentor_request_id": first.mentor_request_id, "proposed_at": NOW, **more}
        for role in people:
            db.session.add(Pair(person_id=north.people[role], mentor_id=first.mentor_id, status=status, **shared))


def test_a_depute_at_two_meetings_of_one_group(app: Flask, visit: Any, cast: Cast) -> None:
    north = cast.northfirth
    with app.app_context(), unit_of_work():
        meetings.let_stand_in(meeting_by_id(north.things["coming_id"]), north.people["depute"], north.people["rep"])
    page = visit("northfirth.depute").get("/deputes")
    assert text_of(page).count("I can’t come to CANARYNORTH Main Group, 10am on ") == 2


def test_two_nominations_of_one_name(app: Flask, visit: Any, cast: Cast) -> None:
    north = cast.northfirth
    with app.app_context(), unit_of_work():
        [group, *_] = groups(north.id)
        typed = ("CANARYNORTH Nominee", "another@northfirth.test", "why", None)
        deputes.nominate(Viewer(north.people["admin"]), group, *typed)
    for path in ("/boards/northfirth/deputes", "/boards/northfirth/desk"):
        page = text_of(visit("northfirth.officer").get(path))
        assert "CANARYNORTH Nominee" in page
        assert "for CANARYNORTH Admin, CANARYNORTH Main Group" in page


def test_two_who_would_like_the_same_mentor_and_two_times_with_one(app: Flask, visit: Any, cast: Cast) -> None:
    pairs(app, cast, "proposed", "depute", "clerk")
    days = {"began_on": TODAY - timedelta(days=90), "ended_at": NOW - timedelta(days=9)}
    pairs(app, cast, "ended", "rep", **days)
    pairs(app, cast, "ended", "rep", **days | {"began_on": TODAY - timedelta(days=300)})
    page = text_of(visit("northfirth.mentor").get("/mentoring"))
    assert "Yes, let’s talk: CANARYNORTH Depute" in page
    assert "Not now: CANARYNORTH Clerk" in page


def test_two_low_answers_of_one_person(app: Flask, visit: Any, cast: Cast) -> None:
    north = cast.northfirth
    with app.app_context(), unit_of_work():
        ids = {"board_id": north.id, "pair_id": north.things["pair_id"], "person_id": north.people["rep"]}
        asked = {"asked_on": TODAY - timedelta(days=60), "answered_at": NOW - timedelta(days=60)}
        db.session.add(MentoringPulse(**ids, **asked, score=1))
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/mentoring"))
    assert page.count("I’ve dealt with this CANARYNORTH Rep, mentoring of CANARYNORTH Rep, asked on") == 2


def test_an_officer_reads_what_a_mentor_does(visit: Any) -> None:
    """The menu has the mentoring of the board, and the link back one's own."""
    assert "Your mentoring" in text_of(visit("northfirth.officer").get("/mentoring/what-a-mentor-does"))


def test_two_corrections_of_one_day_that_wait(app: Flask, visit: Any, things: dict[str, Any], at: Any) -> None:
    """Only one waits at a time now; earlier ones may be there."""
    at(OVER)
    assert correct(visit("northfirth.admin"), things, 14).status_code == 302
    with app.app_context(), unit_of_work():
        first = db.session.scalars(
            anywhere(select(Correction).where(Correction.kind == MEETING_DAY, Correction.status == WAITING))
        ).one()
        other = {one.key: getattr(first, one.key) for one in Correction.__mapper__.column_attrs}
        other |= {"id": uuid4(), "now_value": "2026-03-15", "now": first.now.replace("14", "15")}
        db.session.add(Correction(**other))
    for path in ("/corrections", "/"):
        page = text_of(visit("coordinator").get(path))
        for day in (14, 15):
            assert f"CANARYNORTH Main Group, 13 March 2026, to become held on {day} March 2026" in page


FORM = "<form method='post' action='/{}'><input type='hidden' name='{}' value='{}'><button>Remove</button></form>"


@pytest.mark.parametrize(
    ("forms", "is_alike"),
    [
        ((FORM.format("a", "step", "up"), FORM.format("a", "step", "up")), False),
        ((FORM.format("a", "csrf_token", "1"), FORM.format("a", "csrf_token", "2")), False),
        ((FORM.format("a", "step", "up"), FORM.format("b", "step", "up")), True),
        ((FORM.format("a", "step", "up"), FORM.format("a", "step", "down")), True),
        ((FORM.format("a", "x", UUID(int=1)), FORM.format("b", "x", "").replace("Remove", "Remove it")), False),
    ],
)
def test_buttons_are_alike_that_do_different_things(forms: tuple[str, str], is_alike: bool) -> None:
    page = lxml.html.fromstring(f"<html><body><main>{''.join(forms)}</main></body></html>")
    assert bool(list(buttons_alike(page))) == is_alike
    assert not list(links_alike(page))
