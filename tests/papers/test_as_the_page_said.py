"""What is published is what the page before said; and a file that was withdrawn does not come back unseen."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.infra.storage import files
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.papers.destination import of_item
from portal.papers.models import PaperVersion
from portal.papers.preparing import queries as preparing_queries
from portal.papers.withdrawing.rules import ERROR, PERSONAL
from portal.scheduler.run import work_once
from tests.made_papers import made_paper
from tests.papers.test_pages import check_files, send, waiting
from tests.papers.test_sorting_table import as_shown, table
from tests.papers.withdrawing import Outside, every, upload, withdraw
from tests.visitor import hidden_boxes, text_of

CHANGED = "Something changed since you opened this page. Check it and publish again."


def published(things: dict[str, Any]) -> set[str]:
    found = select(PaperVersion).where(PaperVersion.meeting_id == things["meeting_id"])
    return {one.file_name for one in every(found.order_by(PaperVersion.id)) if one.published_at}


def test_a_file_that_was_matched_after_the_page_was_opened_is_not_published_by_it(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    clerk, address = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/publish"
    upload(things, of_item(things["item_id"]), "First", publish=False)
    send(clerk, things["meeting_id"], ("Odd.pdf", made_paper("Odd", 1)))
    with here():
        work_once()
    before, old = published(things), clerk.get(address)
    assert "Odd.pdf is not matched yet" in text_of(old)
    [odd] = every(select(PaperVersion.id).where(PaperVersion.file_name == "Odd.pdf"))
    sorted_as = {f"files-{odd}-place": f"item:{things['item_id']}", f"files-{odd}-title": "Odd one"}
    visit("northfirth.clerk").post(f"/meetings/{things['meeting_id']}/papers/sort", sorted_as)
    anew = clerk.post(address, hidden_boxes(old))
    assert (anew.status_code, published(things)) == (200, before)
    assert CHANGED in text_of(anew)
    assert "Odd.pdf will be published now." in text_of(anew)
    assert clerk.post(address, hidden_boxes(anew)).status_code == 302
    assert published(things) - before == {"First.pdf", "Odd.pdf"}


@pytest.mark.parametrize(
    "form", [{}, {"shown": ""}, {"shown": "goes= =x ="}, {"shown": '{"items": 3, "people": {}}'}, {"shown": "[1]"}]
)
def test_a_form_that_says_nothing_of_its_page_publishes_nothing(
    here: Outside, visit: Any, things: dict[str, Any], form: dict[str, str]
) -> None:
    clerk, address = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/publish"
    upload(things, of_item(things["item_id"]), "First", publish=False)
    before = published(things)
    sent = {"version": hidden_boxes(clerk.get(address))["version"], **form}
    assert CHANGED in text_of(clerk.post(address, sent))
    assert published(things) == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"is_restricted": True, "paragraphs": ["6"]}, "First.pdf will be restricted (before: public)."),
        ({"title": "Money"}, "First.pdf will be published for 1 Money (before: 1 CANARYNORTH Budget)."),
    ],
)
def test_an_item_that_was_changed_meanwhile_is_shown_again_first(
    here: Outside, visit: Any, things: dict[str, Any], change: dict[str, Any], says: str
) -> None:
    clerk, address = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/publish"
    upload(things, of_item(things["item_id"]), "First", publish=False)
    before, old = published(things), clerk.get(address)
    with here(), unit_of_work():
        [item] = [one for one in meeting_queries.items(things["meeting_id"]) if one.id == things["item_id"]]
        for name, value in change.items():
            setattr(item, name, value)
    anew = text_of(clerk.post(address, hidden_boxes(old)))
    assert CHANGED in anew
    assert says in anew
    assert published(things) == before


def test_a_change_in_who_is_emailed_is_shown_first(
    here: Outside, visit: Any, things: dict[str, Any], monkeypatch: Any
) -> None:
    clerk, address = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/publish"
    upload(things, of_item(things["item_id"]), "First", publish=False)
    old = hidden_boxes(clerk.get(address))
    said = json.loads(old["shown"])
    who = said["people"]["papers-announced"]
    said["people"]["papers-announced"] = "Ann Other"
    anew = text_of(clerk.post(address, {**old, "shown": json.dumps(said)}))
    assert f"Papers: {who} will be emailed (before: Ann Other)." in anew
    assert clerk.get(address).text.count("First.pdf")


def test_what_changed_is_named(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    """Another place and title, a new item of the agenda, and a file that went."""
    clerk, meeting = visit("northfirth.clerk"), things["meeting_id"]
    address = f"/meetings/{meeting}/publish"
    first = upload(things, of_item(things["item_id"]), "First", publish=False)
    second = upload(things, of_item(things["item_id"]), "Second", publish=False)
    old = hidden_boxes(clerk.get(address))
    other = visit("northfirth.clerk")
    other.post(f"/meetings/{meeting}/items/new", {"title": "Winter", "number": "9", "purpose": ""})
    place = f"item:{things['spoken_id']}"
    other.post(f"/meetings/{meeting}/papers/sort", {f"files-{first}-place": place, f"files-{first}-title": "Snow"})
    other.post(f"/meetings/{meeting}/papers/{second}/remove")
    anew = text_of(clerk.post(address, old))
    assert "will be published for 2 CANARYNORTH Welcome (before: 1 CANARYNORTH Budget)" in anew
    assert "will have the title “Snow” (before: First)" in anew
    assert "Second.pdf is not on this page any more." in anew
    assert "New on the agenda now: 9 Winter." in anew


def test_a_file_that_was_not_on_the_page_of_matches_is_left_as_it_is(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Budget", "number": "1", "purpose": ""})
    send(clerk, meeting_id, ("A.pdf", made_paper("A", 1)))
    old = as_shown(table(clerk, meeting_id))
    send(clerk, meeting_id, ("1 Budget.pdf", made_paper("Budget", 1)))
    clerk.post(f"/meetings/{meeting_id}/papers/sort", old)
    (budget, place, *_), _ = waiting(app, meeting_id)
    assert place.startswith("item:"), "it is proposed still"
    with app.app_context():
        [one] = [one for one in preparing_queries.unpublished(meeting_id) if one.id == budget]
        assert (one.is_sorted, one.is_held_back) == (False, False)


def test_a_file_of_which_more_is_known_since_is_not_kept_back_by_an_old_page(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, ("1 Budget.pdf", made_paper("Budget", 1)))
    old = as_shown(table(clerk, meeting_id))
    with app.app_context(), unit_of_work():
        item = meetings.add_item(meeting_queries.meeting_by_id(meeting_id), number="1", title="Budget")
        item_id = item.id
    clerk.post(f"/meetings/{meeting_id}/papers/sort", old)
    with app.app_context():
        [one] = preparing_queries.unpublished(meeting_id)
        assert (one.is_sorted, one.is_held_back) == (False, False)
    assert [one[1] for one in waiting(app, meeting_id)] == [f"item:{item_id}"]
    [name] = [name for name in old if name.endswith("-place")]
    clerk.post(f"/meetings/{meeting_id}/papers/sort", {**old, name: "agenda"})
    with app.app_context():
        assert str(preparing_queries.unpublished(meeting_id)[0].place) == "agenda", "what was chosen is kept"


def test_a_title_that_follows_the_place_is_said(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Budget", "number": "1", "purpose": ""})
    send(clerk, meeting_id, ("Appendix A.pdf", made_paper("A", 1)))
    check_files(app)
    form = as_shown(table(clerk, meeting_id))
    with app.app_context():
        item = meeting_queries.items(meeting_id)[0]
    [place] = [name for name in form if name.endswith("-place")]
    answer = clerk.post(
        f"/meetings/{meeting_id}/papers/sort", {**form, place: f"item:{item.id}"}, follow_redirects=True
    )
    with app.app_context():
        [one] = preparing_queries.unpublished(meeting_id)
        title = one.paper.title
    assert title != "Appendix A"
    assert f"These titles follow the item you chose, or what the file is: {title}" in text_of(answer)


def bytes_of(here: Outside, things: dict[str, Any]) -> bytes:
    with here():
        [stored] = every(select(PaperVersion.stored_as).where(PaperVersion.paper_id == things["paper_id"]))
        return files.read(stored)


def uploaded(here: Outside, clerk: Any, things: dict[str, Any], content: bytes, meeting: str = "meeting_id") -> UUID:
    address = f"/meetings/{things[meeting]}/papers/upload"
    more = f"?in_place_of={things['paper_id']}" if meeting == "meeting_id" else ""
    clerk.post(address + more, {"files": [(BytesIO(content), "again.pdf")]}, content_type="multipart/form-data")
    with here():
        while work_once():
            pass
    [found] = every(select(PaperVersion.id).where(PaperVersion.file_name == "again.pdf"))
    return UUID(str(found))


@pytest.mark.parametrize("meeting", ["meeting_id", "coming_id"])
def test_a_file_that_was_withdrawn_for_personal_data_is_refused(
    here: Outside, visit: Any, things: dict[str, Any], meeting: str
) -> None:
    content, clerk = bytes_of(here, things), visit("northfirth.clerk")
    withdraw(things, PERSONAL, title="Budget")
    again = uploaded(here, clerk, things, content, meeting)
    [version] = every(select(PaperVersion).where(PaperVersion.id == again))
    assert (version.status, version.stored_as) == ("refused", "")
    page = clerk.get(f"/meetings/{things[meeting]}/papers/sort")
    assert "This is the file that was withdrawn because of personal data" in text_of(page)
    words = text_of(clerk.get(f"/meetings/{things['meeting_id']}"))
    assert "Nothing has been published in its place yet" in words
    assert "The replacement paper is uploaded" not in words


def test_copies_that_wait_when_it_is_withdrawn_for_personal_data_go_too(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    again = uploaded(here, visit("northfirth.clerk"), things, bytes_of(here, things), "coming_id")
    [before] = every(select(PaperVersion.status).where(PaperVersion.id == again))
    withdraw(things, PERSONAL, title="Budget")
    [version] = every(select(PaperVersion).where(PaperVersion.id == again))
    assert (before, version.status, version.stored_as) == ("ready", "refused", "")


def test_a_file_that_was_withdrawn_for_another_reason_is_said_to_be_the_same(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    content, clerk = bytes_of(here, things), visit("northfirth.clerk")
    withdraw(things, ERROR)
    uploaded(here, clerk, things, content)
    for page in ("papers/sort", "publish"):
        found = fromstring(clerk.get(f"/meetings/{things['meeting_id']}/{page}").text)
        words = " ".join(found.text_content().split())
        assert "It is the same file as the one that was withdrawn, “1 Budget.pdf”" in words


def test_a_file_that_is_published_already_is_said_to_be_the_same(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    clerk, meeting = visit("northfirth.clerk"), things["meeting_id"]
    send(clerk, meeting, ("Budget v2.pdf", bytes_of(here, things)))
    with here():
        while work_once():
            pass
    page = clerk.get(f"/meetings/{meeting}/papers/sort")
    assert "Check these" in text_of(page)
    said = "It is the same file as “Budget”, which is published already"
    assert said in text_of(page)
    clerk.post(f"/meetings/{meeting}/papers/sort", as_shown(table(clerk, meeting)))
    assert said in text_of(clerk.get(f"/meetings/{meeting}/publish"))
