"""A file that is open already is no new version; what replaces a wrong file has its own title; copies differ."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.papers.destination import Destination, of_item, version_of
from portal.papers.preparing.actions import sort_files
from portal.papers.preparing.queries import version_by_id
from portal.papers.preparing.rules import Sorted
from portal.papers.withdrawing.rules import ERROR, WRONG_FILE
from portal.scheduler.run import work_once
from tests.cast import NOW
from tests.made_papers import made_paper
from tests.papers.withdrawing import Outside, loaded, told, upload, version_of_meeting, versions, withdraw
from tests.visitor import hidden_boxes, text_of


def test_the_very_same_file_is_no_new_version(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    place = version_of(things["paper_id"])
    upload(things, place, "Budget again")
    upload(things, place, "Budget again", publish=False)
    clerk, address = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/publish"
    before, emails = len([one for one in versions(things) if one.is_published]), len(told("papers-replaced"))
    page = clerk.get(address)
    said = "Budget again.pdf is the very file that is published as “Budget”: remove it, or upload the right one"
    assert said in text_of(page)
    assert "will be emailed" not in text_of(page)
    clerk.post(address, {**hidden_boxes(page), "version": str(version_of_meeting(things))})
    assert len([one for one in versions(things) if one.is_published]) == before
    assert len(told("papers-replaced")) == emails
    assert "Nothing to publish" in text_of(clerk.get(f"/meetings/{things['meeting_id']}"))


def test_an_older_version_may_come_again(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    for words in ("One", "Two", "One"):
        upload(things, version_of(things["paper_id"]), words)
    assert len([one for one in versions(things) if one.is_published]) == 4


@pytest.mark.parametrize(("reason", "title"), [(WRONG_FILE, "Care at home"), (ERROR, "Budget")])
def test_what_replaces_a_wrong_file_has_a_title_of_its_own(
    here: Outside, visit: Any, things: dict[str, Any], reason: str, title: str
) -> None:
    withdraw(things, reason)
    clerk = visit("northfirth.clerk")
    address = f"/meetings/{things['meeting_id']}/papers/upload?in_place_of={things['paper_id']}"
    clerk.post(address, {"files": [(BytesIO(made_paper("Right", 2)), "Care at home.pdf")]})
    with here():
        work_once()
    page = clerk.get(f"/meetings/{things['meeting_id']}/papers/sort")
    assert f">{title}</textarea>" in page.text
    assert "In place of “Budget”, withdrawn on" in text_of(page)
    assert loaded(things["paper_id"]).title == "Budget"


def test_files_of_one_name_are_told_apart_by_what_one_sees(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    for words in ("Twice", "Twice", "Once"):
        files = {"files": [(BytesIO(made_paper(words, 2)), "Care.pdf")]}
        clerk.post(f"/meetings/{things['meeting_id']}/papers/upload", files)
    with here():
        while work_once():
            pass
    page = text_of(clerk.get(f"/meetings/{things['meeting_id']}/papers/sort"))
    for number in (1, 2, 3):
        assert f"file {number} of 3 with this name: 2 pages, " in page
    assert "uploaded 10am on Tuesday 3 March 2026" in page
    assert page.count("It is the same file as “Care.pdf” (file ") == 1


def test_a_file_that_a_newer_one_replaces_names_it(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    place = of_item(things["item_id"])
    first = upload(things, place, "Draft figures", publish=False)
    with here():
        version = version_by_id(first)
        assert version
        paper = version.paper_id
    upload(things, version_of(paper), "Final figures", publish=False)
    page = text_of(visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}/publish"))
    assert "Draft figures.pdf is replaced by a newer file, “Final figures.pdf”" in page


def test_minutes_approved_without_a_change_are_no_double(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(NOW + timedelta(days=12))
    draft, approved = (Destination.read(f"minutes:{stage}") for stage in ("draft", "approved"))
    upload(things, draft, "Minutes of the meeting")
    again = upload(things, draft, "Minutes of the meeting", publish=False)
    clerk, address, advice = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}", "published already: remove"
    assert advice in text_of(clerk.get(f"{address}/papers/sort"))
    with here(), unit_of_work():
        sort_files(meeting_by_id(things["meeting_id"]), [Sorted(again, approved, "Minutes")])
    for page in (f"{address}/papers/sort", f"{address}/publish"):
        assert advice not in text_of(clerk.get(page)), page
