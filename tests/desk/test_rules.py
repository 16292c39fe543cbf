"""Where a rep stands, filters, orders and what is due this week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from portal.desk.rules import FILTERS, SORTS, Rep, chosen
from portal.training.inductions.rules import Progress

TODAY = date(2026, 3, 3)
PLAIN = Rep(UUID(int=1), "Ann", (), None, (), (), None, None, False, 0, 0, 0, 0, None, None)
LATE = replace(PLAIN, name="Bea", induction=Progress(1, 6, TODAY - timedelta(days=3), True), coming="", meets_on=TODAY)
MENTORED = replace(PLAIN, name="Cal", mentors=("Kim",), mentored_since=TODAY - timedelta(days=90), claims=2)
CARED = replace(PLAIN, name="Dee", care_open=2, care_not_arranged=1, training_due=("Finance",), claims=1)
EVERYBODY = [CARED, MENTORED, LATE, PLAIN]


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("", ["Ann", "Bea", "Cal", "Dee"]),
        ("induction", ["Bea"]),
        ("late", ["Bea"]),
        ("training", ["Dee"]),
        ("no_mentor", ["Ann", "Bea", "Dee"]),
        ("not_met", ["Cal"]),
        ("care", ["Dee"]),
        ("claims", ["Cal", "Dee"]),
        ("check_in", ["Bea"]),
        ("nonsense", ["Ann", "Bea", "Cal", "Dee"]),
    ],
)
def test_each_filter_keeps_whom_it_names(show: str, names: list[str]) -> None:
    assert [one.name for one in chosen(EVERYBODY, show, "name", TODAY)] == names


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("induction", "Bea"),
        ("training", "Dee"),
        ("mentor", "Ann"),
        ("care", "Dee"),
        ("claims", "Cal"),
        ("check_in", "Bea"),
    ],
)
def test_each_order_puts_the_most_urgent_first(sort: str, first: str) -> None:
    assert chosen(EVERYBODY, "", sort, TODAY)[0].name == first
    assert set(SORTS) >= {sort}
    assert "" in FILTERS


def test_a_pair_that_met_lately_is_well() -> None:
    assert not replace(MENTORED, met_on=TODAY - timedelta(days=60)).not_met(TODAY)
    assert replace(MENTORED, met_on=TODAY - timedelta(days=61)).not_met(TODAY)
    assert not PLAIN.not_met(TODAY)
