"""A title begins with no item's number, wherever its file is put; a number of what it is about stays."""

from __future__ import annotations

from itertools import product
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.papers.matching.kinds import FileKind, Item, Match
from portal.papers.matching.titles import propose_title
from portal.papers.preparing import queries as preparing_queries
from tests.papers.test_sorting_table import as_shown, rows, save, table, upload, with_four_items

CARERS, ELSEWHERE, SIX = (
    Item(UUID(int=1), "8", "Carers’ Strategy"),
    Item(UUID(int=2), "14", "Any other business"),
    Item(UUID(int=3), "12", "Six steps to wellbeing"),
)
ITEMS = [CARERS, ELSEWHERE, SIX]
TOPICS = (
    *(
        "Finance monitoring",
        "Contract award",
        "Risk register",
        "Chief Officer’s update (Nov 26)",
        "Winter plan 2026-27",
    ),
    *(
        "Self-directed support",
        "IT and digital",
        "Audit of 3 care homes",
        "Appendix 4a - Budget lines",
        "NHS 24 review",
    ),
)
OWN = (
    *("2026 budget", "2026-27 budget", "26-27 budget", "100 days of change", "3 year plan", "3-year plan"),
    *("7-day paper target", "1st quarter report", "2nd home tax", "16+ care leavers", "2 Sisters inquiry"),
    *("5 Ways to wellbeing", "6 Key priorities", "9 to 5 working", "12 and under services", "24-7 crisis care"),
    *("24/7 crisis care", "5% savings", "2.5% uplift", "1.5 million saving", "3D printing", "4G connection"),
    *(
        "4 Nations framework",
        "3 Tier model",
        "10 point plan",
        "24 hour care",
        "999 calls",
        "111 service",
        "0.5 WTE post",
    ),
    *(
        "50-50 shared care",
        "1-2-1 support",
        "5-11 age group",
        "18 - 25 care leavers",
        "2 in 3 carers",
        "7 minute briefing",
    ),
    *("360 degree review", "1000 voices", "21st century care", "6Cs of nursing", "5 a day", "3 People stories"),
    *("65 plus population", "2 Chief executives’ letters", "20.11 Contract", "1 in 4 adults"),
)
BEFORE = (
    *("06 ", "06 - ", "06_", "06. ", "06) ", "06-", "6. ", "6.", "6) ", "(6) ", "6 - ", "6 – ", "6: ", "6 _ ", "6.2 "),
    *("6.2. ", "6.2 - ", "06.2 ", "6a ", "6(a) ", "6 (a) ", "6a) ", "6a. ", "6A - ", "6ai ", "6.2.1 ", "16. "),
    *("Item 6 ", "Item 6 - ", "ITEM 6: ", "item6 ", "Item_6_", "Item-6-", "Item 06 ", "Item 6a ", "Item 6(a) - "),
    *("Item 6.2 ", "Item No 6 ", "Item No. 6 - ", "Item number 6 ", "Item #6 ", "Agenda item 6 ", "Agenda Item 6. "),
    *("Agenda_Item_06_", "Paper 6 ", "Paper 6 - ", "Paper_06_", "Paper No. 6 ", "Enc 6 - ", "Att 6 ", "Report 6 - "),
    *("Item 6 of 15 ", "Item 6 of 15 - ", "Item 6 – ", "Item – 6 – ", "Agenda Item 6 — "),
    *("26.11.26 06 ", "2026-11-26 Item 6 - ", "IJB 26 Nov 2026 Item 06_", "Copy of 06 ", "PRIVATE Item 6 - "),
)


def title(name: str, item: Item = ELSEWHERE, kind: FileKind = FileKind.ITEM) -> str:
    return propose_title(f"{name}.pdf", Match(kind, item.id), ITEMS)


@pytest.mark.parametrize("before", BEFORE)
def test_no_title_begins_with_the_number_of_an_item(before: str) -> None:
    wrong = [title(before + one) for one in TOPICS if title(before + one) != one]
    assert wrong == []


@pytest.mark.parametrize("name", OWN)
def test_a_number_of_the_title_stays(name: str) -> None:
    assert title(name) == name


@pytest.mark.parametrize("name", OWN)
def test_it_stays_behind_an_items_number(name: str) -> None:
    behind = ("06 - ", "Item 31 - ", "Item 31. ", "Agenda item 31: ")
    assert {title(before + name) for before in behind} == {name}


@pytest.mark.parametrize("name", ["Appendix 4a - Budget lines", "Appendix 2", "Annex 3 Tables", "App 2 - Tables"])
def test_an_appendix_keeps_its_name(name: str) -> None:
    assert title(f"Item 6 {name}", kind=FileKind.APPENDIX).startswith(name)
    assert title(name, kind=FileKind.APPENDIX).startswith(name)


