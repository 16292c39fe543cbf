"""Who opens a rep's page: the officers of the board, from wherever a rep is named; nobody opens their own."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring

from portal.access.roles import OFFICER
from portal.accounts.models import Person
from portal.boards.models import Board
from portal.boards.people import actions as people_actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.rep_pages.test_page import ask_for_care, page_of


@pytest.mark.parametrize("who", ["clerk", "approver", "admin", "mentor", "depute", "rep"])
def test_only_officers_open_it(visit: Any, cast: Cast, who: str) -> None:
    assert visit(f"northfirth.{who}").get(page_of(cast)).status_code == 404


def test_another_board_finds_no_page(visit: Any, cast: Cast) -> None:
    assert visit("southmoor.officer").get(page_of(cast)).status_code == 404
    path = f"/boards/southmoor/reps/{cast.northfirth.people['rep']}"
    assert visit("southmoor.officer").get(path).status_code == 404


def test_who_is_no_rep_has_no_page(visit: Any, cast: Cast) -> None:
    for who in ("clerk", "depute", "mentor"):
        assert visit("northfirth.officer").get(page_of(cast, cast.northfirth.people[who])).status_code == 404, who


def test_nobody_has_the_page_about_themselves(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        rep = db.session.get_one(Person, cast.northfirth.people["rep"])
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), rep, OFFICER)
    assert visit("northfirth.rep").get(page_of(cast)).status_code == 404


@pytest.mark.parametrize("path", ["desk", "reps", "people", "training", "inductions"])
def test_the_officers_lists_lead_to_it(visit: Any, cast: Cast, path: str) -> None:
    page = fromstring(visit("northfirth.officer").get(f"/boards/northfirth/{path}").text)
    assert page.xpath(f'//main//a[@href="{page_of(cast)}"]/text()')[0].endswith("CANARYNORTH Rep")


@pytest.mark.parametrize(("who", "path"), [("clerk", "people"), ("admin", "people"), ("admin", "reps")])
def test_no_list_leads_others_to_it(visit: Any, cast: Cast, who: str, path: str) -> None:
    assert page_of(cast) not in visit(f"northfirth.{who}").get(f"/boards/northfirth/{path}").text


def test_each_link_of_the_page_opens(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    officer = visit("northfirth.officer")
    ask_for_care(app, cast, cast.northfirth.people["rep"])
    page = fromstring(officer.get(page_of(cast)).text)
    paths = {one.partition("#")[0] for one in page.xpath("//main//a/@href") if one.startswith("/")}
    assert [path for path in sorted(paths) if path and officer.get(path).status_code != 200] == []
