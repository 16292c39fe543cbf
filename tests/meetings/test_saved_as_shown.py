"""What a box shows when its page is sent is what is saved: a number that follows the order stands in no box."""

from __future__ import annotations

import random
from typing import Any
from uuid import uuid4

from flask import Flask
from lxml.html import fromstring

from tests.meetings.test_agendas import add, boxes, copy_page, items_of, numbered, paste_page
from tests.meetings.test_check_as_typed import FIVE, box
from tests.visitor import text_of

FOLLOWS = "Ticked items are numbered in their order. A number that you enter stays."


ASKS = "Check these numbers. They are not saved yet."


def opened(clerk: Any, coming: Any, pasted: str = FIVE) -> dict[str, str]:
    return boxes(clerk.post(paste_page(coming), {"pasted": pasted}))


def send(clerk: Any, coming: Any, typed: dict[str, str]) -> Any:
    return clerk.post(f"{paste_page(coming)}/check", typed)


def agreed(clerk: Any, coming: Any, typed: dict[str, str]) -> Any:
    """Sent, and once more where that page asks about the numbers."""
    page = clerk.post(f"{paste_page(coming)}/check", typed, follow_redirects=True)
    if ASKS in text_of(page):
        page = clerk.post(f"{paste_page(coming)}/check", boxes(page), follow_redirects=True)
    assert page.request.path == f"/meetings/{coming}"
    return page


def unticked(typed: dict[str, str], *titles: str) -> dict[str, str]:
    gone = {box(typed, title, "adds") for title in titles}
    return {name: value for name, value in typed.items() if name not in gone}


def numbers(app: Flask, coming: Any) -> str:
    return " ".join(number for number, _ in numbered(app, coming))


def in_boxes(typed: dict[str, str]) -> dict[str, str]:
    """The number that each box holds, by the title beside it."""
    return {typed[name.replace("-number", "-title")]: typed[name] for name in typed if name.endswith("-number")}


def test_a_lower_number_is_followed_by_the_items_behind_it(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    page = clerk.post(paste_page(coming), {"pasted": FIVE})
    assert FOLLOWS in text_of(page)
    typed = boxes(page)
    assert set(in_boxes(typed).values()) == {""}, "what follows the order stands in no box"
    typed[box(typed, "Care", "number")] = "2.1"
    assert send(clerk, coming, typed).status_code == 302
    assert numbers(app, coming) == "1 2 2.1 3 4"


def test_numbers_that_become_the_same_are_said(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = opened(clerk, coming, "1 Budget\n2 Risks\n3 Care\n4 Staff\n5 Close\n6 End")
    typed[box(typed, "Close", "number")] = "2"
    said = text_of(agreed(clerk, coming, typed))
    assert numbers(app, coming) == "1 2 3 4 2 3"
    assert "Number 2 is used 2 times: “Risks” and “Close”." in said
    assert "Number 3 is used 2 times: “Care” and “End”." in said


def test_without_an_item_those_behind_it_move_up(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    assert send(clerk, coming, unticked(opened(clerk, coming), "Risks")).status_code == 302
    assert numbers(app, coming) == "1 2 3 4"
    assert not any(one.is_number_typed for one in items_of(app, coming))


def test_after_a_mistake_the_boxes_are_as_they_were_sent(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = unticked(opened(clerk, coming), "Risks")
    typed[box(typed, "Staff", "number")] = "2"
    close = box(typed, "Close", "title")
    again = send(clerk, coming, {**typed, close: ""})
    assert {**boxes(again), close: "Close", "shown": ""} == typed
    labels = [" ".join(one.text_content().split()) for one in fromstring(again.text).xpath("//label")]
    assert {"1 Budget", "2 Care", "2 Staff"} <= set(labels), "each is called with the number that it will have"
    assert send(clerk, coming, {**boxes(again), close: "Close"}).status_code == 302
    assert numbers(app, coming) == "1 2 2 3"


def test_an_item_that_came_since_moves_those_that_follow_the_order(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = opened(clerk, coming)
    add(clerk, coming, title="Urgent")
    typed[box(typed, "Care", "number")] = "9"
    assert send(clerk, coming, typed).status_code == 302
    assert numbers(app, coming) == "1 2 3 9 10 11"


def test_a_copied_agenda_is_the_same_and_sent_twice_it_is_there_once(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    page = clerk.get(copy_page(coming))
    assert FOLLOWS in text_of(page)
    typed = boxes(page)
    typed[box(typed, "CANARYNORTH Welcome", "number")] = "2(a)"
    for _ in range(2):
        assert clerk.post(copy_page(coming), typed).status_code == 302
    assert numbers(app, coming) == "1 2 2(a) 3"


def test_however_boxes_are_typed_they_are_saved_as_they_are(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    """Of many pages at random: what a box held is saved, and every other item has the number after the one before."""
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    chance = random.Random(36)  # noqa: S311 - no secret
    for turn in range(30):
        typed = opened(clerk, coming, "\n".join(f"{n} T{turn}x{n}" for n in range(1, 7)))
        for name in [name for name in typed if name.endswith("-number") and chance.random() < 0.3]:
            typed[name] = chance.choice(["1", "2", "3(a)", "7", "40", "A", ""])
        sent, before = in_boxes(typed), {one.id for one in items_of(app, coming)}
        agreed(clerk, coming, typed)
        added = [one for one in items_of(app, coming) if one.id not in before]
        assert {one.title: one.number for one in added if one.is_number_typed} == {
            title: number for title, number in sent.items() if number
        }


def test_on_the_page_of_an_item_a_number_by_its_place_stands_in_no_box(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    for title, number in (("A", ""), ("B", "5"), ("C", "")):
        add(clerk, coming, title=title, number=number)
    sent = {}
    for item in items_of(app, coming):
        typed = boxes(clerk.get(f"/items/{item.id}/change"))
        sent[item.title] = typed["number"]
        clerk.post(f"/items/{item.id}/change", {**typed, "purpose": "", "title": f"{item.title}2"})
    assert sent == {"A": "", "B": "5", "C": ""}
    assert numbered(app, coming) == [("1", "A2"), ("5", "B2"), ("6", "C2")]
    assert [one.is_number_typed for one in items_of(app, coming)] == [False, True, False]


def test_one_item_after_another_has_the_number_that_was_typed(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    page = f"/meetings/{coming}/items/new"
    for title, number in (("A", "4"), ("B", "2"), ("C", ""), ("D", "4")):
        typed = {**boxes(clerk.get(page)), "title": title, "purpose": "", "number": number, "number_is_right": "y"}
        said = text_of(clerk.post(f"{page}?then=another", typed, follow_redirects=True))
    assert numbered(app, coming) == [("4", "A"), ("2", "B"), ("3", "C"), ("4", "D")]
    assert "Number 4 is used 2 times: “A” and “D”." in said


def test_a_standing_item_says_and_keeps_its_number(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    group = f"/boards/northfirth/groups/{things['group_id']}/standing-items"
    clerk.post(group, {"title": "Carers’ voice", "purpose": "", "once": str(uuid4()), "place": "3"})
    page = clerk.post(paste_page(coming), {"pasted": FIVE, "with_standing": "y"})
    assert "Standing item, always number 3" in text_of(page)
    typed = unticked(boxes(page), "Risks")
    said = text_of(clerk.post(f"{paste_page(coming)}/check", typed, follow_redirects=True))
    order = [one.title for one in items_of(app, coming)]
    assert items_of(app, coming)[order.index("Carers’ voice")].number == "3"
    if len(order) <= 5:
        assert "; ".join(order) in said, "in the order that they have"
