"""Care asked for after the day by which it should be arranged: short notice, due today, and late for nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import actions, queries
from portal.replacement_care.requests.short_notice import due_by
from portal.replacement_care.todo import Unarranged, _all_of, _arrange
from tests.cast import NOW, Cast
from tests.replacement_care.asking import ARRANGE, asked, do
from tests.visitor import text_of

SOON = ["6", "3", "2026"]  # in three days, of the five that are asked for
ASKED = date(2026, 3, 3)


@pytest.fixture
def one(app: Flask, visit: Any, cast: Cast, at: Any) -> CareRequest:
    found = asked(app, visit, cast, day=SOON)
    at(NOW + timedelta(days=1))
    return found


def test_what_is_asked_for_too_late_is_due_on_that_day() -> None:
    due = due_by(date(2026, 3, 6), 5, ASKED)
    assert (due.by, due.is_short_notice) == (ASKED, True)
    assert due.on_list(date(2026, 3, 5)) == date(2026, 3, 5), "and on each day until it is arranged"


def test_what_is_asked_for_on_the_last_day_is_in_time() -> None:
    due = due_by(date(2026, 3, 8), 5, ASKED)
    assert (due.by, due.is_short_notice) == (ASKED, False)


def test_a_change_at_short_notice_of_what_was_in_time_is_due_when_it_came() -> None:
    due = due_by(date(2026, 3, 8), 5, ASKED, date(2026, 3, 5))
    assert (due.by, due.is_short_notice) == (date(2026, 3, 5), False)


def test_the_rep_is_told_to_phone_and_not_that_it_is_late(visit: Any, one: CareRequest) -> None:
    page = text_of(visit("northfirth.rep").get(f"/care/{one.id}"))
    assert "This is short notice. Your board asks for 5 days" in page
    assert "Please phone your engagement officer. Who to phone" in page
    assert "CANARYNORTH Officer" in page.split("Who to phone")[1]
    assert "Late" not in page
    assert "was due to arrange it" not in page


def test_the_officer_reads_short_notice_and_not_late(visit: Any, one: CareRequest) -> None:
    officer = visit("northfirth.officer")
    listed = text_of(officer.get("/care/to-arrange")).split("CANARYNORTH Rep, Friday 6 March")[1]
    assert "Arrange it today Short notice" in listed
    page = text_of(officer.get(f"/care/{one.id}/arrange"))
    assert "Wednesday 4 March 2026 Short notice The rep asked for it on Tuesday 3 March 2026" in page
    assert "Late" not in page


def test_it_is_due_today_among_what_waits_for_the_officer() -> None:
    row = Unarranged(UUID(int=1), UUID(int=2), "Ann", date(2026, 3, 6), 5, None, None, NOW)
    today = date(2026, 3, 5)
    [desk] = _arrange([row], today)
    [first] = [_all_of([row], "Arrange care for 1 request", today)]
    assert [(line.due_on, line.shown("", today).is_late) for line in (desk, first)] == [(today, False)] * 2
    assert (desk.detail, first.detail) == ("Short notice", "It is for Friday 6 March, at short notice")


def test_what_was_arranged_at_short_notice_was_not_arranged_late(visit: Any, one: CareRequest) -> None:
    officer = visit("northfirth.officer")
    do(officer, one, "arrange", 1, **{**ARRANGE, "day": SOON})
    page = text_of(officer.get(f"/care/{one.id}/arrange"))
    assert "Short notice" in page
    assert "Late" not in page


def test_a_change_of_it_does_not_make_it_late(app: Flask, visit: Any, cast: Cast, at: Any, one: CareRequest) -> None:
    with app.app_context(), unit_of_work():
        care = queries.request_by_id(cast.northfirth.id, one.id)
        actions.change(care, care.version, care.span, {"note": "Another"})
    at(datetime(2026, 3, 5, 10, tzinfo=UTC))
    page = text_of(visit("northfirth.officer").get(f"/care/{one.id}/arrange"))
    assert "Late" not in page
