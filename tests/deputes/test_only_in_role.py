"""Whoever is only asked to be a depute is none yet: nothing is requested, claimed or recorded for them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.deputes.models import Nomination
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import NOW, Cast
from tests.visitor import text_of

PAGES = (
    "/boards/northfirth/care/new",
    "/boards/northfirth/claims-for-reps",
    "/boards/northfirth/mentoring/help",
)
DEPUTE = "CANARYNORTH Depute (depute)"


def asked(app: Flask, cast: Cast, **more: Any) -> None:
    """The officer confirmed the nomination, and the depute has not agreed, or as `more` says."""
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Nomination, cast.northfirth.things["nomination_id"])
        for name, value in {"status": "confirmed", "decided_at": NOW, **more}.items():
            setattr(one, name, value)


@pytest.mark.parametrize(
    ("more", "is_offered"),
    [
        ({}, False),
        ({"agreed_at": NOW}, True),
        ({"agreed_at": NOW, "status": "withdrawn"}, True),  # what they did as a depute is still to be claimed
    ],
)
def test_a_depute_is_offered_once_they_agreed(
    app: Flask, cast: Cast, visit: Any, rolled_back: Any, more: dict[str, Any], is_offered: bool
) -> None:
    asked(app, cast, **more)
    officer = visit("northfirth.officer")
    for path in PAGES:
        names = re.findall(r"<option value=\"[^\"]+\"[^>]*>\s*(.+?)\s*</option>", officer.get(path).text)
        assert (DEPUTE in names) == is_offered, path
        assert "CANARYNORTH Rep" in names, path
    trained = text_of(officer.get("/boards/northfirth/training")).split("Required training")[1]
    assert (DEPUTE in trained.split("Confirmed training")[0]) == is_offered


def test_nothing_is_requested_for_whoever_is_only_asked(app: Flask, cast: Cast, visit: Any, rolled_back: Any) -> None:
    asked(app, cast)
    depute, day = cast.person("northfirth.depute"), date(2026, 3, 20)
    typed = {"person": str(depute), "title": "Visit", "day-day": day.day, "day-month": 3, "day-year": 2026}
    page = visit("northfirth.officer").post("/boards/northfirth/care/new", typed)
    assert page.status_code == 200
    assert "Select who it is for" in text_of(page)