@pytest.mark.parametrize(
    ("name", "item", "expected"),
    [
        ("5 Finance monitoring", ELSEWHERE, "Finance monitoring"),
        ("10 Contract award", ELSEWHERE, "Contract award"),
        ("10-Internal-Audit-Plan", ELSEWHERE, "Internal-Audit-Plan"),
        ("7_Winter_plan", ELSEWHERE, "Winter plan"),
        ("5 Carers strategy", CARERS, "Carers strategy"),  # it is the item's own word
        ("5 Carers strategy", ELSEWHERE, "5 Carers strategy"),  # may be five of them
        ("5 Chief Officers report", ELSEWHERE, "Chief Officers report"),
        ("11 Annual Accounts 2025-26", ELSEWHERE, "Annual Accounts 2025-26"),
        ("6 Steps to wellbeing", SIX, "6 Steps to wellbeing"),
        ("1 Declarations form", ELSEWHERE, "Declarations form"),  # one is no more than one
        ("14+ care leavers", ELSEWHERE, "14+ care leavers"),  # also where the item has that number
        ("14% savings", ELSEWHERE, "14% savings"),
        ("14 or over", ELSEWHERE, "14 or over"),
        ("Items 6 and 7 audit", ELSEWHERE, "Items 6 and 7 audit"),
        ("10 - 11 combined audit", ELSEWHERE, "10 - 11 combined audit"),
        ("Item 10 - 11 combined audit", ELSEWHERE, "Item 10 - 11 combined audit"),
        ("Paper 1 of 2 audit", ELSEWHERE, "Paper 1 of 2 audit"),
        ("Item 14 of 20 - Audit", ELSEWHERE, "Audit"),
        ("Item 6 2 Sisters inquiry", ELSEWHERE, "2 Sisters inquiry"),
        ("05 2 Sisters inquiry", ELSEWHERE, "2 Sisters inquiry"),
        ("Item 9", ELSEWHERE, "Any other business"),
    ],
)
def test_what_a_bare_number_means_is_told_by_what_follows(name: str, item: Item, expected: str) -> None:
    assert title(name, item) == expected


def test_the_title_inside_a_file_whose_name_says_nothing_has_no_number_either() -> None:
    found = Match(FileKind.ITEM, ELSEWHERE.id)
    inside = {
        "Item 9 - Finance monitoring": "Finance monitoring",
        "5.2 Risk register": "Risk register",
        "3 year plan": "3 year plan",
        "14. audit": "Audit",
    }
    assert {one: propose_title("scan0001.pdf", found, ITEMS, one) for one in inside} == inside


def test_of_no_item_a_name_keeps_its_number() -> None:
    """Whoever looks for its place sees it."""
    assert propose_title("06 Finance monitoring.pdf", Match(), ITEMS) == "06 Finance monitoring"


def test_the_number_of_the_item_itself_is_in_no_way_kept() -> None:
    for before, topic in product(("14 ", "14 - ", "14. ", "Item 14 ", "14_", "14a ", "Item 14(b) - "), TOPICS):
        assert title(before + topic) == topic


@settings(max_examples=200)
@given(st.sampled_from(BEFORE), st.sampled_from((*TOPICS, *OWN)), st.text("abcdefghij ’&", max_size=12))
def test_whatever_follows_no_words_are_lost(before: str, topic: str, more: str) -> None:
    name = f"{before.strip()} {topic} {more}x"
    said = title(name).lower()
    assert said.endswith(" ".join(f"{topic} {more}x".lower().split()))


def titles_saved(app: Flask, meeting_id: Any) -> set[str]:
    with app.app_context():
        return {one.paper.title for one in preparing_queries.unpublished(meeting_id)}


def test_the_number_goes_when_a_clerk_chooses_the_item_at_once_or_later(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), with_four_items(app, things)
    upload(clerk, meeting_id, "16 Chief Officers Report (Nov 26).pdf", "Item 19 - Finance outlook.pdf")
    page = table(clerk, meeting_id)
    assert {one["place"] for one in rows(page).values()} == {"Do not publish yet"}
    items = [one for one in page.xpath("//select")[0].xpath(".//option/@value") if one.startswith("item")]
    save(clerk, meeting_id, Finance=items[1])
    assert titles_saved(app, meeting_id) == {"16 Chief Officers Report (Nov 26)", "Finance outlook"}
    save(clerk, meeting_id, Chief=items[0])
    assert titles_saved(app, meeting_id) == {"Chief Officers Report (Nov 26)", "Finance outlook"}
    save(clerk, meeting_id, Chief=items[2])
    assert titles_saved(app, meeting_id) == {"Chief Officers Report (Nov 26)", "Finance outlook"}


def test_a_title_that_a_clerk_typed_keeps_its_number(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), with_four_items(app, things)
    upload(clerk, meeting_id, "2 Budget.pdf")
    form = as_shown(table(clerk, meeting_id))
    [name] = [one for one in form if one.endswith("-title")]
    clerk.post(f"/meetings/{meeting_id}/papers/sort", {**form, name: "06 Our money"})
    assert titles_saved(app, meeting_id) == {"06 Our money"}
