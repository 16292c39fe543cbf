"""What a box shows when its page is sent is what is saved, or it is asked: of a copied agenda and of a pasted list."""

from __future__ import annotations

import random
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from lxml.html import fromstring

from tests.meetings.test_agendas import add, boxes, copy_page, items_of, numbered, paste_page
from tests.meetings.test_check_as_typed import FIVE, box
from tests.visitor import text_of

ASKED = "Which numbers should these items have?"
FOLLOWS = "The ticked items are numbered in their order. A number that was typed in stays."


def opened(clerk: Any, coming: Any, pasted: str = FIVE) -> dict[str, str]:
    return boxes(clerk.post(paste_page(coming), {"pasted": pasted}))


def send(clerk: Any, coming: Any, typed: dict[str, str]) -> Any:
    return clerk.post(f"{paste_page(coming)}/check", typed)


def unticked(typed: dict[str, str], *titles: str) -> dict[str, str]:
    gone = {box(typed, title, "adds") for title in titles}
    return {name: value for name, value in typed.items() if name not in gone}


def choices(page: Any) -> dict[str, str]:
    """What can be chosen, by what is sent of it."""
    found = fromstring(page.text).xpath("//input[@name='numbers']")
    return {one.get("value"): text_of_label(page, one.get("id")) for one in found}


def text_of_label(page: Any, of: str) -> str:
    [label] = fromstring(page.text).xpath(f"//label[@for='{of}']")
    return " ".join(label.text_content().split())


def numbers(app: Flask, coming: Any) -> str:
    return " ".join(number for number, _ in numbered(app, coming))


