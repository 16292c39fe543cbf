"""Printed papers that should have been posted by a day that is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.check_in.actions import check_in_of
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from tests.cast import Cast
from tests.visitor import text_of


@pytest.mark.parametrize(("days", "is_late"), [(20, False), (1, True)])
def test_papers_to_post_are_late_once_their_day_is_over(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any, days: int, is_late: bool
) -> None:
    key = cast.northfirth.things["coming_id"]
    with app.app_context(), unit_of_work():
        meeting = db.session.get_one(Meeting, key)
        check_in_of(meeting, cast.person("northfirth.rep")).printed = True
        starts_at = meeting.starts_at
    at(starts_at - timedelta(days=days))
    words = text_of(visit("northfirth.clerk").get(f"/meetings/{key}/coming")).split("Printed papers to post")[1]
    assert ("Late" in words[:40], "at the latest" in words[:50]) == (is_late, not is_late)
