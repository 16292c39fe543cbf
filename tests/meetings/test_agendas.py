"""An agenda quickly: from last time, from a pasted list, item by item; and its numbers follow the order."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.boards.models import Group
from portal.core.text import day_words
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions
from portal.meetings.models import AgendaItem
from portal.meetings.queries import meeting_by_id
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

STANDING = "CANARYNORTH Apologies"


def items_of(app: Flask, meeting_id: UUID) -> list[AgendaItem]:
    with app.app_context():
        statement = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id)
        return list(db.session.scalars(anywhere(statement.order_by(AgendaItem.position, AgendaItem.id))))


def numbered(app: Flask, meeting_id: UUID) -> list[tuple[str, str]]:
    return [(item.number, item.title) for item in items_of(app, meeting_id)]


def boxes(page: Any) -> dict[str, str]:
    """What a browser sends of the form on a page when nothing is changed."""
    [form] = fromstring(page.text).xpath("//main//form[@method='post']")
    return {name: value for name, value in form.form_values() if name != "csrf_token"}


def add(clerk: Any, meeting_id: UUID, **typed: str) -> None:
    clerk.post(f"/meetings/{meeting_id}/items/new", {"purpose": "", "number": "", "number_is_right": "y", **typed})


def copy_page(meeting_id: UUID) -> str:
    return f"/meetings/{meeting_id}/agenda/copy"


def paste_page(meeting_id: UUID) -> str:
    return f"/meetings/{meeting_id}/agenda/paste"


def test_the_last_agenda_is_copied_in_two_clicks(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    """What was on it, in its order, with the standing item that it had not; urgency stays behind."""
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    page = clerk.get(f"/meetings/{coming}")
    assert f'href="{copy_page(coming)}"' in page.text
    shown = clerk.get(copy_page(coming))
    assert clerk.post(copy_page(coming), boxes(shown)).status_code == 302
    assert numbered(app, coming) == [
        ("1", STANDING),
        ("2", "CANARYNORTH Budget"),
        ("3", "CANARYNORTH Welcome"),
        ("4", "CANARYNORTH Contract"),
    ]
    first, budget, welcome, contract = items_of(app, coming)
    assert (first.is_verbal, budget.purpose, welcome.is_verbal) == (True, "decision", True)
    assert (contract.is_restricted, contract.paragraphs) == (True, ["3", "12", "14"])
    assert not any(item.published_at or item.is_urgent for item in items_of(app, coming))
    assert "Restricted on the agenda you are copying" in text_of(shown)


def test_an_agenda_sent_twice_is_there_once(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = boxes(clerk.get(copy_page(coming)))
    for _ in range(2):
        assert clerk.post(copy_page(coming), typed).status_code == 302
    assert len(items_of(app, coming)) == 4


def test_what_is_not_ticked_is_not_copied_and_what_is_changed_is_as_changed(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = boxes(clerk.get(copy_page(coming)))
    budget, welcome = (f"items-{things[name]}" for name in ("item_id", "spoken_id"))
    del typed[f"{welcome}-adds"]
    typed |= {f"{budget}-title": "Budget for next year", f"{budget}-presenter": "Chief Finance Officer"}
    clerk.post(copy_page(coming), typed)
    assert numbered(app, coming)[1:] == [("2", "Budget for next year"), ("3", "CANARYNORTH Contract")]
    assert "Chief Finance Officer" in text_of(clerk.get(f"/meetings/{coming}"))


def test_what_is_on_the_agenda_already_is_not_ticked_again(visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    add(clerk, coming, title="CANARYNORTH  budget")
    page = clerk.get(copy_page(coming))
    assert f"items-{things['item_id']}-adds" not in boxes(page)
    assert "An item of this title is on the agenda already" in text_of(page)


def test_nothing_ticked_is_said_and_an_empty_title_too(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = boxes(clerk.get(copy_page(coming)))
    none = {name: value for name, value in typed.items() if not name.endswith("-adds")}
    assert "Tick at least one item" in text_of(clerk.post(copy_page(coming), none))
    empty = {**typed, f"items-{things['item_id']}-title": ""}
    assert "2 CANARYNORTH Budget: enter the title of the item" in text_of(clerk.post(copy_page(coming), empty))
    assert items_of(app, coming) == []


def test_a_group_without_an_earlier_agenda_has_its_standing_items(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, first = visit("northfirth.clerk"), things["meeting_id"]
    page = clerk.get(copy_page(first))
    assert "These are the standing items of CANARYNORTH Main Group." in text_of(page)
    clerk.post(copy_page(first), boxes(page))
    assert numbered(app, first)[0] == ("1", STANDING)


def test_another_board_s_agenda_is_never_copied(visit: Any, things: dict[str, Any], cast: Cast) -> None:
    other = cast.southmoor.things["meeting_id"]
    page = visit("northfirth.clerk").get(f"{copy_page(things['coming_id'])}?from={other}")
    assert "CANARYSOUTH" not in page.text
    assert "CANARYNORTH Budget" in page.text
    assert visit("northfirth.clerk").get(copy_page(other)).status_code == 404


LIST = "Northfirth\n1. Welcome – Chair\n2) Budget (for decision)\n3 10.15am Short breaks\n3.1 Carers’ views\n\tAOB"


def test_a_pasted_list_is_shown_before_it_is_saved(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    shown = clerk.post(paste_page(coming), {"pasted": LIST})
    assert items_of(app, coming) == []
    words = text_of(shown)
    assert "Left out, as it comes before the first number" in words
    assert "Pasted: 2) Budget (for decision)" in words
    assert clerk.post(f"{paste_page(coming)}/check", boxes(shown)).status_code == 302
    assert numbered(app, coming) == [
        *(("1", "Welcome"), ("2", "Budget"), ("3", "Short breaks"), ("3.1", "Carers’ views"), ("4", "AOB")),
    ]
    welcome, budget, breaks, views, _ = items_of(app, coming)
    assert (welcome.presenter, budget.purpose, breaks.timing) == ("Chair", "decision", "10:15am")
    assert [item.is_number_typed for item in (welcome, budget, breaks, views)] == [False, False, False, True]
    assert "10:15am" in text_of(clerk.get(f"/meetings/{coming}"))


def test_a_list_goes_behind_what_is_there_with_the_standing_items_around_it(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    add(clerk, coming, title="First")
    shown = clerk.post(paste_page(coming), {"pasted": "1 Budget\n2 Risks", "with_standing": "y"})
    clerk.post(f"{paste_page(coming)}/check", boxes(shown))
    assert numbered(app, coming) == [("1", STANDING), ("2", "First"), ("3", "Budget"), ("4", "Risks")]


def test_a_list_can_be_changed_before_it_is_saved(visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    shown = clerk.post(paste_page(coming), {"pasted": "1\tBudget\n2\tRisks"})
    page = clerk.post(f"{paste_page(coming)}?again=yes", boxes(shown))
    [box] = fromstring(page.text).xpath("//textarea[@name='pasted']")
    assert box.text.strip() == "1\tBudget\n2\tRisks"


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("", "Paste the items of the agenda"),
        (" \n\t\n", "Paste the items of the agenda"),
        ("AGENDA\n----", "Paste at least one item"),
        ("Item\n" * 101, "Paste at most 100 items at once. There are 101"),
        ("x" * 20_001, "20,000 characters or fewer"),
    ],
)
def test_what_is_no_list_is_said(visit: Any, things: dict[str, Any], pasted: str, words: str) -> None:
    page = visit("northfirth.clerk").post(paste_page(things["coming_id"]), {"pasted": pasted})
    assert words in text_of(page)


def test_a_long_list_is_saved_whole(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    shown = clerk.post(paste_page(coming), {"pasted": "\n".join(f"{n}. Item about {n}" for n in range(1, 26))})
    clerk.post(f"{paste_page(coming)}/check", boxes(shown))
    assert numbered(app, coming) == [(str(n), f"Item about {n}") for n in range(1, 26)]


def test_numbers_follow_an_item_that_moves_or_goes(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    for number, title in (("", "A"), ("", "B"), ("2(a)", "C"), ("", "D")):
        add(clerk, coming, title=title, number=number)
    a, b, c, d = items_of(app, coming)
    clerk.post(f"/items/{d.id}/move", {"step": "up"})
    assert numbered(app, coming) == [("1", "A"), ("2", "B"), ("3", "D"), ("2(a)", "C")]
    clerk.post(f"/items/{a.id}/remove")
    assert numbered(app, coming) == [("1", "B"), ("2", "D"), ("2(a)", "C")]
    clerk.post(f"/items/{c.id}/change", {"title": "C", "number": "", "purpose": ""})
    assert numbered(app, coming) == [("1", "B"), ("2", "D"), ("3", "C")]
    clerk.post(f"/items/{b.id}/change", {"title": "B", "number": "7", "purpose": ""})
    assert numbered(app, coming) == [("7", "B"), ("8", "D"), ("9", "C")]


def test_an_item_that_is_saved_as_it_is_shown_still_follows_the_order(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    add(clerk, coming, title="A")
    [item] = items_of(app, coming)
    page = clerk.get(f"/items/{item.id}/change")
    assert "It is 1 by its place" in text_of(page)
    clerk.post(f"/items/{item.id}/change", boxes(page))
    assert not items_of(app, coming)[0].is_number_typed


def test_a_number_used_twice_is_said_to_whoever_prepares_the_meeting(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(things["coming_id"])
        for number, title in (("3", "Budget"), ("3.", "Risks"), ("4", "Close")):
            actions.add_item(meeting, title=title, number=number)
        actions.mark_agenda_published(meeting)
    page = f"/meetings/{things['coming_id']}"
    said = "Number 3 is used 2 times: “Budget” and “Risks”."
    assert said in text_of(visit("northfirth.clerk").get(page))
    assert said not in text_of(visit("northfirth.rep").get(page))


def test_one_item_after_another_is_added_on_one_page(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    new = f"/meetings/{coming}/items/new"
    page = clerk.get(new)
    addresses = fromstring(page.text).xpath("//main//form//button/@formaction")
    assert addresses == [new, f"{new}?then=another"]
    for _ in range(2):  # pressed twice, it is one item
        added = clerk.post(addresses[1], {**boxes(page), "title": "Budget", "purpose": ""})
        assert added.headers["Location"] == new
    assert "Added: 1 Budget" in text_of(clerk.get(new))
    assert clerk.post(addresses[0], {"title": "Risks", "purpose": ""}).headers["Location"] == f"/meetings/{coming}"
    assert numbered(app, coming) == [("1", "Budget"), ("2", "Risks")]


def test_a_cancelled_meeting_gets_no_agenda(visit: Any, things: dict[str, Any]) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['coming_id']}"
    version = clerk.get(f"{path}/cancel").text.split('name="version"')[1].split('value="')[1].split('"')[0]
    clerk.post(f"{path}/cancel", {"version": version, "reason": "Snow"})
    assert "Paste a list" not in text_of(clerk.get(path))
    for page in (copy_page(things["coming_id"]), paste_page(things["coming_id"])):
        assert clerk.get(page).headers["Location"] == path
    assert clerk.post(f"{path}/agenda/paste/check", {"pasted": "Budget"}).headers["Location"] == path


def test_the_last_agenda_is_one_that_was_held_or_published(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    """And is named with its day before it is copied. What is still being written is on offer after it."""
    clerk = visit("northfirth.clerk")
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, things["group_id"])
        later = actions.schedule(group, TODAY + timedelta(days=70), time(10)).id
    add(clerk, things["coming_id"], title="Still being written")
    clerk.get("/")  # which says what was added
    page = clerk.get(copy_page(later))
    day = day_words(TODAY + timedelta(days=10))
    assert f"These are the items of the agenda of {day}" in text_of(page)
    assert "CANARYNORTH Budget" in page.text
    assert "Still being written" not in page.text
    assert "1 item, not published yet" in text_of(page)


def test_no_agenda_is_copied_to_a_meeting_that_is_over(app: Flask, visit: Any, things: dict[str, Any], at: Any) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    add(clerk, things["meeting_id"], title="One more")
    sent = boxes(clerk.get(copy_page(coming)))
    at(NOW + timedelta(days=41))
    clerk = visit("northfirth.clerk")
    page = clerk.get(f"/meetings/{coming}").text
    assert copy_page(coming) not in page
    assert paste_page(coming) in page
    for answer in (
        clerk.get(copy_page(coming), follow_redirects=True),
        clerk.post(copy_page(coming), sent, follow_redirects=True),
    ):
        assert "This meeting is over, so an earlier agenda cannot be copied" in answer.text
    assert numbered(app, coming) == []
