"""Under which words a thing to do stands on the first page, and how far away a day is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.core.by_when import LATER, THIS_WEEK, TOMORROW, WAITING, WHEN_YOU_CAN, by_when, in_order
from portal.core.by_when import TODAY as NOW
from portal.core.text import days_away_words
from portal.infra.todo_line import BY, SINCE, UNSAID, Line

DAY = date(2026, 3, 3)


def line(days: int, day_is: str = BY, is_late: bool = False) -> Line:
    return Line(DAY + timedelta(days=days), "Do it", day_is=day_is, is_late=is_late)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (line(-1, is_late=True), NOW),
        (line(30, is_late=True), NOW),
        (line(0), NOW),
        (line(1), TOMORROW),
        (line(2), THIS_WEEK),
        (line(7), THIS_WEEK),
        (line(8), LATER),
        (line(-20, SINCE), WAITING),
        (line(-20, UNSAID), WHEN_YOU_CAN),
        (line(3, UNSAID), THIS_WEEK),
        (line(20, UNSAID), LATER),
    ],
)
def test_a_thing_to_do_stands_under_its_day(one: Line, words: str) -> None:
    assert by_when([one], DAY) == {words: [one]}


def test_what_is_first_stays_first_and_nothing_is_lost() -> None:
    lines = [line(9), line(0), line(3), line(0, is_late=True)]
    assert by_when(lines, DAY) == {NOW: [lines[1], lines[3]], THIS_WEEK: [lines[2]], LATER: [lines[0]]}


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "tomorrow"), (2, "in 2 days"), (-1, "1 day ago"), (-5, "5 days ago")]
)
def test_how_far_away_a_day_is(days: int, words: str) -> None:
    assert days_away_words(DAY + timedelta(days=days), DAY) == words


def test_what_endangers_a_coming_day_goes_before_what_has_been_late_for_long() -> None:
    old, waiting, tomorrow = line(-150), line(-30, SINCE), line(1)
    care, papers = (replace(line(-1), for_day=DAY + timedelta(days=days)) for days in (3, 2))
    shown = [one.shown("", DAY) for one in (old, waiting, tomorrow, care, papers)]
    assert in_order(shown) == [shown[4], shown[3], shown[0], shown[2], shown[1]]


def test_a_coming_day_changes_no_place_before_there_is_something_to_do() -> None:
    care, sooner = replace(line(5), for_day=DAY + timedelta(days=6)).shown("", DAY), line(4)
    assert in_order([care, sooner]) == [sooner, care]
