"""Each figure of the desk leads to the page that it comes from, for those who may open it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.access.roles import APPROVER
from portal.accounts.models import Person
from portal.boards.models import Board
from portal.boards.people import actions as people_actions
from portal.expenses.models import Claim
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import Cast, anywhere
from tests.desk.test_pages import DESK, add_reps

FIGURES = {  # where each leads
    "Induction": "/boards/northfirth/inductions",
    "Training due": "/boards/northfirth/training",
    "Claims to decide": "/claims/to-decide",
}


def links(visit: Any) -> dict[str, set[str]]:
    """The paths to which each figure leads, by column; all of which open."""
    officer = visit("northfirth.officer")
    page = fromstring(officer.get(DESK).text)
    found = {label: set(page.xpath(f'//td[@data-label="{label}"]//a/@href')) for label in FIGURES}
    for path in set().union(*found.values()):
        assert officer.get(path).status_code == 200, path
    return found


def test_each_figure_leads_to_its_page(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    add_reps(app, cast, 1)
    with app.app_context(), unit_of_work():
        claim = db.session.scalars(
            anywhere(
                select(Claim).where(Claim.board_id == cast.northfirth.id, Claim.run_id.is_(None)).order_by(Claim.id)
            )
        ).first()
        assert claim is not None
        claim.person_id, claim.status = cast.northfirth.people["rep"], "sent"
    officers = links(visit)
    assert officers == {**{label: {path} for label, path in FIGURES.items()}, "Claims to decide": set()}
    with app.app_context(), unit_of_work():
        officer = db.session.get_one(Person, cast.northfirth.people["officer"])
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), officer, APPROVER)
    assert links(visit) == {label: {path} for label, path in FIGURES.items()}
