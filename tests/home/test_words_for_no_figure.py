"""Where a table of figures has a word instead of one, the sentence below it says what that word means."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import update

from portal.boards.models import Appointment
from portal.core.nothing import what_words_mean
from portal.expenses.models import Claim
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.rules import proposed
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

NO_FIGURE = "“no figure” means there is nothing to measure"
HIDDEN = "“withheld” means we do not show the figure because it could tell you about one person"


def test_words_for_no_figure_are_explained_where_they_are_shown_and_nowhere_else() -> None:
    assert what_words_mean("<td>no figure</td><td>12</td>") == f"Here {NO_FIGURE}."
    assert what_words_mean("<td>withheld</td><td>no figure</td>") == f"Here {NO_FIGURE} and {HIDDEN}."
    assert what_words_mean("<td>no figure</td>", "no hours were set") == "Here “no figure” means no hours were set."
    assert what_words_mean("<td>12</td><td>0</td>") == ""


def test_the_figures_of_expenses_explain_what_they_do_not_show(app: Flask, visit: Any, at: Any) -> None:
    everywhere = "/expenses"
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(update(Claim).values(decided_at=None, days_to_decide=None, days_to_pay=None)))
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/expenses"))
    assert f"Here {NO_FIGURE}." in page
    assert HIDDEN not in page, "nothing is withheld yet"
    assert f"Here {NO_FIGURE}." in text_of(visit("coordinator").get(everywhere))
    at(NOW + timedelta(days=31))
    assert text_of(visit("northfirth.officer").get("/boards/northfirth/expenses")).count(NO_FIGURE) == 1


def test_the_figures_of_expenses_explain_what_is_withheld(visit: Any, at: Any) -> None:
    at(NOW + timedelta(days=31))
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/expenses"))
    assert "Miles by car withheld" in page
    assert page.count(f"Here {HIDDEN}.") == 2, "under both tables in which something is withheld"
    assert page.count(NO_FIGURE) == 1, "nothing is paid yet"


def test_the_figures_of_care_explain_what_they_do_not_show(app: Flask, visit: Any, cast: Cast) -> None:
    both = f"Here {NO_FIGURE} and {HIDDEN}."
    officer = visit("northfirth.officer")
    assert "Here “" not in text_of(officer.get("/boards/northfirth/care")), "there are no figures yet"
    assert f"Here {NO_FIGURE}." in text_of(visit("coordinator").get("/care/figures"))
    with app.app_context(), unit_of_work():
        span = proposed(NOW - timedelta(days=2), 30)
        rep_id = cast.northfirth.people["rep"]
        care.ask(uuid4(), cast.northfirth.id, rep_id, rep_id, span, {"what": "event", "title": "Over"})
    assert both in text_of(officer.get("/boards/northfirth/care"))


def test_why_reps_left_explains_what_is_withheld(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        held = db.session.get_one(Appointment, cast.northfirth.things["appointment_id"])
        of = {name: getattr(held, name) for name in ("board_id", "group_id", "seat_id", "person_id", "capacity")}
        day = held.from_on
        for reason in ("support", "demands") * 3:
            db.session.add(Appointment(**of, from_on=day, until_on=day, left_because=reason))
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/reps"))
    assert "Too little support from the board withheld" in page
    assert f"Here {HIDDEN}." in page


def test_the_reps_own_hours_say_why_nothing_was_expected(app: Flask, visit: Any) -> None:
    assert "no figure" not in text_of(visit("northfirth.rep").get("/role"))
    with app.app_context(), unit_of_work():
        sitting = update(Appointment).where(Appointment.until_on >= TODAY)
        db.session.execute(anywhere(sitting.values(from_on=TODAY)))
    page = text_of(visit("northfirth.rep").get("/role"))
    assert "Here “no figure” means no hours were set for that month." in page
