"""The number of a file that no item has, where its first part is one's: both numbers are said."""

from __future__ import annotations

import pytest

from portal.papers.matching.kinds import Known
from portal.papers.matching.rules import match
from tests.papers.test_matching import agenda_of

ITEMS = agenda_of("6 Performance report|7 Budget monitoring|8 Carers strategy")


@pytest.mark.parametrize(
    ("name", "number", "parent"),
    [
        ("7.1 Budget monitoring.pdf", "7.1", "7"),
        ("8.2 Carers strategy.pdf", "8.2", "8"),
        ("7.2 Staffing.pdf", "7.2", "7"),
        ("7.3.pdf", "7.3", "7"),
    ],
)
def test_which_number_is_missing_and_which_is_there_are_said(name: str, number: str, parent: str) -> None:
    found = match(name, Known(ITEMS))
    assert found.id == next(one.id for one in ITEMS if one.number == parent)
    assert not found.is_appendix, "no word of its name says so"
    assert (found.is_sure, found.why) == (False, f"The agenda has no item {number}, only item {parent}")


def test_a_lettered_part_is_taken_for_an_appendix_still() -> None:
    assert match("7a Budget monitoring.pdf", Known(ITEMS)).is_appendix


def test_of_a_number_that_is_there_nothing_is_said() -> None:
    assert match("7 Budget monitoring.pdf", Known(ITEMS)).why == ""
