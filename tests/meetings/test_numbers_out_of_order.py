"""Numbers that were typed and are out of order: that is said, and nothing is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.meetings.agendas.rules import out_of_order
from portal.meetings.agendas.said import Before
from tests.cast import NOW
from tests.meetings.test_agendas import add, items_of, numbered
from tests.visitor import text_of

GENTLE = "Change the numbers or the order, unless that is what you want."


def behind(*numbers: str) -> list[str]:
    return [one.number for one in out_of_order([Before(number, "Title", True) for number in numbers])]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("1 2 3 4", ""),
        ("1 3 2 4", "2"),
        ("9 10 11", ""),
        ("1 4.1 4.2 4.10 5", ""),
        ("4.2 4.1", "4.1"),
        ("4 4.1 4(a) 5", ""),
        ("4.1 4 5", "4"),
        ("5(b) 5(a)", "5(a)"),
        ("i ii iii iv v vi ix x", ""),
        ("A1 A2 B1 B2", ""),
        ("B1 A1", "A1"),
        ("26/104 26/103", "26/103"),
        ("A 3 B 2", ""),
        ("9 10 3 9", "3"),
        ("1 2 9 9 3", "3"),
        ("1 5 2 3 2", "2 2"),
        ("1 2 5 10 5 3.1 8 2", "5 3.1 2"),
        ("3 - 2", "2"),
    ],
)
def test_what_is_surely_out_of_order(numbers: str, said: str) -> None:
    assert behind(*numbers.replace("-", "").split(" ")) == said.split()


def test_every_number_that_falls_back_is_named_on_the_page(visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    for number in (12, 11, 10, 9, 8, 7, 6):
        add(clerk, coming, title=f"T{number}", number=f"{number}")
    clerk.get(f"/meetings/{coming}")  # what was just done is said once
    said = text_of(clerk.get(f"/meetings/{coming}"))
    assert all(f"Number {n}, “T{n}”, comes after number {n + 1}" in said for n in (11, 10, 9, 8, 7, 6))


def test_it_is_said_once_it_is_saved_and_on_the_page_of_the_meeting_and_moving_mends_it(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    add(clerk, coming, title="Risks", number="9")
    typed = {"title": "Care", "number": "3", "number_is_right": "y", "purpose": ""}
    said = text_of(clerk.post(f"/meetings/{coming}/items/new", typed, follow_redirects=True))
    words = "Number 3, “Care”, comes after number 9, “Risks”."
    assert said.count(words) == 2, "as what was just done, and on the page"
    assert numbered(app, coming) == [("9", "Risks"), ("3", "Care")], "nothing is refused"
    page = clerk.get(f"/meetings/{coming}")
    assert text_of(page).count(words) == 1
    assert GENTLE in text_of(page)
    assert words not in text_of(visit("northfirth.rep").get(f"/meetings/{coming}"))
    at(NOW + timedelta(days=60))
    assert words not in text_of(visit("northfirth.clerk").get(f"/meetings/{coming}")), "it changes no more"
    at(NOW)
    [care] = [one.id for one in items_of(app, coming) if one.title == "Care"]
    visit("northfirth.clerk").post(f"/items/{care}/move", {"step": "up 2"})
    assert GENTLE not in text_of(visit("northfirth.clerk").get(f"/meetings/{coming}"))
