"""An agenda whose minutes are published, or whose meeting did not take place, changes no more; items are restricted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions, queries
from portal.meetings.models import AgendaItem, Meeting
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

OVER = NOW + timedelta(days=12)
MINUTES = "The minutes of this meeting have been published, so its agenda can no longer be changed."
NOT_HELD = "This meeting did not take place. An administrator can correct the record."
BEGUN = "This meeting has begun, so the order of its items can no longer be changed."


def end(app: Flask, things: dict[str, Any], how: str) -> list[str]:
    """Two items are on it, published; what they are called, in order."""
    with app.app_context(), unit_of_work():
        meeting = db.session.get_one(Meeting, things["meeting_id"])
        for number in range(2):
            actions.add_item(meeting, uuid4(), title=f"Item {number}", number="")
        for item in queries.items(meeting.id):
            item.published_at = clock.now()
        if how == "minutes":
            meeting.minutes_published_at = clock.now()
        elif how == "not_held":
            meeting.status = "not_held"
    return titles(app, things)


def titles(app: Flask, things: dict[str, Any]) -> list[str]:
    with app.app_context():
        return [one.title for one in queries.items(things["meeting_id"])]


@pytest.mark.parametrize(("how", "why"), [("minutes", MINUTES), ("not_held", NOT_HELD)])
def test_nothing_of_it_is_changed_and_an_item_is_restricted(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any, how: str, why: str
) -> None:
    at(OVER)
    before = end(app, things, how)
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}"
    with app.app_context():
        first, second = [one.id for one in queries.items(things["meeting_id"])][:2]
    page = clerk.get(path)
    for address in (f"/items/{first}/change", f"/items/{first}/move", "/agenda/paste", "/agenda/copy", "/items/new"):
        assert address not in page.text
    assert f"/items/{first}/restriction" in page.text
    sent: dict[str, dict[str, Any]] = {
        f"/items/{second}/move": {"step": "up"},
        f"{path}/agenda/paste": {"pasted": "1. New"},
        f"{path}/agenda/paste/check": {"pasted": "1. New"},
        f"{path}/agenda/copy": {},
    }
    for address, typed in sent.items():
        assert why in text_of(clerk.post(address, typed, follow_redirects=True)), address
    new = {"title": "New", "once": str(uuid4())}
    assert f"What you sent was not saved. {why}" in text_of(clerk.post(f"{path}/items/new", new))
    changed = {"title": "Changed", "version": "1"}
    assert f"What you sent was not saved. {why}" in text_of(clerk.post(f"/items/{first}/change", changed))
    assert titles(app, things) == before
    with app.app_context():
        one = select(AgendaItem).where(AgendaItem.id == first).options(joinedload(AgendaItem.meeting))
        item = db.session.scalars(anywhere(one)).one()
        with pytest.raises(actions.Settled):
            actions.change_item(item, title="Changed")
    assert clerk.get(f"/items/{first}/restriction").status_code == 200


def test_of_a_meeting_that_has_begun_the_order_stays_and_items_are_added(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    before = end(app, things, "over")
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}"
    with app.app_context():
        last = [one.id for one in queries.items(things["meeting_id"])][-1]
    page = clerk.get(path)
    assert f"/items/{last}/move" not in page.text
    assert f"/items/{last}/change" in page.text
    assert BEGUN in text_of(clerk.post(f"/items/{last}/move", {"step": "up"}, follow_redirects=True))
    assert titles(app, things) == before
    clerk.post(f"{path}/items/new", {"title": "Raised on the day", "purpose": "", "once": str(uuid4())})
    assert titles(app, things) == [*before, "Raised on the day"]


def test_what_is_settled_of_a_meeting_is_its_day_and_time(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/change"
    said = "This meeting is over, so its day and time can no longer be changed."
    assert said in text_of(clerk.get(path, follow_redirects=True))
