"""Who is proposed for a seat is said beside it, and an officer proposes from there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.boards.models import Group
from portal.boards.seats.actions import create_seat
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.appointing.test_pages import propose
from tests.cast import TODAY
from tests.visitor import text_of

PAGES = ["/boards/northfirth/desk", "/boards/northfirth/reps", "/boards/northfirth"]
SAID = "Ina Carer proposed on"


@pytest.fixture
def vacant(app: Flask, things: dict[str, Any], rolled_back: Any) -> dict[str, Any]:
    """A seat in which nobody sits."""
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, things["group_id"])
        seat = create_seat(group, "Valley seat", TODAY - timedelta(days=10))
        return {**things, "seat_id": seat.id}


@pytest.mark.parametrize("page", PAGES)
def test_an_officer_reads_who_is_proposed_for_a_seat(visit: Any, vacant: dict[str, Any], page: str) -> None:
    propose(visit, vacant)
    assert SAID in text_of(visit("northfirth.officer").get(page)).split("Valley seat")[1]


@pytest.mark.parametrize("role", ["rep", "clerk"])
def test_nobody_else_reads_it(visit: Any, vacant: dict[str, Any], role: str) -> None:
    propose(visit, vacant)
    assert SAID not in text_of(visit(f"northfirth.{role}").get("/boards/northfirth"))


@pytest.mark.parametrize("page", [*PAGES, "/boards/northfirth/seats/{seat_id}"])
def test_an_officer_proposes_beside_the_seat(visit: Any, vacant: dict[str, Any], page: str) -> None:
    shown = visit("northfirth.officer").get(page.format(**vacant)).text
    assert f"/boards/northfirth/seats/{vacant['seat_id']}/propose" in shown


def test_a_vacancy_on_the_desk_names_its_group(visit: Any, vacant: dict[str, Any]) -> None:
    assert "Valley seat, CANARYNORTH Main Group" in text_of(visit("northfirth.officer").get(PAGES[0]))
