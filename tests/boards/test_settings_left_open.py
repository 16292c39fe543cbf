"""A page left open in an older tab undoes nothing that it did not touch, and says what it would replace."""

from __future__ import annotations

from typing import Any

import lxml.html
from flask import Flask

from portal.boards import queries
from tests.cast import Cast
from tests.visitor import text_of

SETTINGS = "/boards/northfirth/settings"


def boxes(page: Any) -> dict[str, Any]:
    """What a browser would send of the page's last form: of several boxes with one name, all."""
    form = lxml.html.fromstring(page.text).xpath("//main//form[.//input[@name='version']]")[-1]
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def test_what_an_older_tab_did_not_touch_stays_as_the_other_saved_it(app: Flask, visit: Any, cast: Cast) -> None:
    admin = visit("northfirth.admin")
    older, newer = boxes(admin.get(SETTINGS)), boxes(admin.get(SETTINGS))
    newer |= {"contact": "Fiona, 01595 000000", "clear_notice_days": "6"}
    assert admin.post(SETTINGS, newer).status_code == 302
    older |= {"clear_notice_days": "9"}
    page = admin.post(SETTINGS, older)
    words = text_of(page)
    assert "This was changed since you opened this page" in words
    assert "Clear days before a meeting, under your standing orders: 6" in words, (
        "what this form would replace is named"
    )
    assert "Who can people ask: " not in words, "the other's contact is shown in its box, and replaced by nothing"
    assert admin.post(SETTINGS, boxes(page)).status_code == 302
    with app.app_context():
        board = queries.board_by_key("northfirth")
        assert board
        assert (board.contact, board.clear_notice_days) == ("Fiona, 01595 000000", 9)


def test_each_box_that_differs_is_named_where_a_page_sends_no_marks(visit: Any, cast: Cast) -> None:
    admin = visit("northfirth.admin")
    older = boxes(admin.get(SETTINGS))
    newer = {**older, "contact": "Fiona", "reminder_days": "30, 20"}
    assert admin.post(SETTINGS, newer).status_code == 302
    words = text_of(admin.post(SETTINGS, {**older, "version": older["version"][0]}))
    assert "Who can people ask: Fiona" in words
    assert "Remind us of papers due, in days before the meeting: 30, 20" in words


def test_a_meeting_keeps_what_was_not_touched(visit: Any, things: dict[str, Any]) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['coming_id']}/change"
    older, newer = boxes(clerk.get(path)), boxes(clerk.get(path))
    assert clerk.post(path, newer | {"place": "The Town Hall"}).status_code == 302
    page = clerk.post(path, older | {"link": "https://example.scot/call"})
    assert "This was changed since you opened this page" in text_of(page)
    assert boxes(page)["place"] == ["The Town Hall"]
    assert boxes(page)["link"] == ["https://example.scot/call"]
    assert clerk.post(path, boxes(page)).status_code == 302
