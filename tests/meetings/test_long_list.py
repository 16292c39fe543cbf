"""A board with many meetings: a year of them at a time, and which still lack papers."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.boards.models import Group
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import add_item, schedule
from portal.meetings.queries import meeting_by_id
from tests.cast import TODAY, Cast
from tests.visitor import text_of

PAGE = "/boards/northfirth/meetings"


@pytest.fixture
def many(app: Flask, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, cast.northfirth.things["group_id"])
        for weeks in range(1, 21):
            schedule(group, TODAY - timedelta(weeks=4 * weeks), time(10))


@pytest.mark.usefixtures("many")
def test_past_meetings_are_shown_a_year_at_a_time(visit: Any) -> None:
    clerk = visit("northfirth.clerk")
    newest, every = text_of(clerk.get(PAGE)), text_of(clerk.get(f"{PAGE}?year=all"))
    assert "Showing 2 of" in newest
    assert "2024" not in newest.split("Showing")[1]
    assert "2024" in every.split("Showing")[1]


@pytest.mark.usefixtures("many")
def test_none_of_what_was_chosen_is_said_and_leads_to_all(visit: Any) -> None:
    page = visit("northfirth.clerk").get(f"{PAGE}?year=2024&group=Nobody")
    assert "year=all" in page.text


def test_a_meeting_with_some_of_its_papers_does_not_say_that_they_are_published(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    assert "Papers published" in text_of(visit("northfirth.clerk").get(PAGE))
    with app.app_context(), unit_of_work():
        add_item(meeting_by_id(cast.northfirth.things["meeting_id"]), title="Winter plan")
    assert "Some papers published" in text_of(visit("northfirth.clerk").get(PAGE))
