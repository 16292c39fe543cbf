"""Care that nobody arranged before its time was over: its officer says why, and its rep is not asked about it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.replacement_care import due
from portal.replacement_care.models import CareRequest
from portal.replacement_care.todo import Unprovided, _say_all
from tests.cast import Cast, anywhere
from tests.replacement_care.asking import ARRANGE, asked, do, request_of
from tests.visitor import text_of

AFTER = datetime(2026, 3, 21, 9, 0, tzinfo=UTC)
LIST, FIGURES = "/care/to-arrange", "/boards/northfirth/care"
SAY_WHY = "Say why it was not provided, or that it was arranged after all. Until then it counts as not provided"


@pytest.fixture
def one(app: Flask, visit: Any, cast: Cast, at: Any) -> CareRequest:
    """A request for yesterday that an officer took, and did not arrange."""
    found = asked(app, visit, cast)
    do(visit("northfirth.officer"), found, "take", 1)
    at(AFTER)
    return found


def test_it_stays_with_the_officer(visit: Any, one: CareRequest) -> None:
    officer = visit("northfirth.officer")
    page = text_of(officer.get(LIST)).split("Not arranged in time: 2 requests")[1]
    assert page.count(SAY_WHY) == 2, "this one, and another of the week before"
    assert "has not yet said if it took place" not in page
    assert SAY_WHY in text_of(officer.get(f"/care/{one.id}/arrange"))


def test_it_is_among_what_waits_for_the_officer(visit: Any, one: CareRequest) -> None:
    said = "say why care for Friday 20 March was not arranged in time"
    assert said in text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))


def test_several_are_one_line_on_a_first_page_of_several_boards() -> None:
    found = [Unprovided(UUID(int=1), UUID(int=2), "Morag Sinclair", date(2026, 3, 1 + day)) for day in (1, 0)]
    [line] = _say_all(found, date(2026, 3, 3))
    assert (line.title, line.detail) == (
        "Say why 2 requests for care were not arranged in time",
        "The first was for Sunday 1 March",
    )
    [line] = _say_all(found[:1], date(2026, 3, 3))
    assert line.title == "Say why 1 request for care was not arranged in time"


def test_the_rep_is_not_asked_if_it_took_place(visit: Any, at: Any, one: CareRequest) -> None:
    rep = visit("northfirth.rep")
    assert "Tell us if your care took place" not in text_of(rep.get("/"))
    page = text_of(rep.get(f"/care/{one.id}"))
    assert "We’re sorry, this care was not arranged in time. CANARYNORTH Officer will tell you why." in page
    assert "took place?" not in page
    at(AFTER + timedelta(days=20))
    assert "ask if care" not in text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))


def test_no_email_asks_the_rep_if_it_took_place(app: Flask, one: CareRequest) -> None:
    with app.app_context():
        assert [each.key for each in due.requests_to_tell(AFTER) if str(one.id) in each.key] == []


def test_the_rep_cannot_end_it_before_the_officer_has_said_why(
    app: Flask, visit: Any, cast: Cast, one: CareRequest
) -> None:
    said = do(visit("northfirth.rep"), one, "outcome", 2, status="took_place")
    assert said.status_code == 302
    assert request_of(app, cast).status == "arranging"


def test_the_officer_says_why_it_was_not_provided(app: Flask, visit: Any, cast: Cast, one: CareRequest) -> None:
    officer = visit("northfirth.officer")
    page = text_of(officer.get(f"/care/{one.id}/arrange"))
    assert "Why was it not provided?" in page, "nobody has to read what the rep wrote for it"
    assert "Say why it was not provided" in text_of(do(officer, one, "cannot", 2, answer=""))
    do(officer, one, "cannot", 2, answer="Nobody was free")
    rep = text_of(visit("northfirth.rep").get(f"/care/{one.id}"))
    assert "We’re sorry, this care was not provided. Nobody was free" in rep
    assert "How did you manage?" in rep
    with app.app_context():
        mine = select(Email).where(Email.template == "care-update", Email.person_id == cast.northfirth.people["rep"])
        words = [words_of(each).text for each in db.session.scalars(anywhere(mine.order_by(Email.id))).unique()]
    assert any("was not met. Sign in to see why." in " ".join(each.split()) for each in words)


def test_the_officer_says_that_it_was_arranged_after_all(app: Flask, visit: Any, cast: Cast, one: CareRequest) -> None:
    officer = visit("northfirth.officer")
    assert "2026 Q1 withheld 0% 0% 100%" in text_of(officer.get(FIGURES))
    assert "It was arranged after all" in text_of(officer.get(f"/care/{one.id}/arrange"))
    assert do(officer, one, "arrange", 2, **ARRANGE).status_code == 302
    kept = request_of(app, cast)
    assert (kept.status, kept.arranged_at) == ("arranged", kept.ends_at)
    assert "2026 Q1 withheld 50% 0% 50%" in text_of(officer.get(FIGURES))
    assert "Did your care take place?" in text_of(visit("northfirth.rep").get(f"/care/{one.id}"))
