"""The menu of whoever is signed in: of one role on one board at a time, and always that which the page belongs to."""

from __future__ import annotations

from typing import Any

import lxml.html
from flask import Flask

from portal.access.roles import OFFICER
from portal.accounts.models import Person
from portal.boards.models import Board
from portal.boards.people import actions as people
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.home.test_two_boards import sit_on_both

ENTRIES = "//nav[@aria-label='Menu']//a"
TABS = "//nav[@aria-label='Menu at the bottom']//a"
PRESENT = "//nav[@aria-label='Menu']//*[@aria-current]"
BOARD = "//header//*[contains(@class, 'portal-header__board')]"


def shown(page: Any, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in lxml.html.fromstring(page.text).xpath(path)]


def clerk_and_officer(app: Flask, cast: Cast) -> None:
    """The clerk of Northfirth is its officer too."""
    with app.app_context(), unit_of_work():
        clerk = db.session.get_one(Person, cast.northfirth.people["clerk"])
        people.give_role(db.session.get_one(Board, cast.northfirth.id), clerk, OFFICER)


def test_a_rep_has_five_ways_at_the_top_and_the_bottom(visit: Any) -> None:
    page = visit("northfirth.rep").get("/")
    assert shown(page, ENTRIES) == shown(page, TABS) == ["Home", "Meetings", "Papers", "Money & care", "You"]
    assert shown(page, PRESENT) == ["Home"]
    assert shown(page, BOARD) == ["Northfirth"]


def test_staff_have_the_rest_behind_more(visit: Any) -> None:
    page = visit("northfirth.officer").get("/more")
    assert shown(page, ENTRIES) == ["Today", "Meetings", "Reps", "Support", "Reports", "Board"]
    assert shown(page, TABS) == ["Today", "Meetings", "Reps", "Support", "More"]
    assert shown(page, "//main//h2") == ["Reports", "Board", "You"]


def test_a_page_within_a_page_marks_the_entry_that_holds_it(visit: Any, cast: Cast) -> None:
    meeting = f"/meetings/{cast.northfirth.things['meeting_id']}"
    assert shown(visit("northfirth.rep").get(meeting), PRESENT) == ["Meetings"]
    assert shown(visit("northfirth.clerk").get(f"{meeting}/coming"), PRESENT) == ["Meetings"]
    side = shown(visit("northfirth.admin").get("/boards/northfirth/settings"), "//nav//a[@aria-current='page']")
    assert set(side) == {"Your board"}


def test_whoever_has_two_roles_has_one_menu_at_a_time(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    clerk_and_officer(app, cast)
    person = visit("northfirth.clerk")
    choices = person.get("/work-as")
    assert shown(choices, "//main/ul//a") == [
        "Engagement officer, Northfirth",
        "Clerk, Northfirth",
    ]
    person.get("/boards/northfirth/desk")
    assert "Reps" in shown(person.get("/boards/northfirth/meetings"), ENTRIES), "without having chosen"
    person.get("/work-as?work=clerk:northfirth")
    assert "People" in shown(person.get("/boards/northfirth/meetings"), ENTRIES), "a page of both changes nothing"
    assert "Reps" in shown(person.get("/boards/northfirth/desk"), ENTRIES), "a page of one alone brings its menu"
    assert "Reps" in shown(person.get("/boards/northfirth/meetings"), ENTRIES), "which then stays"
    person.get("/work-as?work=approver:northfirth")
    assert "Reps" in shown(person.get("/boards/northfirth/meetings"), ENTRIES), "what one does not hold is not taken"


def test_of_two_boards_the_menu_is_of_the_one_whose_page_it_is(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    sit_on_both(app, cast)
    rep = visit("northfirth.rep")
    there = rep.get(f"/meetings/{cast.southmoor.things['meeting_id']}")
    assert "/boards/southmoor/meetings" in lxml.html.fromstring(there.text).xpath(f"{ENTRIES}/@href")
    assert "Southmoor" in shown(there, BOARD)[0]
    here = rep.get("/boards/northfirth")
    assert "/boards/northfirth/meetings" in lxml.html.fromstring(here.text).xpath(f"{ENTRIES}/@href")


def test_whoever_belongs_to_no_board_reads_of_boards_and_not_of_their_board(visit: Any) -> None:
    heading = "//p[@class='portal-side__heading']"
    assert "Your board" in shown(visit("northfirth.rep").get("/boards/northfirth/expenses"), heading)
    assert set(shown(visit("coordinator").get("/expenses"), heading)) == {"Boards"}
