"""The page before a list goes on an agenda: after a mistake it shows what was typed, and says a number used twice."""

from __future__ import annotations

from typing import Any

from flask import Flask
from lxml.html import fromstring

from tests.meetings.test_agendas import add, boxes, copy_page, numbered, paste_page
from tests.visitor import text_of

FIVE = "1 Budget\n2 Risks\n3 Care\n4 Staff\n5 Close"


def box(typed: dict[str, str], title: str, of: str) -> str:
    """The name of a box in the row of an item."""
    [name] = [name for name, value in typed.items() if name.endswith("-title") and value == title]
    return name.replace("-title", f"-{of}")


def row(page: Any, name: str) -> Any:
    """The row that a box is in."""
    [found] = fromstring(page.text).xpath(f"//*[@name='{name}']/ancestor::div[@role='group'][1]")
    return found


def is_open(found: Any) -> bool:
    return bool(found.xpath("./details[@open]"))


def words(found: Any) -> str:
    return " ".join(found.text_content().split())


def test_after_a_mistake_the_page_shows_numbers_as_they_were_typed(visit: Any, things: dict[str, Any]) -> None:
    clerk, page = visit("northfirth.clerk"), paste_page(things["coming_id"])
    typed = boxes(clerk.post(page, {"pasted": FIVE}))
    number = box(typed, "Risks", "number")
    again = clerk.post(f"{page}/check", {**typed, number: "7", box(typed, "Close", "title"): ""})
    risks = row(again, number)
    assert boxes(again)[number] == "7"
    assert is_open(risks)
    assert risks.xpath(".//label")[0].text_content().strip() == "7 Risks"
    care = row(again, box(typed, "Care", "number"))
    assert not is_open(care), "it was left alone"
    assert care.xpath(".//label")[0].text_content().strip() == "3 Care", "until it is said which number it has"
    assert "In order: 8 Care; 9 Staff; 10 Close" in text_of(again)
    assert "“Risks” is 2 in your list, and will be 7" in text_of(again)


def test_what_the_page_shows_after_a_mistake_is_what_is_saved(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, page = visit("northfirth.clerk"), paste_page(things["coming_id"])
    typed = boxes(clerk.post(page, {"pasted": FIVE}))
    title = box(typed, "Close", "title")
    again = clerk.post(f"{page}/check", {**typed, box(typed, "Risks", "number"): "7", title: ""})
    clerk.post(f"{page}/check", {**boxes(again), title: "Close", "numbers": "order"})
    assert numbered(app, things["coming_id"]) == [
        ("1", "Budget"),
        ("7", "Risks"),
        ("8", "Care"),
        ("9", "Staff"),
        ("10", "Close"),
    ]


def test_a_number_given_twice_is_said_beside_both_and_both_keep_it(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, page = visit("northfirth.clerk"), paste_page(things["coming_id"])
    typed = boxes(clerk.post(page, {"pasted": FIVE}))
    number, title = box(typed, "Risks", "number"), box(typed, "Close", "title")
    again = clerk.post(f"{page}/check", {**typed, number: "3", title: ""})
    assert "Number 3 is also used by “Care”" in words(row(again, number))
    assert "Number 3 is also used by “Risks”" in words(row(again, box(typed, "Care", "number")))
    assert text_of(again).count("is also used by") == 2
    clerk.post(f"{page}/check", {**boxes(again), title: "Close"})
    assert numbered(app, things["coming_id"])[1:3] == [("3", "Risks"), ("3", "Care")]
    assert "Number 3 is used 2 times: “Risks” and “Care”." in text_of(clerk.get(f"/meetings/{things['coming_id']}"))


def test_a_number_twice_in_the_list_is_said_beside_its_rows(visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    add(clerk, coming, title="First", number="2")
    shown = clerk.post(paste_page(coming), {"pasted": "4 Budget\n4 Risks\n2 Care\n9 Close"})
    typed = boxes(shown)
    for title, said in (("Budget", "4 is also used by “Risks”"), ("Care", "2 is also used by “First”")):
        assert f"Number {said}" in words(row(shown, box(typed, title, "number")))
    assert "also used" not in words(row(shown, box(typed, "Close", "number")))


def test_a_copied_agenda_is_shown_as_typed_too(visit: Any, things: dict[str, Any]) -> None:
    clerk, page = visit("northfirth.clerk"), copy_page(things["coming_id"])
    typed = boxes(clerk.get(page))
    number = box(typed, "CANARYNORTH Budget", "number")
    again = clerk.post(page, {**typed, number: "3", box(typed, "CANARYNORTH Contract", "title"): ""})
    assert is_open(row(again, number))
    assert "Number 3 is also used by “CANARYNORTH Welcome”" in words(row(again, number))
