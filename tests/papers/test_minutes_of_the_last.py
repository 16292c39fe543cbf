"""A meeting that has not begun has no minutes: none are offered for it, and it says where those of the last one go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from flask import Flask

from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.meetings.rules import NOT_HELD
from portal.papers.destination import Destination
from portal.papers.packs.cover import _sentences
from portal.papers.packs.queries import every_pack, packs
from tests.cast import NOW
from tests.made_papers import made_paper
from tests.papers.test_pages import send, waiting
from tests.papers.withdrawing import Outside, upload
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
    assert "once it has begun. Upload minutes of an earlier meeting on the page of that meeting." in early
    at(NOW + timedelta(days=11))
    answer = visit("northfirth.clerk").get(path)
    assert LAST in text_of(answer)
    assert "If they’re on this agenda for approval, match them to that item." in text_of(answer)
    assert f"/meetings/{things['meeting_id']}/papers/upload" in answer.text
    at(NOW + timedelta(days=41))
    assert "no minutes yet" not in text_of(visit("northfirth.clerk").get(path))


@pytest.mark.parametrize(("stage", "said"), [("draft", "Are these the approved minutes of"), ("approved", "")])
def test_of_minutes_that_are_there_nobody_is_asked(
    here: Outside, visit: Any, things: dict[str, Any], at: Any, stage: str, said: str
) -> None:
    at(NOW + timedelta(days=11))
    upload(things, Destination.read(f"minutes:{stage}"), "Minutes")
    page = text_of(visit("northfirth.clerk").get(f"/meetings/{things['coming_id']}/papers/upload"))
    assert LAST not in page
    assert (f"{said} the meeting on Friday 13 March 2026?" in page) is bool(said)
    assert ("are approved and published" in page) is not bool(said)


def test_of_a_meeting_that_did_not_take_place_no_minutes_are_asked_for(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    with here(), unit_of_work():
        meeting_by_id(things["meeting_id"]).status = NOT_HELD
    at(NOW + timedelta(days=11))
    clerk = visit("northfirth.clerk")
    for page in (f"/meetings/{things['meeting_id']}/papers/upload", f"/meetings/{things['meeting_id']}"):
        assert "Upload minutes" not in text_of(clerk.get(page))


def test_the_cover_of_a_pack_speaks_of_minutes_only_where_there_are_some(
    here: Outside, things: dict[str, Any], at: Any
) -> None:
    said = [has_minutes(here, things)]
    at(NOW + timedelta(days=11))
    upload(things, Destination.read("minutes:draft"), "Minutes")
    assert [*said, has_minutes(here, things)] == [False, True]


def has_minutes(here: Outside, things: dict[str, Any]) -> bool:
    with here():
        words = list(_sentences(every_pack(things["meeting_id"])[0], 1))
    return "The minutes of this meeting are not in it" in " ".join(words)


@pytest.mark.parametrize(
    ("item", "file", "is_asked"),
    [
        ("Minutes of previous meeting", "2 Minutes of previous meeting.pdf", False),
        ("Minute of the last meeting", "Draft minutes 13 March.pdf", False),
        ("Minutes", "Audit committee minutes.pdf", False),
        ("Budget", "1 Budget.pdf", False),
        ("Budget", "Zebra crossings.pdf", False),
        ("Budget", "Draft minutes 13 March.pdf", True),
    ],
)
def test_nobody_is_asked_of_files_that_are_no_minutes_or_of_an_item_for_them(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, item: str, file: str, is_asked: bool
) -> None:
    at(NOW + timedelta(days=11))
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    clerk.post(f"/meetings/{coming}/items/new", {"title": item, "number": "", "purpose": ""})
    send(clerk, coming, (file, made_paper("Words", 1)))
    assert (LAST in text_of(clerk.get(f"/meetings/{coming}/papers/sort"))) is is_asked
    assert (LAST in text_of(clerk.get(f"/meetings/{coming}/papers/upload"))) is (item == "Budget")


@pytest.mark.parametrize("is_made", [True, False])
def test_the_page_of_a_meeting_says_that_minutes_are_not_in_the_pack_only_where_there_are_some(
    here: Outside, visit: Any, things: dict[str, Any], at: Any, is_made: bool
) -> None:
    """Whether the pack is made already, and its pages are said, or not yet."""

    def page() -> str:
        if not is_made:
            with here(), unit_of_work():
                for pack in packs(things["meeting_id"]):
                    pack.created_at = None
        return text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))

    before = page()
    assert "Download all papers in one file" in before
    assert ("with a cover that lists them" in before) is is_made
    assert "The minutes are not in it" not in before
    at(NOW + timedelta(days=11))
    upload(things, Destination.read("minutes:draft"), "Minutes")
    after = page()
    assert ("with a cover that lists them" in after) is is_made
    assert after.count("The minutes are not in it.") == 1
