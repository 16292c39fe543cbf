"""What stands in a pasted agenda beside its items: appendices, breaks, who reports, and words like exempt."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.meetings.agendas.drafts import as_they_will_be, of_pasted
from portal.meetings.agendas.pasted import read_items
from tests.meetings.test_agendas import boxes, items_of, numbered, paste_page
from tests.visitor import text_of


def test_who_reports_may_stand_below_the_item() -> None:
    read = read_items("1 Budget\n   Report by the Chief Finance Officer\n2 Risks\nVerbal report by Ann Fraser")
    said = [(item.number, item.title, item.presenter, item.is_verbal) for item in read.items]
    assert said == [("1", "Budget", "Chief Finance Officer", False), ("2", "Risks", "Ann Fraser", True)]


@pytest.mark.parametrize(
    "line",
    [
        *("Appendix 1 - Risk matrix", "    Appendix A: scores", "appendix 2", "Annexe B – Map", "Enclosure 3"),
        *("COMFORT BREAK 11.15am (10 mins)", "11.15 - 11.25 Comfort break", "Lunch at 12.30pm", "10 minute break"),
        *("Tea and coffee available from 9.30am", "Break", "12.30pm Networking lunch (45 mins)", "Refreshments"),
    ],
)
def test_appendices_and_breaks_are_left_out_and_take_no_number(line: str) -> None:
    drafts = as_they_will_be(of_pasted(read_items(f"1 Budget\n{line}\n2 Risks").items), [])
    assert [(one.number, one.adds) for one in drafts.values()] == [("1", True), ("", False), ("2", True)]
    assert [one.notes[0][:25] for one in drafts.values() if one.notes] == ["Left out, as it looks lik"]


@pytest.mark.parametrize(
    "line",
    [
        *("Short breaks", "Short Break Bureau", "Lunch clubs", "Break in service policy", "Coffee morning for carers"),
        *("Appendix removal services", "Annual report", "Tea dances", "Breakfast clubs", "Annex to the scheme"),
    ],
)
def test_what_only_sounds_like_a_break_is_an_item(line: str) -> None:
    assert not read_items(f"1 Budget\n2 {line}").items[1].is_left_out


def test_what_may_be_private_is_known_by_its_words_or_its_heading() -> None:
    pasted = "1 Budget\n2 Lease (exempt – paragraphs 6 and 8)\nPrivate session\n3 Staff\nPUBLIC SESSION\n4 Close"
    read = [item for item in read_items(pasted).items if not item.is_left_out]
    assert [(item.number, item.may_be_private, item.paragraphs) for item in read] == [
        *(("1", False, ()), ("2", True, ("6", "8")), ("3", True, ()), ("4", False, ())),
    ]


def test_an_item_that_may_be_private_is_asked_about_and_added_as_answered(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    shown = clerk.post(paste_page(coming), {"pasted": "1 Budget\n2 Lease (exempt)\n3 Private sector partners"})
    typed = boxes(shown)
    lease, partners = (name.removesuffix("-privacy") for name in typed if name.endswith("-privacy"))
    refused = clerk.post(f"{paste_page(coming)}/check", {**typed, f"{partners}-privacy": "public"})
    assert "2 Lease (exempt): choose whether it is restricted or public" in text_of(refused)
    typed |= {f"{partners}-privacy": "public", f"{lease}-privacy": "restricted"}
    refused = clerk.post(f"{paste_page(coming)}/check", typed)
    assert "2 Lease (exempt): select at least one paragraph" in text_of(refused)
    assert items_of(app, coming) == []
    clerk.post(f"{paste_page(coming)}/check", {**typed, f"{lease}-paragraphs": "8"})
    assert [(item.is_restricted, item.paragraphs) for item in items_of(app, coming)] == [
        *((False, []), (True, ["8"]), (False, [])),
    ]


def test_an_item_that_is_not_ticked_needs_no_answer(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    typed = boxes(clerk.post(paste_page(coming), {"pasted": "1 Budget\n2 Lease (exempt)"}))
    [lease] = (name.removesuffix("-privacy") for name in typed if name.endswith("-privacy"))
    del typed[f"{lease}-adds"]
    assert clerk.post(f"{paste_page(coming)}/check", typed).status_code == 302
    assert numbered(app, coming) == [("1", "Budget")]
