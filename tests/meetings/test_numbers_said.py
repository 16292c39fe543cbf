"""One rule for numbers, however one is given: whoever has it keeps it, doubles are said, and so is what changes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import Flask

from tests.meetings.test_agendas import add, boxes, copy_page, items_of, numbered, paste_page
from tests.visitor import text_of

TEN = "\n".join(f"{number} {title}" for number, title in enumerate("ABCDEFGHIJ", start=1))
TWICE = "Number 9 is used 2 times: “H” and “I”."


def pasted(app: Flask, clerk: Any, coming: Any) -> dict[str, Any]:
    clerk.post(f"{paste_page(coming)}/check", boxes(clerk.post(paste_page(coming), {"pasted": TEN})))
    return {one.title: one for one in items_of(app, coming)}


def change(clerk: Any, item: Any, **typed: str) -> str:
    form = {
        "title": item.title,
        "purpose": "",
        **boxes(clerk.get(f"/items/{item.id}/change")),
        "number_is_right": "y",
        **typed,
    }
    return text_of(clerk.post(f"/items/{item.id}/change", form, follow_redirects=True))


def test_a_number_given_twice_moves_nobody_and_is_said(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    items = pasted(app, clerk, coming)
    said = change(clerk, items["H"], number="9")
    assert [number for number, _ in numbered(app, coming)] == ["1", "2", "3", "4", "5", "6", "7", "9", "9", "10"]
    assert TWICE in said
    assert "Numbers that changed" not in said
    said = change(clerk, items["C"], title="Third")
    assert said.count(TWICE) == 1, "the page of the meeting says it still, and nothing new happened"


def test_numbers_that_follow_are_said(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    items = pasted(app, clerk, coming)
    said = change(clerk, items["H"], number="20")
    assert "Numbers that changed: “I” was 9 and is 21 now; “J” was 10 and is 22 now." in said
    moved = text_of(clerk.post(f"/items/{items['B'].id}/move", {"step": "up 2"}, follow_redirects=True))
    assert "Numbers that changed: “B” was 2 and is 1 now; “A” was 1 and is 2 now." in moved
    gone = text_of(clerk.post(f"/items/{items['F'].id}/remove", follow_redirects=True))
    assert "Numbers that changed: “G” was 7 and is 6 now." in gone


def test_a_new_item_with_a_number_that_is_there_is_said(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    items = pasted(app, clerk, coming)
    typed = {"title": "Late", "purpose": "", "number": "4", "number_is_right": "y", "once": str(uuid4())}
    said = text_of(clerk.post(f"/meetings/{coming}/items/new?then=another", typed, follow_redirects=True))
    assert "Number 4 is used 2 times: “D” and “Late”." in said
    clerk.post(f"/items/{items['D'].id}/move", {"step": "up 4"})
    assert ("4", "D") in numbered(app, coming), "it keeps its number"


def test_a_standing_item_with_a_set_number_has_it(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    group = f"/boards/northfirth/groups/{things['group_id']}/standing-items"
    clerk.post(group, {"title": "Carers’ voice", "purpose": "", "once": str(uuid4()), "place": "3"})
    for title, number in (("A", "1"), ("B", "3"), ("C", ""), ("D", "")):
        add(clerk, coming, title=title, number=number)
    page = clerk.get(f"{copy_page(coming)}?from=standing")
    assert "Number 3 is also used by “B”" in text_of(page)
    said = text_of(clerk.post(f"{copy_page(coming)}?from=standing", boxes(page), follow_redirects=True))
    assert ("3", "Carers’ voice") in numbered(app, coming)
    assert "Number 3 is used 2 times: “Carers’ voice” and “B”." in said


def test_items_that_come_between_others_say_whose_numbers_change(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    for title in "AB":
        add(clerk, coming, title=title)
    page = clerk.get(f"{copy_page(coming)}?from=standing")
    assert "“A” is 1 on this agenda, and will be 2" in text_of(page)
    said = text_of(clerk.post(f"{copy_page(coming)}?from=standing", boxes(page), follow_redirects=True))
    assert "Numbers that changed: “A” was 1 and is 2 now; “B” was 2 and is 3 now." in said


def test_removing_is_asked_first(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    items = pasted(app, clerk, coming)
    address = f"/items/{items['F'].id}/remove"
    assert f'href="{address}"' in clerk.get(f"/meetings/{coming}").text
    assert "Do you want to remove item 6, “F”?" in text_of(clerk.get(address))
    assert len(items_of(app, coming)) == 10
    clerk.post(address)
    assert len(items_of(app, coming)) == 9
    standing = f"/standing-items/{things['standing_item_id']}/remove"
    assert "Do you want to remove “CANARYNORTH Apologies”" in text_of(clerk.get(standing))
    assert "CANARYNORTH Apologies" in text_of(clerk.get(f"{copy_page(coming)}?from=standing"))
