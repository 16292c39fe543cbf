"""Numbers that come twice or fall back, and an order other than on the page, are asked about before they are saved."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Flask

from tests.meetings.test_agendas import add, boxes, copy_page, items_of, numbered, paste_page
from tests.meetings.test_check_as_typed import FIVE, box
from tests.meetings.test_saved_as_shown import ASKS, agreed, opened, send, unticked
from tests.visitor import text_of

STANDING = "CANARYNORTH Apologies"
WELCOME, BUDGET, CONTRACT = "CANARYNORTH Welcome", "CANARYNORTH Budget", "CANARYNORTH Contract"


def standing(clerk: Any, things: dict[str, Any], title: str, place: str = "") -> None:
    group = f"/boards/northfirth/groups/{things['group_id']}/standing-items"
    clerk.post(group, {"title": title, "purpose": "", "once": str(uuid4()), "place": place})


def test_a_copied_agenda_asks_before_a_number_comes_twice(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    standing(clerk, things, "Carers’ voice", "3")
    page = clerk.get(copy_page(coming))
    assert "Number" not in text_of(page).split("Untick what")[1].split("Ticked items")[0], "nothing to ask so far"
    typed = unticked(boxes(page), STANDING)
    typed[box(typed, CONTRACT, "number")] = "1"
    asks = clerk.post(copy_page(coming), typed)
    said = text_of(asks)
    assert ASKS in said
    assert f"Number 1 is used 2 times: “{BUDGET}” and “{CONTRACT}”" in said
    assert f"“{WELCOME}” will come before “Carers’ voice”, which is always number 3" in said
    assert f"The agenda will be: 1 {BUDGET} 2 {WELCOME} 3 Carers’ voice 1 {CONTRACT}" in said
    assert items_of(app, coming) == []
    assert {**boxes(asks), "shown": ""} == typed, "nothing that was typed is lost"
    assert clerk.post(copy_page(coming), boxes(asks)).status_code == 302
    assert numbered(app, coming) == [("1", BUDGET), ("2", WELCOME), ("3", "Carers’ voice"), ("1", CONTRACT)]
    assert clerk.post(copy_page(coming), boxes(asks)).status_code == 302, "sent twice it is not asked again"
    assert len(items_of(app, coming)) == 4


def test_what_was_not_asked_yet_is_asked(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = opened(clerk, coming)
    asks = send(clerk, coming, {**typed, box(typed, "Close", "number"): "2"})
    again = send(clerk, coming, {**boxes(asks), box(typed, "Staff", "number"): "1"})
    assert ASKS in text_of(again)
    assert "Number 1 is used 2 times: “Budget” and “Staff”" in text_of(again)
    assert items_of(app, coming) == []
    fewer = {**boxes(again), box(typed, "Close", "number"): ""}
    assert send(clerk, coming, fewer).status_code == 302, "what is left was asked"


def test_a_pasted_list_names_each_and_saves_what_it_said(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    page = clerk.post(paste_page(coming), {"pasted": "1 A\n2 B\n5 C\n3.1 D\n10 E\n5 F\n8 G\n2 Any other business"})
    said = text_of(page)
    for words in (
        "Number 3.1, “D”, comes after number 5, “C”",
        "Number 5, “F”, comes after number 10, “E”",
        "Number 2, “Any other business”, comes after number 8, “G”",
        "Number 5 is used 2 times: “C” and “F”",
    ):
        assert said.count(words) == 1
    assert send(clerk, coming, boxes(page)).status_code == 302, "it was said already"
    assert len(items_of(app, coming)) == 8


def test_what_comes_first_stays_first_without_the_one_before_it(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    standing(clerk, things, "Declarations")
    page = clerk.post(paste_page(coming), {"pasted": FIVE, "with_standing": "y"})
    agreed(clerk, coming, unticked(boxes(page), STANDING))
    assert [title for _, title in numbered(app, coming)][:2] == ["Declarations", "Budget"]


def test_what_the_page_says_of_numbers_is_true_whatever_is_ticked(visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    add(clerk, coming, title="First")
    said = text_of(clerk.get(f"{copy_page(coming)}?from=standing"))
    assert "If you use these ticks and numbers, this number changes on the agenda, because" in said
    said = text_of(clerk.post(paste_page(coming), {"pasted": "1 Budget\n2 Risks"}))
    assert "If you use these ticks and numbers, these numbers are not as in your list" in said


def test_the_page_of_an_item_asks_too_and_takes_it_with_a_tick(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    for title in "ABC":
        add(clerk, coming, title=title)
    new = f"/meetings/{coming}/items/new"
    typed = {**boxes(clerk.get(new)), "title": "D", "purpose": "", "number": "2"}
    asks = clerk.post(new, typed)
    assert "Number 2 is used 2 times: “B” and “D”" in text_of(asks)
    assert "If 2 is right, tick the box below" in text_of(asks)
    assert len(items_of(app, coming)) == 3
    for _ in range(2):
        assert clerk.post(new, {**boxes(asks), "number_is_right": "y"}).status_code == 302
    assert clerk.post(new, typed).status_code == 302, "sent twice it is not asked again"
    assert numbered(app, coming) == [("1", "A"), ("2", "B"), ("3", "C"), ("2", "D")]
    first = f"/items/{items_of(app, coming)[0].id}/change"
    changed = {**boxes(clerk.get(first)), "title": "A2", "purpose": ""}
    assert clerk.post(first, {**changed, "number": "1"}).status_code == 302, "there is nothing to ask"
    changed = {**boxes(clerk.get(first)), "purpose": "", "number": "9"}
    assert "Number 2, “B”, comes after number 9, “A2”" in text_of(clerk.post(first, changed))
