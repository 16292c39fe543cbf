"""The part of a long list that its reader chose, and what is always in it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from portal.core.part_of_list import EVERY, SHORT, Part, Way, part_of


@dataclass(frozen=True)
class Row:
    year: str
    state: str


NEWER = [Row("2026", "sent")] * 9
OLDER = [Row("2025", "paid")] * 8 + [Row("2025", "draft")]
ROWS = NEWER + OLDER
YEAR: Way[Row] = Way("year", "Year", lambda one: one.year, newest_first=True)
STATE: Way[Row] = Way("state", "State", lambda one: one.state, {"draft": "Not sent", "sent": "Sent", "paid": "Paid"})


def is_draft(row: Row) -> bool:
    return row.state == "draft"


def part(**asked: str) -> Part[Row]:
    return part_of(ROWS, asked, YEAR, STATE)


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, NEWER),
        ({"year": "2025"}, OLDER),
        ({"year": EVERY}, ROWS),
        ({"year": EVERY, "state": "paid"}, OLDER[:-1]),
        ({"state": "paid"}, []),
        ({"year": "1999", "state": "<b>"}, NEWER),
    ],
)
def test_a_list_shows_what_was_chosen_and_its_newest_year_until_then(asked: dict[str, str], rows: list[Row]) -> None:
    assert part(**asked).rows == rows


def test_what_must_not_be_overlooked_is_in_every_part() -> None:
    found = part_of(ROWS, {"year": "2026"}, YEAR, always=is_draft)
    assert (found.rows, found.beside) == ([*NEWER, OLDER[-1]], 1)


def test_the_numbers_are_of_the_whole_list_whatever_is_chosen() -> None:
    said = {one.words: one.number for way in part(year="2025").ways for one in way.every}
    assert said == {"All": 18, "2026": 9, "2025": 9, "Not sent": 1, "Sent": 9, "Paid": 8}


def test_choosing_one_thing_leaves_the_others_as_they_are() -> None:
    found = part(year="2025")
    assert found.address(found.ways[1], "paid", {"at": "1"}) == {"at": "1", "year": "2025", "state": "paid"}


def test_a_short_list_is_shown_whole() -> None:
    assert part_of(ROWS[-SHORT:], {"year": "2026"}, YEAR) == Part(ROWS[-SHORT:], SHORT)


def test_where_all_are_alike_there_is_nothing_to_choose() -> None:
    assert part_of([NEWER[0]] * 20, {}, YEAR, STATE).ways == []
