"""The way to join online is offered until the day of a meeting is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.support_meetings import actions as supports
from tests.cast import NOW
from tests.visitor import text_of

LINK = "https://meet.example/board"


@pytest.fixture
def online(app: Flask, rolled_back: Any, things: dict[str, Any]) -> Any:
    """A meeting in forty days, and a support meeting before it, both online only."""
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(things["coming_id"])
        meeting.place, meeting.link = "", LINK
        supports.set_support(meeting, 0, meeting.starts_at - timedelta(days=1), "", LINK)
        return meeting.id


@pytest.mark.parametrize(("part", "days"), [("", 40), ("/support", 39)])
def test_until_the_end_of_its_day_and_no_longer(visit: Any, at: Any, online: Any, part: str, days: int) -> None:
    day, path = (NOW + timedelta(days=days)).replace(hour=22), f"/meetings/{online}{part}"
    at(day)
    assert "Join online" in text_of(visit("northfirth.rep").get(path))
    at(day + timedelta(hours=12))
    page = visit("northfirth.rep").get(path)
    assert LINK not in page.text
    assert "Online" in text_of(page)