def test_a_lower_number_asks_which_ones_the_items_behind_it_have(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = opened(clerk, coming)
    assert "numbers" not in typed
    typed[box(typed, "Care", "number")] = "2.1"
    page = send(clerk, coming, typed)
    assert page.status_code == 200
    assert items_of(app, coming) == [], "nothing is saved unasked"
    assert ASKED in text_of(page)
    assert choices(page) == {
        "order": "In order: 3 Staff; 4 Close",
        "shown": "As they are in their boxes: 4 Staff; 5 Close",
    }
    assert {k: v for k, v in boxes(page).items() if k != "numbers"} == typed, "nothing that was sent is lost"


@pytest.mark.parametrize(("answer", "saved"), [("order", "1 2 2.1 3 4"), ("shown", "1 2 2.1 4 5")])
def test_what_is_answered_is_saved(app: Flask, visit: Any, things: dict[str, Any], answer: str, saved: str) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = opened(clerk, coming)
    typed[box(typed, "Care", "number")] = "2.1"
    page = send(clerk, coming, typed)
    assert send(clerk, coming, {**boxes(page), "numbers": answer}).status_code == 302
    assert numbers(app, coming) == saved


def test_numbers_out_of_order_are_kept_and_said(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = opened(clerk, coming, "1 Budget\n2 Risks\n3 Care\n4 Staff\n5 Close\n6 End")
    typed[box(typed, "Close", "number")] = "2"
    said = text_of(clerk.post(f"{paste_page(coming)}/check", {**typed, "numbers": "shown"}, follow_redirects=True))
    assert numbers(app, coming) == "1 2 3 4 2 6"
    assert "Number 2 is used 2 times: “Risks” and “Close”." in said


def test_without_an_item_those_behind_it_move_up_as_the_page_says(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    page = clerk.post(paste_page(coming), {"pasted": FIVE})
    assert FOLLOWS in text_of(page)
    assert send(clerk, coming, unticked(boxes(page), "Risks")).status_code == 302
    assert numbers(app, coming) == "1 2 3 4"
    assert not any(one.is_number_typed for one in items_of(app, coming))


def test_a_number_left_as_it_was_still_follows_after_a_mistake(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = unticked(opened(clerk, coming), "Risks")
    close = box(typed, "Close", "title")
    again = send(clerk, coming, {**typed, close: ""})
    assert boxes(again)[box(typed, "Care", "number")] == "2", "as it will be"
    assert send(clerk, coming, {**boxes(again), close: "Close"}).status_code == 302
    assert [one.is_number_typed for one in items_of(app, coming)] == [False] * 4


def test_an_emptied_box_is_numbered_by_its_place(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = opened(clerk, coming)
    assert send(clerk, coming, {**typed, box(typed, "Care", "number"): ""}).status_code == 302
    assert numbers(app, coming) == "1 2 3 4 5"


def test_an_item_that_came_since_is_asked_about_too(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = opened(clerk, coming)
    add(clerk, coming, title="Urgent")
    page = send(clerk, coming, typed)
    assert choices(page)["order"] == "In order: 2 Budget; 3 Risks; 4 Care; 5 Staff; 6 Close"
    assert send(clerk, coming, {**boxes(page), "numbers": "shown"}).status_code == 302
    assert numbers(app, coming) == "1 1 2 3 4 5"


def test_a_page_from_before_it_was_asked_is_read_too(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = {name: value for name, value in opened(clerk, coming).items() if not name.endswith("-shown")}
    assert send(clerk, coming, typed).status_code == 302
    assert not any(one.is_number_typed for one in items_of(app, coming))


def test_a_copied_agenda_asks_the_same_and_sent_twice_it_is_there_once(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    page = clerk.get(copy_page(coming))
    assert FOLLOWS in text_of(page)
    typed = boxes(page)
    typed[box(typed, "CANARYNORTH Welcome", "number")] = "2(a)"
    asked = clerk.post(copy_page(coming), typed)
    assert choices(asked)["order"] == "In order: 3 CANARYNORTH Contract"
    for _ in range(2):
        assert clerk.post(copy_page(coming), {**boxes(asked), "numbers": "shown"}).status_code == 302
    assert numbers(app, coming) == "1 2 2(a) 4"


def test_however_boxes_are_typed_they_are_saved_as_they_are_or_it_is_asked(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    """Of many pages at random: what is saved without a question is what was sent, unless ticks alone moved it."""
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    chance, saved = random.Random(36), 0  # noqa: S311 - no secret
    for turn in range(30):
        pasted = "\n".join(f"{n} T{turn}x{n}" for n in range(1, 7))
        typed = opened(clerk, coming, pasted)
        for name in [name for name in typed if name.endswith("-number") and chance.random() < 0.3]:
            typed[name] = chance.choice(["1", "2", "3(a)", "7", "40", "A", typed[name]])
        sent = {typed[name.replace("-number", "-title")]: typed[name] for name in typed if name.endswith("-number")}
        before = {one.id for one in items_of(app, coming)}
        page = send(clerk, coming, typed)
        if page.status_code == 200:
            assert ASKED in text_of(page)
            assert len(items_of(app, coming)) == len(before)
            assert send(clerk, coming, {**boxes(page), "numbers": "shown"}).status_code == 302
        added = [one for one in items_of(app, coming) if one.id not in before]
        assert {one.title: one.number for one in added} == sent
        saved += page.status_code == 302
    assert 0 < saved < 30


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
        typed = {**boxes(clerk.get(page)), "title": title, "purpose": "", "number": number}
        said = text_of(clerk.post(f"{page}?then=another", typed, follow_redirects=True))
    assert numbered(app, coming) == [("4", "A"), ("2", "B"), ("3", "C"), ("4", "D")]
    assert "Number 4 is used 2 times: “A” and “D”." in said


def test_a_standing_item_keeps_its_number_whatever_is_typed_around_it(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    group = f"/boards/northfirth/groups/{things['group_id']}/standing-items"
    clerk.post(group, {"title": "Carers’ voice", "purpose": "", "once": str(uuid4()), "place": "3"})
    page = clerk.post(paste_page(coming), {"pasted": FIVE, "with_standing": "y"})
    typed = boxes(page)
    typed[box(typed, "Budget", "number")] = "9"
    assert send(clerk, coming, typed).status_code == 302, "what is behind it follows that, as it did"
    shown = {typed[name.replace("-number", "-title")]: typed[name] for name in typed if name.endswith("-number")}
    assert {one.title: one.number for one in items_of(app, coming)} == shown
