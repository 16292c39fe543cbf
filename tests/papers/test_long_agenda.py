"""A long agenda: the clerk's page of it asks the database no more, and each further item costs it little."""

from __future__ import annotations

from typing import Any

from flask import Flask
from lxml.html import fromstring

from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import add_item
from portal.meetings.queries import meeting_by_id
from tests.papers.test_pages import queries_on

SHORT, LONG = 15, 150
MOST_CHARACTERS = 1500  # of each further item


def lengthened(app: Flask, meeting_id: Any, before: int, after: int) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(meeting_id)
        for number in range(before, after):
            add_item(meeting, title=f"Item {number}")


def test_the_clerks_page_of_a_long_agenda(app: Flask, visit: Any, rolled_back: Any, things: dict[str, Any]) -> None:
    """Its queries are those of a short one. A form with a token for each button would be a third more."""
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['coming_id']}"
    lengthened(app, things["coming_id"], 0, SHORT)
    few, short = queries_on(app, clerk, path), len(clerk.get(path).text)
    lengthened(app, things["coming_id"], SHORT, LONG)
    many, long = queries_on(app, clerk, path), len(clerk.get(path).text)
    assert many <= few
    assert (long - short) / (LONG - SHORT) < MOST_CHARACTERS


def test_one_form_moves_and_removes_every_item(
    app: Flask, visit: Any, rolled_back: Any, things: dict[str, Any]
) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['coming_id']}"
    lengthened(app, things["coming_id"], 0, 3)
    page = fromstring(clerk.get(path).text)
    assert len(page.xpath("//form[@id='items']")) == 1
    assert [one.text_content().split()[0] for one in page.xpath("//button[@form='items']")] == [
        *("Down", "Up", "Down", "Up"),
    ]
    removing = page.xpath("//a[contains(@href, '/items/')][contains(@href, '/remove')]")
    assert len(removing) == 3, "which is asked on a page of its own"
    [down, *_] = page.xpath("//button[@form='items'][@name='step']")
    clerk.post(down.get("formaction"), {"step": down.get("value")})
    titles = [one.text_content() for one in fromstring(clerk.get(path).text).xpath("//ol[@class='portal-list']/li")]
    assert [" ".join(one.split())[:8] for one in titles] == ["1 Item 1", "2 Item 0", "3 Item 2"]
