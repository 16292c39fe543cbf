"""A meeting that has not begun has no minutes: none are offered for it, and it says where those of the last one go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from flask import Flask

from portal.demonstration.made_papers import made_paper
from tests.cast import NOW
from tests.papers.test_pages import send, waiting
from tests.visitor import text_of

LAST = "Are these the minutes of the meeting on Friday 13 March 2026?"


def choices(visitor: Any, meeting_id: Any) -> list[str]:
    page = lxml.html.fromstring(visitor.get(f"/meetings/{meeting_id}/papers/sort").text)
    return [one.text_content() for one in page.xpath("//select//option")]


def test_minutes_are_offered_once_the_meeting_has_begun(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, coming, ("Draft minutes.pdf", made_paper("Minutes", 1)))
    assert not [one for one in choices(clerk, coming) if "minutes" in one and "New version" not in one]
    [(key, *_)] = waiting(app, coming)
    clerk.post(f"/meetings/{coming}/papers/sort", {f"files-{key}-place": "minutes:draft"})
    assert [one[1] for one in waiting(app, coming)] == [""], "nor are they taken"
    at(NOW + timedelta(days=41))
    assert {"Draft minutes", "Approved minutes"} <= {*choices(visit("northfirth.clerk"), coming)}


@pytest.mark.parametrize("page", ["sort", "upload"])
def test_where_the_minutes_of_the_last_meeting_go_is_said(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, page: str
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, coming, ("Draft minutes.pdf", made_paper("Minutes", 1)))
    path = f"/meetings/{coming}/papers/{page}"
    early = text_of(clerk.get(path))
    assert "has no minutes yet. Minutes of an earlier meeting go on the page of that meeting." in early
    at(NOW + timedelta(days=11))
    answer = visit("northfirth.clerk").get(path)
    assert LAST in text_of(answer)
    assert "If they’re on this agenda for approval, match them to that item." in text_of(answer)
    assert f"/meetings/{things['meeting_id']}/papers/upload" in answer.text
    at(NOW + timedelta(days=41))
    assert "no minutes yet" not in text_of(visit("northfirth.clerk").get(path))
