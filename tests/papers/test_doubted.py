"""What the name of a file says against the place that a clerk gave it is asked before it is published."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring

from portal.infra.unit_of_work import unit_of_work
from portal.meetings import queries as meeting_queries
from portal.meetings.actions import add_item
from portal.papers.destination import of_item
from portal.papers.matching.elsewhere import speaks_against
from portal.papers.matching.kinds import FileKind, Known, Match, There
from portal.papers.matching.rules import match
from portal.papers.preparing import queries as preparing_queries
from portal.papers.withdrawing import queries as withdrawing_queries
from portal.papers.withdrawing.rules import ERROR, WRONG_FILE
from tests.cast import NOW
from tests.made_papers import made_paper
from tests.papers.test_doubts import GUESSED, before_publishing, said
from tests.papers.test_matching import agenda_of
from tests.papers.test_pages import send
from tests.papers.test_sorting_table import as_if_checked, as_shown, rows, save, table
from tests.papers.withdrawing import Outside, withdraw
from tests.visitor import hidden_boxes, text_of

AGENDA = agenda_of(
    "1 Welcome|3 Minutes of the previous meeting|5 Chief Officer's Report|7 Winter plan|9 Finance monitoring"
)
CHIEF, MINUTES_ITEM = AGENDA[2].id, AGENDA[1].id
KNOWN = Known(AGENDA, is_over=True, meets_on=date(2026, 6, 25), other_days=frozenset({date(2026, 3, 12)}))


def against(name: str, kind: FileKind = FileKind.ITEM, **more: Any) -> str:
    item = {FileKind.MINUTES: None, FileKind.AGENDA: None}.get(kind, CHIEF)
    stage = "draft" if kind is FileKind.MINUTES else ""
    return speaks_against(name, Match(kind, item, stage), KNOWN, **more)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Item 9 - Finance.pdf", "Its name says item 9"),
        ("Item 9 - Budget.pdf", "Its name says item 9"),
        ("09 Finance monitoring v2.pdf", "Its name says item 9"),
        ("Winter plan.pdf", "Its words are those of item 7"),
        ("06 Winter plan (Nov 26).pdf", "Its name says item 6, but its words are those of item 7"),
        ("9 Appendix A Finance.pdf", "Its name says item 9"),
        ("Agenda.pdf", "Its name says that it is the agenda"),
        ("Draft minutes.pdf", "Its name says minutes"),
        ("5 Chief Officer's Report 12 March 2026.pdf", "Its name gives 12 March 2026; this meeting is on 25 June 2026"),
        ("5 Chief Officer's Report.pdf", ""),
        ("Item 5 corrected.pdf", ""),
        ("Chief Officer report v2 FINAL.pdf", ""),
        ("9 Chief Officer's Report.pdf", ""),
        ("Chief Officer's Report 25 June 2026.pdf", ""),
        ("Chief Officer's Report 31 March 2026.pdf", ""),
        ("Chief Officer's Report March 2026.pdf", ""),
        ("right.pdf", ""),
        ("scan0001.pdf", ""),
        ("Integration scheme.pdf", ""),
    ],
)
def test_a_name_that_plainly_says_another_place_than_that_of_the_withdrawn_paper(name: str, why: str) -> None:
    assert against(name) == why


@pytest.mark.parametrize(
    ("name", "kind", "why"),
    [
        ("Minutes 25 June corrected.pdf", FileKind.MINUTES, ""),
        ("IJB Minutes.pdf", FileKind.MINUTES, ""),
        ("scan.pdf", FileKind.MINUTES, ""),
        ("12 March 2026.pdf", FileKind.MINUTES, "Its name gives 12 March 2026; this meeting is on 25 June 2026"),
        ("Approved minutes.pdf", FileKind.MINUTES, "Its name says approved minutes"),
        ("IJB minutes 12 March 2026.pdf", FileKind.MINUTES, "These may be minutes of another meeting"),
        ("Item 9 - Finance.pdf", FileKind.MINUTES, "Its name says item 9"),
        ("Agenda v2.pdf", FileKind.AGENDA, ""),
        ("Agenda 12 March.pdf", FileKind.AGENDA, "Its name gives 12 March; this meeting is on 25 June"),
        ("Minutes.pdf", FileKind.AGENDA, "Its name says minutes"),
    ],
)
def test_a_name_that_speaks_against_minutes_or_an_agenda(name: str, kind: FileKind, why: str) -> None:
    assert against(name, kind) == why


def test_the_name_of_the_withdrawn_file_or_of_another_paper() -> None:
    """Its own name counts for it whatever the agenda says of that; and so does that of another against it."""
    assert against("Finance corrected.pdf", own_files=["Finance.pdf"]) == ""
    assert against("Finance monitoring.pdf", own_files=["Finance.pdf"]) == "Its words are those of item 9"
    there = There(AGENDA[4].id, ("Savings options.pdf",), AGENDA[4].id, is_published=True)
    known = Known(AGENDA, [there])
    assert speaks_against("Savings options v2.pdf", Match(FileKind.ITEM, CHIEF), known) == (
        "Its name is that of another paper"
    )
    of_item = Match(FileKind.ITEM, MINUTES_ITEM)
    assert speaks_against("Minutes 12 March 2026.pdf", of_item, KNOWN) == "", "that is what the item is about"


@pytest.mark.parametrize(
    ("name", "is_sure"),
    [
        ("9 Finance monitoring 12 March 2026.pdf", False),
        ("9 Finance monitoring 12 March 2026 and 25 June 2026.pdf", True),
        ("9 Finance monitoring 31 March 2026.pdf", True),
        ("9 Finance monitoring March 2026.pdf", True),
        ("9 Appendix 1 Finance monitoring 12 March 2026.pdf", True),
    ],
)
def test_a_paper_whose_name_gives_the_day_of_another_meeting_is_not_sure(name: str, is_sure: bool) -> None:
    found = match(name, KNOWN)
    assert (found.id, found.is_sure) == (AGENDA[4].id, is_sure)
    assert found.why == ("" if is_sure else "Its name gives 12 March 2026; this meeting is on 25 June 2026")


@pytest.fixture
def gone(here: Outside, things: dict[str, Any]) -> str:
    """A withdrawn paper, beside which there is an item 9; the address at which a file is uploaded in its place."""
    with here(), unit_of_work():
        add_item(meeting_queries.meeting_by_id(things["meeting_id"]), number="9", title="Finance monitoring")
    withdraw(things, ERROR)
    return f"/meetings/{things['meeting_id']}/papers/upload?in_place_of={things['paper_id']}"


def put_in_place(app: Flask, clerk: Any, gone: str, things: dict[str, Any], name: str) -> None:
    assert clerk.post(gone, {"files": [(BytesIO(made_paper(name, 1)), name)]}).status_code == 302
    as_if_checked(app, things["meeting_id"])


QUESTION = "Its name says item 9. Put it in place of “Budget”, withdrawn on Tuesday 3 March 2026?"


def test_a_file_of_another_item_in_place_of_a_withdrawn_paper_is_asked_about_before_it_is_published(
    app: Flask, visit: Any, things: dict[str, Any], gone: str
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["meeting_id"]
    put_in_place(app, clerk, gone, things, "Item 9 - Finance.pdf")
    page = table(clerk, meeting_id)
    row = rows(page)["Item 9 - Finance.pdf"]
    assert row["group"] == "Check these"
    assert "Budget" in row["place"]
    assert f"Unsure {QUESTION}" in row["why"]
    save(clerk, meeting_id)
    publish = clerk.get(f"/meetings/{meeting_id}/publish")
    assert f"Unsure {GUESSED}. {QUESTION}" in text_of(publish)
    answer = clerk.post(f"/meetings/{meeting_id}/publish", hidden_boxes(publish))
    assert "Tick the box once the places marked Unsure are right" in text_of(answer)
    [tick] = page.xpath("//input[contains(@name, '-right')]/@name")
    clerk.post(f"/meetings/{meeting_id}/papers/sort", {**as_shown(page), tick: "y"})
    assert not any(GUESSED in one for one in said(before_publishing(clerk, meeting_id)))
    clerk.post(f"/meetings/{meeting_id}/publish", hidden_boxes(clerk.get(f"/meetings/{meeting_id}/publish")))
    assert "A replacement paper was published" in text_of(clerk.get(f"/papers/{things['paper_id']}"))


def test_a_file_that_is_put_where_its_name_says_is_no_correction_any_more(
    app: Flask, visit: Any, things: dict[str, Any], gone: str
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["meeting_id"]
    put_in_place(app, clerk, gone, things, "Item 9 - Finance.pdf")
    with app.app_context():
        [finance] = [one for one in meeting_queries.items(meeting_id) if one.number == "9"]
    save(clerk, meeting_id, Item=str(of_item(finance.id)))
    assert not any(GUESSED in one for one in said(before_publishing(clerk, meeting_id)))
    with app.app_context():
        [version] = preparing_queries.unpublished(meeting_id)
        assert (version.paper.in_place_of_id, version.paper.item_id) == (None, finance.id)


@pytest.mark.parametrize("name", ["right.pdf", "1 Budget.pdf", "Budget corrected.pdf", "1 Budget v2 final.pdf"])
def test_a_file_of_the_same_item_or_without_a_name_is_sure_in_place_of_a_withdrawn_paper(
    app: Flask, visit: Any, things: dict[str, Any], gone: str, name: str
) -> None:
    clerk = visit("northfirth.clerk")
    put_in_place(app, clerk, gone, things, name)
    assert rows(table(clerk, things["meeting_id"]))[name]["group"] == "Matched"


def test_the_name_of_the_file_that_was_the_wrong_one_counts_for_nothing(
    here: Outside, app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    with here(), unit_of_work():
        add_item(meeting_queries.meeting_by_id(things["meeting_id"]), number="9", title="Finance monitoring")
        for one in withdrawing_queries.versions(things["paper_id"]):
            one.file_name = "Item 9 - Finance.pdf"
    withdraw(things, WRONG_FILE)
    clerk = visit("northfirth.clerk")
    address = f"/meetings/{things['meeting_id']}/papers/upload?in_place_of={things['paper_id']}"
    put_in_place(app, clerk, address, things, "Item 9 - Finance v2.pdf")
    assert rows(table(clerk, things["meeting_id"]))["Item 9 - Finance v2.pdf"]["group"] == "Check these"


OTHER_DAY = "Its name gives 12 January 2026; this meeting is on 13 March 2026"


@pytest.mark.parametrize("place", ["minutes:draft", "minutes:approved", "agenda"])
def test_minutes_and_an_agenda_of_another_day_are_asked_about_before_they_are_published(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, place: str
) -> None:
    at(NOW + timedelta(days=11))
    clerk, meeting_id = visit("northfirth.clerk"), things["meeting_id"]
    send(clerk, meeting_id, ("IJB minutes 12 January 2026.pdf", made_paper("Minutes", 1)))
    as_if_checked(app, meeting_id)
    assert said(table(clerk, meeting_id)) == [f"Not matched {OTHER_DAY}"]
    save(clerk, meeting_id, IJB=place)
    publish = clerk.get(f"/meetings/{meeting_id}/publish")
    assert said(fromstring(publish.text))[0] == f"Unsure {GUESSED}. {OTHER_DAY}"
    assert "I have checked the place marked Unsure" in text_of(publish)
    answer = clerk.post(f"/meetings/{meeting_id}/publish", hidden_boxes(publish))
    assert "Tick the box once the places marked Unsure are right" in text_of(answer)
    page = table(clerk, meeting_id)
    assert f"Unsure {OTHER_DAY}" in said(page)
    [tick] = page.xpath("//input[contains(@name, '-right')]/@name")
    clerk.post(f"/meetings/{meeting_id}/papers/sort", {**as_shown(page), tick: "y"})
    assert not any(GUESSED in one for one in said(before_publishing(clerk, meeting_id)))
    save(clerk, meeting_id)
    assert not any(GUESSED in one for one in said(before_publishing(clerk, meeting_id))), "asked once"


def test_a_new_version_of_minutes_of_another_day_is_asked_about_too(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(NOW + timedelta(days=11))
    clerk, meeting_id = visit("northfirth.clerk"), things["meeting_id"]
    send(clerk, meeting_id, ("Draft minutes.pdf", made_paper("Minutes", 1)))
    as_if_checked(app, meeting_id)
    save(clerk, meeting_id)
    clerk.post(f"/meetings/{meeting_id}/publish", hidden_boxes(clerk.get(f"/meetings/{meeting_id}/publish")))
    send(clerk, meeting_id, ("IJB minutes 12 January 2026.pdf", made_paper("Others", 1)))
    as_if_checked(app, meeting_id)
    [newer] = table(clerk, meeting_id).xpath("//option[contains(., 'New version of: Draft minutes')]/@value")
    save(clerk, meeting_id, IJB=newer)
    assert said(before_publishing(clerk, meeting_id))[0] == f"Unsure {GUESSED}. {OTHER_DAY}"


def test_minutes_of_the_day_on_which_an_adjourned_meeting_began_are_its_minutes() -> None:
    known = Known(AGENDA[:1], is_over=True, meets_on=date(2026, 6, 25), opened_on=date(2026, 6, 18))
    assert match("Draft minutes 18 June 2026.pdf", known).kind is FileKind.MINUTES
    assert match("Draft minutes 17 June 2026.pdf", known).kind is FileKind.NONE
