"""Pages of one thing, saved in one moment: one of them is first, and every other is told or takes what it saved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from queue import SimpleQueue
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from portal.boards.models import Group
from portal.check_in.models import CheckIn
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import add_item, schedule
from portal.meetings.models import AgendaItem
from portal.meetings.queries import meeting_by_id
from tests.cast import NOW, Cast, anywhere
from tests.security.sent_as_shown import ShownForm, forms_of
from tests.soak.test_races import AT_ONCE, all_at_once, filled
from tests.visitor import Visitor, text_of

__all__ = ["filled"]  # the fixture of the other races
pytestmark = [pytest.mark.slow, pytest.mark.races]
MEANWHILE = "This was changed since you opened this page."
Tabs = Callable[[str], list[ShownForm]]


@pytest.fixture
def tabs(filled: tuple[Flask, Cast]) -> Tabs:
    """As many browsers of the clerk as act at once, each with a page open."""
    app, cast = filled
    clock.use(lambda: NOW)

    def opened(path: str) -> list[ShownForm]:
        visitors = [Visitor(app, cast.northfirth.people["clerk"]) for _ in range(AT_ONCE)]
        return [next(form for form in forms_of(path, one) if form.path == path) for one in visitors]

    return opened


def saved_at_once(app: Flask, forms: list[ShownForm], changes: list[dict[str, str]]) -> list[TestResponse]:
    """Each with its change, all in the same moment; the answers in no order."""
    waiting: SimpleQueue[tuple[ShownForm, dict[str, str]]] = SimpleQueue()
    for pair in zip(forms, changes, strict=True):
        waiting.put(pair)

    def send() -> TestResponse:
        form, change = waiting.get()
        fields = MultiDict(form.fields)
        for name, value in change.items():
            fields[name] = value
        return form.visitor.client.post(form.path, data=fields, follow_redirects=True)

    found = all_at_once(app, send)
    assert all(isinstance(one, TestResponse) and one.status_code == 200 for one in found), found
    return found


def new_item(app: Flask, cast: Cast) -> Any:
    with app.app_context(), unit_of_work():
        return add_item(meeting_by_id(cast.northfirth.things["coming_id"]), title="Risks", purpose="").id


def test_of_many_titles_of_an_item_at_once_one_is_saved_and_each_other_is_told(
    filled: tuple[Flask, Cast], tabs: Tabs
) -> None:
    app, cast = filled
    key = new_item(app, cast)
    titles = [f"Risks as {number} sees them" for number in range(AT_ONCE)]
    found = saved_at_once(app, tabs(f"/items/{key}/change"), [{"title": one} for one in titles])
    assert sum(MEANWHILE in text_of(one) for one in found) == AT_ONCE - 1
    with app.app_context():
        assert db.session.scalar(anywhere(select(AgendaItem.title).where(AgendaItem.id == key))) in titles


def test_of_many_boxes_of_an_item_at_once_each_is_saved(filled: tuple[Flask, Cast], tabs: Tabs) -> None:
    app, cast = filled
    key = new_item(app, cast)
    changes = [{"title": "Strategic risks"}, {"presenter": "Chief Officer"}, {"timing": "10 minutes"}]
    saved_at_once(app, tabs(f"/items/{key}/change"), (changes * AT_ONCE)[:AT_ONCE])
    with app.app_context():
        item = db.session.scalars(anywhere(select(AgendaItem).where(AgendaItem.id == key))).one()
        assert (item.title, item.presenter, item.timing) == ("Strategic risks", "Chief Officer", "10 minutes")


def test_of_many_providers_contacts_at_once_one_is_saved(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    path = f"/care-providers/{cast.northfirth.things['provider_id']}/change"
    visitors = [Visitor(app, cast.northfirth.people["admin"]) for _ in range(AT_ONCE)]
    forms = [next(form for form in forms_of(path, one) if form.path == path) for one in visitors]
    found = saved_at_once(app, forms, [{"contact": f"01463 00000{number}"} for number in range(AT_ONCE)])
    assert sum(MEANWHILE in text_of(one) for one in found) == AT_ONCE - 1


def test_whoever_came_is_recorded_once(filled: tuple[Flask, Cast], tabs: Tabs) -> None:
    app, cast = filled
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, cast.northfirth.things["group_id"])
        meeting_id = schedule(group, (NOW - timedelta(days=14)).date(), NOW.time()).id
    forms = tabs(f"/meetings/{meeting_id}/attendance")
    rep = f"attended-{cast.northfirth.people['rep']}"
    page = forms[0].visitor.get(forms[0].page).text
    boxes = {part.split('"')[0] for part in page.split('name="')[1:] if part.startswith("attended-")}
    answers = ["came", "absent"] * AT_ONCE
    found = saved_at_once(app, forms, [{**dict.fromkeys(boxes, "came"), rep: one} for one in answers[:AT_ONCE]])
    with app.app_context():
        of_meeting = (
            select(CheckIn.person_id, CheckIn.attended).where(CheckIn.meeting_id == meeting_id).order_by(CheckIn.id)
        )
        recorded = {f"attended-{key}": how for key, how in db.session.execute(anywhere(of_meeting))}
    assert recorded.keys() == boxes
    assert sum("Attendance saved." in text_of(one) for one in found) == AT_ONCE // 2, "those who said what is recorded"
