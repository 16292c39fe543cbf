"""An answer sent from a page left open, when it is not asked for any more, is shown and said not to be saved."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from tests.cast import Cast
from tests.check_in.test_check_in import FIRST, asked, link
from tests.visitor import text_of

__all__ = ["asked"]  # a fixture

LATE = {**FIRST, "help_words": "A seat by the door"}


@pytest.fixture
def path(things: dict[str, Any], rolled_back: Any) -> str:
    return f"/meetings/{things['meeting_id']}"


def test_a_depute_who_gave_the_meeting_up_reads_that_nothing_is_saved(visit: Any, path: str) -> None:
    depute = visit("northfirth.depute")
    depute.post(f"{path}/cannot")
    page = depute.post(f"{path}/check-in", LATE)
    assert page.status_code == 404
    said = text_of(page)
    assert "Your answer was not saved." in said
    assert "You said you can’t come" in said
    assert "A seat by the door" in said


def test_an_answer_about_a_meeting_that_was_cancelled_is_shown(
    app: Flask, visit: Any, path: str, cast: Cast, things: dict[str, Any]
) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        meetings.cancel(meeting, meeting.version, "Snow")
    page = visit("northfirth.depute").post(f"{path}/check-in", LATE)
    assert page.status_code == 409
    assert "Your answer was not saved. The meeting does not take place." in text_of(page)
    assert "A seat by the door" in text_of(page)


def test_an_answer_by_a_mailed_link_that_is_over_is_shown(
    app: Flask, cast: Cast, visit: Any, asked: None, things: dict[str, Any]
) -> None:
    where = link(app, cast)
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        meetings.cancel(meeting, meeting.version, "Snow")
    page = visit("").post(where, LATE)
    assert page.status_code == 404
    assert "Your answer was not saved." in text_of(page)
    assert "A seat by the door" in text_of(page)
