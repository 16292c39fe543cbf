"""Care lasts as long as the agenda of its meeting goes on, and whoever travels is asked how long that takes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.core.text import hour_words
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import AgendaItem
from portal.meetings.queries import meeting_by_id
from portal.replacement_care.requests import actions
from portal.replacement_care.requests.agenda_end import goes_on_until
from portal.replacement_care.requests.queries import for_meeting
from tests.cast import NOW, TODAY, Cast
from tests.check_in.test_check_in import answered_before
from tests.visitor import text_of

TEN = datetime(2026, 3, 13, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("timings", "until"),
    [
        ([], "10am"),
        (["10am", "12:05pm", "12:10pm"], "12:25pm"),
        (["10am", "12.10pm (20 mins)"], "12:30pm"),
        (["10:00 to 10:30", "12 noon – 12.40"], "12:40pm"),
        (["12:15"], "12:30pm"),
        (["1.15", "as needed"], "1:30pm"),
        (["1 hour", "45 minutes", "40 mins", "spoken"], "12:25pm"),
        (["11:45am", "20 minutes", "25 minutes"], "12:45pm"),
        (["12:10pm", "10:05am"], "12:25pm"),
        (["9am", "11pm", "25:10", "3"], "10am"),
    ],
)
def test_an_agenda_goes_on_until_its_last_item_is_over(timings: list[str], until: str) -> None:
    assert hour_words(goes_on_until(TEN, timings)) == until


@pytest.fixture
def long(app: Flask, cast: Cast, rolled_back: Any, rep_goes: Any) -> UUID:
    """A meeting at 10am whose agenda has an item at 12:15pm, for a rep who asked for care before."""
    answered_before(app, cast)
    key: UUID = cast.northfirth.things["meeting_id"]
    return key


def add_item(app: Flask, key: UUID, *, is_published: bool = True) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(key)
        of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": key}
        item = AgendaItem(**of, position=99, title="Any other business", timing="12:15pm", added_on=TODAY)
        item.published_at = NOW if is_published else None
        db.session.add(item)


ALLOWED = "We’ve allowed until 12:30pm, as the agenda has items until then. You can change this."


def test_the_care_page_allows_for_the_agenda_and_says_so(app: Flask, visit: Any, long: UUID) -> None:
    add_item(app, long)
    assert f"Care from 10am to 12:30pm. {ALLOWED}" in text_of(visit("northfirth.rep").get("/care"))


def test_the_form_begins_with_it(app: Flask, visit: Any, long: UUID) -> None:
    add_item(app, long)
    page = visit("northfirth.rep").get(f"/care/new?meeting={long}")
    assert ALLOWED in text_of(page)
    assert 'value="12:30"' in page.text


def test_what_is_sent_is_as_long(app: Flask, visit: Any, cast: Cast, long: UUID) -> None:
    add_item(app, long)
    rep = visit("northfirth.rep")
    page = text_of(rep.post(f"/care/as-last-time/{long}", follow_redirects=True))
    assert ALLOWED in page
    with app.app_context():
        one = for_meeting(cast.northfirth.people["rep"], long)
        assert one
        assert hour_words(one.ends_at) == "12:30pm"


def test_an_item_that_is_not_published_tells_nothing(app: Flask, visit: Any, long: UUID) -> None:
    add_item(app, long, is_published=False)
    assert "Care from 10am to 12pm." in text_of(visit("northfirth.rep").get("/care"))


def test_an_agenda_that_is_published_later_is_said_on_the_request(
    app: Flask, visit: Any, cast: Cast, long: UUID
) -> None:
    with app.app_context(), unit_of_work():
        key = actions.ask_for_meeting(meeting_by_id(long), cast.northfirth.people["rep"]).id
    rep, said = visit("northfirth.rep"), "The agenda has items until 12:30pm, but these times end before that."
    assert said not in text_of(rep.get(f"/care/{key}"))
    add_item(app, long)
    assert said in text_of(rep.get(f"/care/{key}"))


def test_whoever_comes_in_person_is_asked_for_a_journey_nobody_knows(visit: Any, long: UUID) -> None:
    page = text_of(visit("northfirth.rep").get("/care"))
    assert "Care from 10am to 12pm. We do not know your journey: if you travel, add it" in page
    assert "without a journey" not in page


def test_the_check_in_says_that_the_journey_is_not_known(visit: Any, long: UUID) -> None:
    page = text_of(visit("northfirth.rep").post(f"/meetings/{long}/check-in", {"coming": "in_person"}))
    assert "As last time: yes, from 10am to 12pm (we do not know your journey yet)" in page
    assert "without a journey" not in page
