"""Whoever is responsible is named with how to reach them, for the people of their board and nobody else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, g
from PIL import Image
from sqlalchemy import event, update

from portal.access.permissions import TABLE
from portal.access.roles import OFFICER, Viewer
from portal.accounts.models import Person
from portal.boards.contacts.shown import staff_of
from portal.boards.models import Board
from portal.boards.people import actions as people_actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast, person
from tests.visitor import text_of

PHONES = {"officer": "01632 960 001", "clerk": "01632 960 002", "approver": "01632 960 003", "admin": "01632 960 004"}
CALL = "Call CANARYNORTH {}: {}"


def number(role: str) -> str:
    return CALL.format(role.title(), PHONES[role])


@pytest.fixture
def numbers(app: Flask, cast: Cast, rolled_back: Any) -> None:
    """Each of the staff of Northfirth has given theirs, and so has everybody else there, wherever it came from."""
    with app.app_context(), unit_of_work():
        for role, key in cast.northfirth.people.items():
            given = PHONES.get(role, "01632 960 009")
            db.session.execute(update(Person).where(Person.id == key).values(work_phone=given))


def pages(cast: Cast) -> dict[str, tuple[str, str]]:
    """Of each page that names who is responsible: who opens it, and whose number it shows."""
    things = cast.northfirth.things
    return {
        "/": ("rep", "officer"),
        "/help": ("rep", "officer"),
        "/no-such-page": ("rep", "officer"),
        "/boards/northfirth": ("rep", "officer"),
        f"/meetings/{things['meeting_id']}": ("rep", "clerk"),
        f"/meetings/{things['meeting_id']}/support": ("rep", "officer"),
        f"/claims/{things['claim_id']}": ("depute", "approver"),
        f"/care/{things['request_id']}": ("depute", "officer"),
        "/boards/northfirth/people": ("clerk", "approver"),
    }


@pytest.mark.parametrize("at", range(9))
def test_each_page_names_them_with_a_link_that_rings(visit: Any, cast: Cast, numbers: None, at: int) -> None:
    page, (who, whose) = list(pages(cast).items())[at]
    found = visit(f"northfirth.{who}").get(page).text
    assert f'href="tel:+44{PHONES[whose].replace(" ", "")[1:]}"' in found


def test_screen_readers_say_who_is_called(visit: Any, numbers: None) -> None:
    home = text_of(visit("northfirth.rep").get("/"))
    assert "CANARYNORTH Officer Your engagement officer" in home
    assert number("officer") in home
    assert "Email CANARYNORTH Officer" in home


@pytest.mark.parametrize("who", ["", "southmoor.rep", "southmoor.officer", "southmoor.admin", "coordinator", "nobody"])
def test_nobody_else_sees_a_number(visit: Any, cast: Cast, numbers: None, who: str) -> None:
    someone = visit(who)
    for page in (*pages(cast), "/public/boards/northfirth", "/complain", "/account"):
        assert "01632 960" not in someone.client.get(page, follow_redirects=True).text, page


def seen_by(app: Flask, someone: Viewer, board_id: UUID) -> list[str]:
    """Whom a page of a board would name to somebody, wherever that page is."""
    with app.test_request_context("/"):
        g._login_user = SimpleNamespace(is_authenticated=True, as_viewer=lambda: someone)
        return [one.name for one in staff_of(board_id, [OFFICER])]


@pytest.mark.parametrize("role", [one for one in TABLE["contacts:read"] if one != "anyone"])
def test_no_page_can_name_staff_to_another_board(app: Flask, cast: Cast, role: str) -> None:
    here, there = cast.northfirth.id, cast.southmoor.id
    someone = Viewer(uuid4(), roles=frozenset({(role, None if role == "coordinator" else here)}))
    assert seen_by(app, someone, there) == []
    assert bool(seen_by(app, someone, here)) == (role != "coordinator")


def test_whoever_is_on_two_boards_is_told_which_officer_is_whose(
    app: Flask, visit: Any, cast: Cast, numbers: None
) -> None:
    with app.app_context(), unit_of_work():
        depute = db.session.get_one(Person, cast.southmoor.people["depute"])
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), depute, "depute")
    home = text_of(visit("southmoor.depute").get("/"))
    assert "CANARYNORTH Officer Your engagement officer, Northfirth" in home
    assert "CANARYSOUTH Officer Your engagement officer, Southmoor" in home


def test_a_number_of_a_rep_depute_or_mentor_is_shown_to_nobody(visit: Any, cast: Cast, numbers: None) -> None:
    private = "01632 960 009"
    pair = f"/mentoring/pairs/{cast.northfirth.things['pair_id']}"
    for who in ("rep", "officer", "clerk", "mentor"):
        for page in ("/", "/boards/northfirth", "/boards/northfirth/people", pair):
            assert private not in visit(f"northfirth.{who}").client.get(page).text, (who, page)


def test_staff_of_another_board_have_no_number_here(app: Flask, visit: Any, cast: Cast, numbers: None) -> None:
    with app.app_context(), unit_of_work():
        depute = db.session.get_one(Person, cast.northfirth.people["depute"])
        people_actions.give_role(db.session.get_one(Board, cast.southmoor.id), depute, "clerk")
    assert "01632 960 009" in visit("southmoor.officer").get("/boards/southmoor/people").text
    assert "01632 960 009" not in visit("northfirth.officer").get("/boards/northfirth/people").text


def test_a_mentor_is_named_without_their_address(visit: Any, cast: Cast, numbers: None) -> None:
    page = visit("northfirth.rep").get(f"/mentoring/pairs/{cast.northfirth.things['pair_id']}")
    assert "CANARYNORTH Mentor Your mentor" in text_of(page)
    assert "mentor@northfirth.test" not in page.text


def test_a_mentor_who_works_for_the_board_can_be_rung(app: Flask, visit: Any, cast: Cast, numbers: None) -> None:
    with app.app_context(), unit_of_work():
        mentor = db.session.get_one(Person, cast.northfirth.people["mentor"])
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), mentor, OFFICER)
    page = visit("northfirth.rep").get(f"/mentoring/pairs/{cast.northfirth.things['pair_id']}")
    assert "Call CANARYNORTH Mentor: 01632 960 009" in text_of(page)


def sees_photo(visit: Any, cast: Cast, *ticked: str) -> bool:
    """Whether the mentor of a rep sees a photo of them, who lets everyone see some things."""
    content = io.BytesIO()
    Image.new("RGB", (90, 60), "teal").save(content, "JPEG")
    content.seek(0)
    chosen = {"shows": list(ticked), "about": "I care for my mother", "photo": (content, "me.jpg")}
    assert visit("northfirth.rep").post("/role/public", chosen).status_code == 302
    page = visit("northfirth.mentor").get(f"/mentoring/pairs/{cast.northfirth.things['pair_id']}").text
    return "/photo.jpg" in page


def test_a_photo_is_shown_where_the_rep_chose_to_show_it(visit: Any, cast: Cast) -> None:
    assert sees_photo(visit, cast, "name", "photo")


def test_a_photo_that_nobody_is_to_see_is_not_shown(visit: Any, cast: Cast) -> None:
    assert not sees_photo(visit, cast, "name")


def test_without_a_number_there_is_only_an_address(visit: Any, cast: Cast) -> None:
    home = visit("northfirth.rep").get("/").text
    assert 'href="mailto:officer@northfirth.test"' in home
    assert "tel:" not in home


def test_whoever_was_only_invited_is_named_nowhere(app: Flask, visit: Any, cast: Cast, numbers: None) -> None:
    with app.app_context(), unit_of_work():
        officer = db.session.get_one(Person, cast.northfirth.people["officer"])
        officer.joined_at = None
    assert PHONES["officer"] not in visit("northfirth.rep").get("/").text


def test_nobody_is_told_to_ring_themselves(app: Flask, visit: Any, cast: Cast, numbers: None) -> None:
    with app.app_context(), unit_of_work():
        officer = db.session.get_one(Person, cast.northfirth.people["officer"])
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), officer, "depute")
    assert "Who supports you" not in visit("northfirth.officer").get("/").text


def test_whoever_made_a_claim_does_not_review_it(app: Flask, visit: Any, cast: Cast, numbers: None) -> None:
    with app.app_context(), unit_of_work():
        depute = db.session.get_one(Person, cast.northfirth.people["depute"])
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), depute, "approver")
    page = visit("northfirth.depute").get(f"/claims/{cast.northfirth.things['claim_id']}")
    assert "Who will review it CA CANARYNORTH Approver Expense approver" in text_of(page)
    assert "01632 960 009" not in page.text


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """The statements that run while a test asks for pages."""
    found: list[str] = []
    with app.app_context():
        engine = db.engine
    listen = ("before_cursor_execute", lambda *about: found.append(about[2]))
    event.listen(engine, *listen)
    yield found
    event.remove(engine, *listen)


def test_more_officers_take_no_more_queries(
    app: Flask, visit: Any, cast: Cast, asked: list[str], numbers: None
) -> None:
    rep = visit("northfirth.rep")
    rep.get("/boards/northfirth")
    asked.clear()
    rep.get("/boards/northfirth")
    before = len(asked)
    with app.app_context(), unit_of_work():
        board = db.session.get_one(Board, cast.northfirth.id)
        for number in range(5):
            people_actions.give_role(board, person(f"{uuid4().hex}@northfirth.test", f"Officer {number}"), OFFICER)
    asked.clear()
    assert "Officer 4" in rep.get("/boards/northfirth").text
    assert len(asked) == before


def test_only_staff_give_a_number() -> None:
    assert {role for role, cell in TABLE["work_phone:own"].items() if cell == "own"} == set(PHONES)
