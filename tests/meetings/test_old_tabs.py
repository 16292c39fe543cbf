"""A page left open undoes nothing that it did not touch, and says what it did not save."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import select

from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import AgendaItem
from portal.papers.models import Paper
from tests.cast import NOW, Cast, anywhere
from tests.visitor import Visitor, text_of


def fields_of(visitor: Visitor, path: str) -> dict[str, Any]:
    """Everything that the form of a page would send as it stands; of boxes of one name, each."""
    page = lxml.html.fromstring(visitor.get(path).text)
    found: dict[str, Any] = {}
    for box in page.xpath("//main//form//*[@name][not(@name='csrf_token')]"):
        if box.get("type") in ("checkbox", "radio") and box.get("checked") is None:
            continue
        chosen = box.xpath(".//option[@selected]/@value") if box.tag == "select" else []
        value = chosen[0] if chosen else box.get("value", (box.text or "").strip())
        found.setdefault(box.get("name"), []).append(value)
    return found


def item(app: Flask, key: Any) -> AgendaItem:
    with app.app_context():
        return db.session.scalars(anywhere(select(AgendaItem).where(AgendaItem.id == key))).one()


@pytest.fixture
def unpublished(visit: Any, app: Flask, things: dict[str, Any]) -> str:
    visit("northfirth.clerk").post(f"/meetings/{things['coming_id']}/items/new", {"title": "Risks", "purpose": ""})
    with app.app_context():
        found = select(AgendaItem.id).where(AgendaItem.meeting_id == things["coming_id"], AgendaItem.title == "Risks")
        return f"/items/{db.session.scalars(anywhere(found)).one()}"


def test_an_old_page_of_an_item_undoes_no_restriction(visit: Any, app: Flask, unpublished: str) -> None:
    clerk, path, key = visit("northfirth.clerk"), f"{unpublished}/change", UUID(unpublished.rpartition("/")[2])
    old = fields_of(clerk, path)
    clerk.post(path, {**fields_of(clerk, path), "is_restricted": "y", "paragraphs": ["8"], "purpose": "assurance"})
    assert item(app, key).is_restricted
    assert clerk.post(path, {**old, "presenter": "Chief Officer"}).status_code == 302
    now = item(app, key)
    assert (now.is_restricted, now.paragraphs, now.purpose) == (True, ["8"], "assurance")
    assert now.presenter == "Chief Officer"
    assert not now.is_number_typed, "nor is its number typed now"


def test_what_two_changed_is_shown_to_the_second(visit: Any, app: Flask, unpublished: str) -> None:
    clerk, path, key = visit("northfirth.clerk"), f"{unpublished}/change", UUID(unpublished.rpartition("/")[2])
    old = fields_of(clerk, path)
    clerk.post(path, {**fields_of(clerk, path), "title": "Strategic risks"})
    second = clerk.post(path, {**old, "title": "Risk register"})
    assert "This was changed since you opened this page." in text_of(second)
    assert "Title: Strategic risks" in text_of(second)
    assert "Risk register" in text_of(second)
    assert item(app, key).title == "Strategic risks"
    again = {**old, "title": "Risk register"}
    page = lxml.html.fromstring(second.text)
    again["version"] = page.xpath("//main//input[@name='version']/@value")
    assert clerk.post(path, again).status_code == 302, "once it was seen, it may be so"
    assert item(app, key).title == "Risk register"


def test_an_old_page_moves_no_item_a_second_time(visit: Any, app: Flask, things: dict[str, Any]) -> None:
    clerk, page = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}"
    step = {"step": lxml.html.fromstring(clerk.get(page).text).xpath("//button[@name='step']/@value")[0]}
    assert step["step"].startswith("down ")
    move = f"/items/{things['item_id']}/move"
    clerk.post(move, step)
    moved = item(app, things["item_id"]).position
    late = clerk.post(move, step, follow_redirects=True)
    assert "The agenda was changed after you opened this page, so nothing was moved." in text_of(late)
    assert item(app, things["item_id"]).position == moved


def test_an_old_page_of_details_undoes_nothing(visit: Any, app: Flask, things: dict[str, Any]) -> None:
    clerk, path = visit("northfirth.clerk"), f"/papers/{things['paper_id']}/details"
    old = fields_of(clerk, path)
    clerk.post(path, {**fields_of(clerk, path), "carer_impact": "substantial"})
    assert clerk.post(path, {**old, "reference": "NIJB15"}).status_code == 302
    with app.app_context():
        paper = db.session.scalars(anywhere(select(Paper).where(Paper.id == things["paper_id"]))).one()
        assert (paper.carer_impact, paper.reference) == ("substantial", "NIJB15")


def test_attendance_that_was_recorded_meanwhile_is_not_said_to_be_saved(
    visit: Any, cast: Cast, things: dict[str, Any], rep_goes: None
) -> None:
    clock.use(lambda: NOW + timedelta(days=11))
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/attendance"
    box = f"attended-{cast.northfirth.people['rep']}"
    said = clerk.post(path, {box: "online"}, follow_redirects=True)
    assert "Attendance saved." in text_of(said)
    late = text_of(clerk.post(path, {box: "absent"}, follow_redirects=True))
    assert "Attendance saved." not in late
    assert "“Came online” for CANARYNORTH Rep was recorded after you opened this page." in late


def test_a_title_that_another_changed_stops_no_page_that_left_it_alone(
    visit: Any, app: Flask, unpublished: str, things: dict[str, Any]
) -> None:
    clerk, path, key = visit("northfirth.clerk"), f"{unpublished}/change", UUID(unpublished.rpartition("/")[2])
    details = f"/papers/{things['paper_id']}/details"
    old, old_details = fields_of(clerk, path), fields_of(clerk, details)
    clerk.post(path, {**fields_of(clerk, path), "title": "Strategic risks"})
    clerk.post(details, {**fields_of(clerk, details), "title": "Renamed"})
    assert clerk.post(path, {**old, "timing": "10 minutes"}).status_code == 302
    assert clerk.post(details, {**old_details, "reference": "NIJB15"}).status_code == 302
    assert (item(app, key).title, item(app, key).timing) == ("Strategic risks", "10 minutes")


def test_a_restriction_that_comes_too_late_is_not_said_to_be_saved(visit: Any, app: Flask, unpublished: str) -> None:
    clerk, path, key = visit("northfirth.clerk"), f"{unpublished}/change", UUID(unpublished.rpartition("/")[2])
    old = fields_of(clerk, path)
    with app.app_context(), unit_of_work():
        db.session.get_one(AgendaItem, key).published_at = NOW
    answer = clerk.post(path, {**old, "is_restricted": "y", "paragraphs": ["8"]})
    assert "This was not saved." in text_of(answer)
    assert "so it is not restricted" in text_of(answer)
    assert not item(app, key).is_restricted


def test_what_is_restricted_since_stays_so_with_its_paragraphs(visit: Any, app: Flask, things: dict[str, Any]) -> None:
    clerk, key = visit("northfirth.clerk"), things["item_id"]
    path = f"/items/{key}/change"
    old = fields_of(clerk, path)
    with app.app_context(), unit_of_work():
        one = db.session.get_one(AgendaItem, key)
        one.is_restricted, one.paragraphs = True, ["8"]
    assert clerk.post(path, {**old, "timing": "10 minutes"}).status_code == 302
    assert (item(app, key).is_restricted, item(app, key).paragraphs) == (True, ["8"])


def test_an_old_page_moves_nothing_after_an_item_was_removed(visit: Any, app: Flask, things: dict[str, Any]) -> None:
    clerk, meeting = visit("northfirth.clerk"), things["coming_id"]
    for title in "ABCD":
        clerk.post(f"/meetings/{meeting}/items/new", {"title": title, "purpose": ""})
    of_meeting = select(AgendaItem).where(AgendaItem.meeting_id == meeting).order_by(AgendaItem.position)
    with app.app_context():
        found = {one.title: one for one in db.session.scalars(anywhere(of_meeting))}
    clerk.post(f"/items/{found['B'].id}/remove")
    clerk.post(f"/items/{found['C'].id}/move", {"step": f"up {found['C'].position}"})
    with app.app_context():
        assert [one.title for one in db.session.scalars(anywhere(of_meeting))][-3:] == ["A", "C", "D"]
