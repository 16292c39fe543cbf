"""A support meeting at the time of another meeting of the same reps: said, and kept only when the officer says so."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.boards.queries import groups
from portal.core.calendar import moment
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import schedule
from portal.support_meetings.actions import set_support
from portal.support_meetings.rules import MEETING_LASTS, SUPPORT_LASTS, overlaps
from tests.cast import NOW, Cast
from tests.support_meetings.test_pages import WHEN
from tests.visitor import text_of


@pytest.fixture
def another(app: Flask, cast: Cast, rolled_back: Any) -> None:
    """The same group meets at 1:30pm on the day of the support meeting."""
    with app.app_context(), unit_of_work():
        schedule(groups(cast.northfirth.id)[0], date(2026, 3, 9), time(13, 30))


def test_an_overlap_is_said_and_kept_only_on_purpose(visit: Any, cast: Cast, another: None) -> None:
    path, officer = f"/meetings/{cast.northfirth.things['coming_id']}/support", visit("northfirth.officer")
    assert "anyway" not in officer.get(f"{path}/arrange").text
    page = officer.post(f"{path}/arrange", WHEN)
    assert "This overlaps CANARYNORTH Main Group, which starts at 1:30pm" in text_of(page)
    assert "Use this time even though it overlaps" in text_of(page)
    assert "There is no support meeting." in text_of(officer.get(path))
    assert officer.post(f"{path}/arrange", {**WHEN, "anyway": "y"}).status_code == 302
    assert "2pm on Monday 9 March 2026" in text_of(officer.get(path))


def test_another_time_overlaps_nothing(visit: Any, cast: Cast, another: None) -> None:
    path = f"/meetings/{cast.northfirth.things['coming_id']}/support/arrange"
    assert visit("northfirth.officer").post(path, {**WHEN, "hour": "10am"}).status_code == 302


@given(st.integers(-600, 600))
def test_what_ends_before_the_other_begins_never_overlaps(minutes: int) -> None:
    support = NOW + timedelta(minutes=minutes)
    is_apart = support + SUPPORT_LASTS <= NOW or support >= NOW + MEETING_LASTS
    assert overlaps(support, NOW) != is_apart


def test_two_support_meetings_at_one_time_are_asked_about(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        other = schedule(groups(cast.northfirth.id)[0], date(2026, 3, 20), time(10))
        set_support(other, 1, moment(date(2026, 3, 9), time(14, 30)), "Library", "")
    path, officer = f"/meetings/{cast.northfirth.things['coming_id']}/support", visit("northfirth.officer")
    words = "overlaps the support meeting before the CANARYNORTH Main Group meeting of"
    assert words in text_of(officer.post(f"{path}/arrange", WHEN))
    assert officer.post(f"{path}/arrange", {**WHEN, "anyway": "y"}).status_code == 302
    for who in ("northfirth.officer", "northfirth.rep"):
        assert words in text_of(visit(who).get(path))
