"""A request for a meeting on another day is asked about once; and every page says the same of how a request stands."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import actions
from portal.replacement_care.requests.queries import for_meeting
from portal.replacement_care.requests.rules import Span
from tests.cast import Cast
from tests.replacement_care.asking import ASK
from tests.replacement_care.test_journeys import at_two, typed
from tests.visitor import text_of

__all__ = ["at_two"]  # a fixture


def found(app: Flask, cast: Cast, key: UUID) -> CareRequest | None:
    with app.app_context():
        return for_meeting(cast.northfirth.people["rep"], key)


def after(app: Flask, key: UUID) -> list[str]:
    """The day after a meeting, as it is typed."""
    with app.app_context():
        day = meeting_by_id(key).meets_on + timedelta(days=1)
    return [str(one) for one in (day.day, day.month, day.year)]


def test_another_day_than_that_of_the_meeting_is_asked_about_once(
    app: Flask, visit: Any, cast: Cast, at_two: Any
) -> None:
    key, day = at_two
    rep, path, other = visit("northfirth.rep"), f"/care/new?meeting={key}", after(app, key)
    assert 'name="anyway"' not in rep.get(path).text
    form = typed(other, travel="")
    page = rep.post(path, form)
    assert "The meeting is on Sunday 12 April. Correct the day, or tick if you need care on Monday 13 April" in text_of(
        page
    )
    said = page.text.partition("There is a problem")[2]
    assert re.search(r'<a href="#day-day">\s*The meeting is on Sunday 12 April', said), "it leads to the day"
    assert 'href="#anyway"' not in said, "and is said once in the list"
    assert re.search(
        r'class="[^"]*govuk-input--error[^"]*" id="day-day"|id="day-day"[^>]*govuk-input--error', page.text
    )
    assert ASK["note"] in page.text, "nothing is lost"
    assert found(app, cast, key) is None
    assert rep.post(path, typed(day, travel="", once=form["once"])).status_code == 302
    one = found(app, cast, key)
    assert one
    change, where = {**typed(other, travel=""), "version": str(one.version)}, f"/care/{one.id}/change"
    assert "The meeting is on Sunday 12 April." in text_of(rep.post(where, change))
    assert found(app, cast, key).on_day == one.on_day  # type: ignore[union-attr] # it is there
    assert rep.post(where, {**change, "anyway": "y"}).status_code == 302
    one = found(app, cast, key)
    assert one
    assert one.on_day.day == 13
    again = {**change, "from_hour": "3pm", "version": str(one.version)}
    assert rep.post(where, again).status_code == 302, "asked once, not at each change"


@pytest.fixture
def arranged(app: Flask, cast: Cast, at_two: Any) -> tuple[UUID, UUID]:
    """The meeting, and care for it that an officer has arranged."""
    key, officer = at_two[0], cast.northfirth.people["officer"]
    with app.app_context(), unit_of_work():
        one = actions.ask_for_meeting(meeting_by_id(key), cast.northfirth.people["rep"])
        arranging.take(one, one.version, officer)
        arranging.arrange(one, one.version, officer, one.span, {"arrangement": "Jo comes"})
        return key, one.id


def test_a_change_that_is_not_accepted_yet_is_called_so_everywhere(
    app: Flask, visit: Any, cast: Cast, arranged: tuple[UUID, UUID]
) -> None:
    key, request_id = arranged
    rep, pages = visit("northfirth.rep"), ("/", f"/meetings/{key}", "/care", f"/care/{request_id}")
    for page in pages:
        assert "change not accepted yet" not in text_of(rep.get(page)).lower(), page
    with app.app_context(), unit_of_work():
        one = for_meeting(cast.northfirth.people["rep"], key)
        assert one
        actions.change(one, one.version, Span(one.starts_at, one.ends_at + timedelta(hours=1)), {})
    for page in pages:
        said = text_of(rep.get(page)).lower()
        assert "change not accepted yet" in said, page
        assert "being arranged" not in said, page


def test_a_refused_request_says_whom_to_tell_and_what_can_be_done(
    app: Flask, visit: Any, cast: Cast, arranged: tuple[UUID, UUID]
) -> None:
    key, request_id = arranged
    with app.app_context(), unit_of_work():
        one = for_meeting(cast.northfirth.people["rep"], key)
        assert one
        arranging.cannot(one, one.version, cast.northfirth.people["officer"], "We can pay a friend you find")
    page = visit("northfirth.rep").get(f"/care/{request_id}")
    assert "To accept what is offered, or ask about it, email CANARYNORTH Officer." in text_of(page)
    assert 'href="mailto:' in page.text
    assert f"/care/new?meeting={key}" in page.text
