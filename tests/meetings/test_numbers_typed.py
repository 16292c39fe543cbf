"""Numbers that a pasted list gives its items: kept where they can be, and said where they are not."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.meetings.agendas.pasted import read_items
from tests.meetings.test_agendas import add, boxes, numbered, paste_page
from tests.visitor import text_of


@pytest.mark.parametrize(
    ("pasted", "numbers"),
    [
        ("26/104 Budget\n26/105 Risks", ["26/104", "26/105"]),
        ("A.1 Budget\nA.2 Risks\nB.1 Close", ["A.1", "A.2", "B.1"]),
        ("IJB/26/3 Budget\nIJB/26/4 Risks", ["IJB/26/3", "IJB/26/4"]),
        ("[7] Budget\n[8] Risks", ["7", "8"]),
        ("1000. Budget\n1001. Risks", ["1000", "1001"]),
        ("No\tItem\nA/26/3 (old 4)\tBudget\n3(a)\tRisks\n(4)\tClose", ["A/26/3 (old 4)", "3(a)", "4"]),
    ],
)
def test_numbers_of_any_kind_are_kept_as_they_were_typed(pasted: str, numbers: list[str]) -> None:
    read = read_items(pasted).items
    assert [one.number for one in read] == numbers
    assert [one.title for one in read] == ["Budget", "Risks", "Close"][: len(numbers)]
    assert not any(one.notes for one in read)


@pytest.mark.parametrize(
    "pasted", ["2026/27 budget\n2027/28 budget", "24/7 care\n24/7 support", "COVID-19 recovery\nCOVID-19 tests"]
)
def test_what_only_looks_like_a_number_stays_in_the_title(pasted: str) -> None:
    read = read_items(pasted).items
    assert [(one.number, one.title) for one in read] == [("", line) for line in pasted.split("\n")]


@pytest.mark.parametrize(
    ("pasted", "typed"),
    [
        ("1 Budget\nRisks\nClose\nOther", "“1”"),
        ("A) Budget\nRisks\nClose", "“A)”"),
        ("26/104 Budget\nRisks\nClose", "“26/104”"),
    ],
)
def test_a_number_that_is_not_taken_stays_in_the_title_and_is_said(pasted: str, typed: str) -> None:
    first = read_items(pasted).items[0]
    assert (first.number, f"{typed[1:-1]} Budget") == ("", first.title)
    [said] = [note for note in first.notes if "not taken as the number" in note]
    assert said.startswith(typed)


def test_one_that_is_too_long_is_not_cut() -> None:
    [one] = read_items("No\tItem\n1234567890123456789012345\tBudget").items
    assert (one.number, one.title) == ("", "Budget – 1234567890123456789012345")
    assert one.notes == ("“1234567890123456789012345” stays in the title",)


def test_numbers_that_are_others_than_in_the_list_are_said(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    add(clerk, coming, title="First")
    shown = clerk.post(paste_page(coming), {"pasted": "1 Budget\n2 Risks\n7 Close"})
    words = text_of(shown)
    assert "these numbers are not as in your list" in words
    assert "“Budget” is 1 in your list, and will be 2" in words
    assert "“Risks” is 2 in your list, and will be 3" in words
    assert "“Close” is" not in words, "it keeps its own"
    typed = boxes(shown)
    [box] = [name.replace("-title", "-number") for name, value in typed.items() if value == "Budget"]
    asks = clerk.post(f"{paste_page(coming)}/check", {**typed, box: "1"})
    clerk.post(f"{paste_page(coming)}/check", boxes(asks))
    assert numbered(app, coming) == [("1", "First"), ("1", "Budget"), ("2", "Risks"), ("7", "Close")]


def test_those_that_stay_are_not_spoken_of(visit: Any, things: dict[str, Any]) -> None:
    shown = visit("northfirth.clerk").post(paste_page(things["coming_id"]), {"pasted": "1 Budget\n2 Risks\n2.1 More"})
    assert "in your list, and will be" not in text_of(shown)
