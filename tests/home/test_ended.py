"""The first page of somebody whose roles have ended: what ended when, and what they can still do until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import DEPUTE, OFFICER
from portal.accounts.models import Person
from portal.boards import queries as boards
from portal.boards.access import actions as access
from portal.boards.models import StaffRole
from portal.boards.people import actions as people
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

pytestmark = pytest.mark.usefixtures("rolled_back")
WAS = "You were a carer rep on CANARYNORTH Main Group (Northfirth) until Saturday 21 February 2026."
STILL = "You can still read past papers and claim expenses here until Wednesday 22 April 2026."


def test_a_rep_whose_term_is_over_is_told_so_and_is_not_welcomed(visit: Any, at: Any) -> None:
    page = text_of(visit("former").get("/"))
    assert f"{WAS} {STILL}" in page
    for words in ("You are a carer rep", "Welcome.", "induction", "say whether you’re coming"):
        assert words not in page, words
    at(NOW + timedelta(days=50))
    assert f"{WAS} {STILL}" in text_of(visit("former").get("/")), "the last day itself"
    at(NOW + timedelta(days=51))
    later = text_of(visit("former").get("/"))
    assert f"{WAS} Your roles have ended" in later
    assert "past papers" not in later


def test_of_papers_that_were_closed_no_page_says_that_they_can_be_read(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        access.end_reading(cast.northfirth.id, cast.others["former"], cast.northfirth.people["admin"])
    page = text_of(visit("former").get("/"))
    assert WAS in page
    assert "past papers" not in page


def test_who_is_a_depute_by_now_is_told_which_role_is_theirs(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        fred = db.session.get_one(Person, cast.others["former"])
        people.give_role(boards.board_by_id(cast.northfirth.id), fred, DEPUTE)
    assert f"You are a depute here. {WAS} {STILL}" in text_of(visit("former").get("/"))


def test_who_is_an_officer_by_now_still_reads_it_while_they_may_read_past_papers(
    app: Flask, visit: Any, cast: Cast
) -> None:
    with app.app_context(), unit_of_work():
        fred = db.session.get_one(Person, cast.others["former"])
        people.give_role(boards.board_by_id(cast.northfirth.id), fred, OFFICER)
    assert f"You are an engagement officer here. {WAS} {STILL}" in text_of(visit("former").get("/"))


def test_whose_other_role_has_ended_reads_which_and_when(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        theirs = select(StaffRole).where(StaffRole.person_id == cast.northfirth.people["clerk"])
        people.end_role(db.session.scalars(anywhere(theirs)).one())
    page = text_of(visit("northfirth.clerk").get("/"))
    assert "You were a clerk at Northfirth until Monday 2 March 2026. Your roles have ended" in page


def test_whose_roles_last_reads_of_none_that_ended(visit: Any) -> None:
    for who in ("northfirth.rep", "northfirth.clerk", "coordinator", "nobody"):
        assert "You were " not in text_of(visit(who).get("/")), who
