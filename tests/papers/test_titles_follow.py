"""Titles that were only proposed follow the place that a clerk chooses; what was typed is kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from portal.papers.destination import NOTHING_YET, THE_AGENDA, Destination, minutes, of_item
from portal.papers.preparing.following import title_at
from portal.papers.preparing.rules import APPROVED

FIVE, EIGHT = UUID(int=5), UUID(int=8)
ITEMS: Any = [
    SimpleNamespace(id=FIVE, number="5", title="Budget update"),
    SimpleNamespace(id=EIGHT, number="8", title="Contract for home care"),
]


@pytest.mark.parametrize(
    ("file_name", "title", "before", "after", "expected"),
    [
        ("MM-2018Nov-Att5.pdf", "Budget update", of_item(FIVE), of_item(EIGHT), "Contract for home care"),
        ("5 Budget update.pdf", "Budget update", of_item(FIVE), of_item(EIGHT), "Contract for home care"),
        ("MM-2018Nov-Att5.pdf", "What I typed", of_item(FIVE), of_item(EIGHT), "What I typed"),
        ("MM-2018Nov-Att1.pdf", "MM-2018Nov-Att1", NOTHING_YET, of_item(EIGHT), "Contract for home care"),
        ("2018Nov.pdf", "2018Nov", NOTHING_YET, THE_AGENDA, "Agenda"),
        ("scan.pdf", "scan", NOTHING_YET, of_item(EIGHT), "Contract for home care"),
        ("5 Finance report.pdf", "5 Finance report", NOTHING_YET, of_item(FIVE), "Finance report"),
        ("5 Finance report.pdf", "5 Finance report", NOTHING_YET, of_item(EIGHT), "Finance report"),
        ("06_Finance_v2.pdf", "06_Finance_v2", NOTHING_YET, of_item(EIGHT), "Finance"),
        ("5 Ways to wellbeing.pdf", "5 Ways to wellbeing", NOTHING_YET, of_item(EIGHT), "5 Ways to wellbeing"),
        ("06 Finance.pdf", "Finance", of_item(EIGHT), of_item(FIVE), "Finance"),
        ("5 2026-27 plan.pdf", "5 2026-27 plan", NOTHING_YET, of_item(FIVE), "2026-27 plan"),
        ("5 Finance report.pdf", "5 Finance, as I call it", NOTHING_YET, of_item(FIVE), "5 Finance, as I call it"),
        ("scan0001.pdf", "scan0001", of_item(EIGHT), of_item(EIGHT), "Contract for home care"),
        ("MM-2014Nov-Att9.pdf", "MM-2014Nov-Att9", of_item(FIVE), of_item(FIVE), "Budget update"),
        ("scan0001.pdf", "scan0001", NOTHING_YET, minutes(APPROVED), "Approved minutes"),
        ("scan0001.pdf", "scan0001", NOTHING_YET, NOTHING_YET, "scan0001"),
        ("scan0001.pdf", "The inspection", of_item(EIGHT), of_item(EIGHT), "The inspection"),
        ("Winter plan.pdf", "Winter plan", NOTHING_YET, of_item(EIGHT), "Winter plan"),
        ("scan.pdf", "Budget update", of_item(FIVE), of_item(FIVE), "Budget update"),
    ],
)
def test_a_title_that_was_proposed_follows_the_item(
    file_name: str, title: str, before: Destination, after: Destination, expected: str
) -> None:
    version: Any = SimpleNamespace(file_name=file_name, title_inside="")
    assert title_at(version, title, before, after, ITEMS) == expected


def test_a_bare_name_takes_the_title_inside_where_there_is_one() -> None:
    version: Any = SimpleNamespace(file_name="scan0001.pdf", title_inside="The inspection of care homes")
    assert title_at(version, "scan0001", of_item(EIGHT), of_item(EIGHT), ITEMS) == "The inspection of care homes"
