"""A rep's steps lead to what they are about; that of the role is done by agreeing to its description."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from portal.core import clock
from portal.infra.database import db
from portal.infra.todo import ask
from portal.infra.unit_of_work import unit_of_work
from portal.role_descriptions import actions as roles
from portal.role_descriptions import queries as role_queries
from portal.role_descriptions.models import RoleAgreement
from portal.training.inductions import figures
from portal.training.inductions import queries as inductions
from portal.training.inductions.rules import OFFICER, REGISTER, REP, ROLE, ROLE_STEP, Task, found_where
from portal.training.todo import OWN_STEPS
from tests.architecture.matrix import viewer_of
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

FORM = "Ask your engagement officer for the form: CANARYNORTH Officer."


@pytest.mark.parametrize(
    ("title", "owner", "where"),
    [
        (ROLE_STEP, REP, ROLE),
        ("Read your role description and the papers", REP, ROLE),
        ("Fill in the register of interests", REP, REGISTER),
        ("Send the register of interests", OFFICER, ""),
        ("Read the papers from the last meeting", REP, ""),
    ],
)
def test_what_a_step_is_about_is_here_or_with_the_officer(title: str, owner: str, where: str) -> None:
    assert found_where(title, owner) == where


@pytest.fixture
def not_agreed(app: Flask, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(delete(RoleAgreement)))


def step(app: Flask, cast: Cast) -> Task:
    with app.app_context():
        person_id = cast.northfirth.people["rep"]
        [one] = inductions.inductions_of_rep(cast.northfirth.id, person_id)
        return next(task for task in one.tasks if task.title == ROLE_STEP)


def agree(app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        newest = role_queries.current(cast.northfirth.id, cast.northfirth.things["group_id"])
        assert newest
        roles.agree(newest, cast.northfirth.people["rep"])


@pytest.mark.usefixtures("not_agreed")
def test_a_step_links_to_the_role_and_names_who_has_the_form(visit: Any) -> None:
    page = visit("northfirth.rep").get("/training")
    assert f'Open your role<span class="govuk-visually-hidden">: {ROLE_STEP}</span>' in " ".join(page.text.split())
    assert FORM in text_of(page)
    assert FORM not in text_of(visit("northfirth.officer").get("/boards/northfirth/inductions"))


@pytest.mark.usefixtures("not_agreed")
def test_agreeing_to_the_description_does_the_step_on_that_day(app: Flask, cast: Cast, visit: Any, at: Any) -> None:
    assert not step(app, cast).is_done
    at(NOW + timedelta(days=2))
    agree(app, cast)
    done = step(app, cast)
    assert (done.is_done, done.done_on) == (True, clock.today())
    page = text_of(visit("northfirth.rep").get("/training"))
    assert f"{ROLE_STEP} Done You, done on Thursday 5 March 2026" in page
    assert "Open your role" not in page


@pytest.mark.usefixtures("not_agreed")
def test_the_first_page_no_longer_asks_for_it(app: Flask, cast: Cast) -> None:
    def asked() -> bool:
        with app.app_context():
            viewer = viewer_of(app, cast, "northfirth.rep")
            assert viewer
            return ROLE_STEP in [one.title for one in ask([OWN_STEPS], viewer, clock.today()).of(OWN_STEPS)]

    assert asked()
    agree(app, cast)
    assert not asked()


@pytest.mark.usefixtures("not_agreed")
def test_figures_of_inductions_count_it_as_done(app: Flask, cast: Cast, monkeypatch: Any) -> None:
    counted: list[Any] = []
    monkeypatch.setattr(figures, "_counted", lambda found, today: counted.append(found))

    def done() -> int:
        with app.app_context():
            figures.inducted_of_boards(clock.today())
        return sum(was is not None for steps in counted[-1].values() for _, was in steps)

    before = done()
    agree(app, cast)
    assert done() == before + 1
