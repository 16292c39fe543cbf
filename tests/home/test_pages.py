"""Next steps, help pages, errors, headers, and forms fed with rubbish."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from portal.access.roles import CLERK
from portal.accounts.models import Person
from portal.boards.models import Board, Group
from portal.boards.people.actions import give_role
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import schedule
from portal.role_profiles.models import StepDownRequest
from portal.role_profiles.stepping_down.actions import take_back
from tests.cast import NOW, TODAY, Cast
from tests.visitor import text_of


@pytest.mark.usefixtures("rep_goes")
def test_next_steps_of_a_rep_and_a_clerk(visit: Any) -> None:
    rep, clerk = text_of(visit("northfirth.rep").get("/")), text_of(visit("northfirth.clerk").get("/"))
    assert "Read 2 papers for CANARYNORTH Main Group, Friday 13 March, 10am 5 pages, about 10 minutes" in rep
    assert "Publish papers" not in rep
    assert "Read 2 papers" not in clerk


def test_an_officer_is_told_when_papers_are_overdue(visit: Any, at: Any) -> None:
    assert "Ask the clerk" not in text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    at(NOW + timedelta(days=36))
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    assert "Ask the clerk for the papers of CANARYNORTH Main Group, Sunday 12 April Late Missing: the agenda." in page
    assert "Was due by Sunday 5 April" in page


@pytest.mark.usefixtures("rep_goes")
def test_many_meetings_before_it_hide_no_papers(
    app: Flask, visit: Any, things: dict[str, Any], rolled_back: Any
) -> None:
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, things["group_id"])
        for days in range(1, 7):
            schedule(group, TODAY + timedelta(days=days), time(10))
            schedule(group, TODAY + timedelta(days=days), time(14))
    assert "Read 2 papers for CANARYNORTH Main Group" in text_of(visit("northfirth.rep").get("/"))


def test_who_is_clerk_and_officer_is_not_told_to_ask_themselves(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    with app.app_context(), unit_of_work():
        board = db.session.get_one(Board, cast.northfirth.id)
        give_role(board, db.session.get_one(Person, cast.person("northfirth.officer")), CLERK)
        take_back(db.session.get_one(StepDownRequest, cast.northfirth.things["step_down_id"]))  # the page has 8 lines
    at(NOW + timedelta(days=36))
    page = text_of(visit("northfirth.officer").get("/"))
    assert re.search(r"Publish papers for CANARYNORTH Main Group, \w+ \d+ \w+ Late", page)
    assert "Ask the clerk" not in page


def test_someone_without_a_role_is_not_lost(visit: Any) -> None:
    assert "Your roles have ended, so you are not part of any board now" in text_of(visit("nobody").get("/"))


@pytest.mark.parametrize(
    "path", ["/", "/help", "/help/glossary", "/accessibility", "/privacy", "/who-can-do-what", "/sign-in"]
)
def test_pages_for_everyone(visit: Any, path: str) -> None:
    assert visit("").get(path).status_code == 200


def test_a_missing_page_is_friendly(visit: Any) -> None:
    response = visit("").get("/no/such/page")
    assert response.status_code == 404
    assert "Page not found" in text_of(response)


def test_a_request_that_is_too_large_is_told_so(visit: Any) -> None:
    response = visit("").post("/sign-in", {"email": "x" * 5_000_000})
    assert response.status_code == 413
    assert "That is too large" in text_of(response)


def test_a_fault_shows_no_trace(app: Flask, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("portal.home.views.next_steps", broken)
    response = visit("northfirth.rep").get("/")
    assert response.status_code == 500
    assert "secret detail" not in response.text


def test_the_database_away_is_a_503(visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr("portal.home.views.next_steps", away)
    response = visit("northfirth.rep").get("/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"


@pytest.mark.parametrize("path", ["/", "/no/such/page", "/meetings/{meeting_id}", "/papers/{paper_id}/file"])
def test_headers_on_every_response(visit: Any, things: dict[str, Any], path: str) -> None:
    headers = visit("northfirth.rep").get(path.format(**things)).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Request-Id"]
