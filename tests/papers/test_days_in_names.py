"""Days in the names of agendas and minutes, words that are apart, and titles that keep what a name says."""

from __future__ import annotations

from datetime import date

import pytest

from portal.papers.matching.kinds import FileKind, Known, Match
from portal.papers.matching.rules import match
from portal.papers.matching.titles import propose_title
from tests.papers.test_matching import agenda_of, place

A_MEETING = agenda_of(
    "1 Welcome|3 Minute of Meeting of 27 January 2027|5 Chief Officer's Report|9 Unpaid Carers Strategy|10 Winter plan"
    "|12 Equality Outcomes & Mainstreaming Report"
)


def of_february(name: str, is_over: bool = False) -> Match:
    return match(name, Known(A_MEETING, is_over=is_over, meets_on=date(2027, 2, 24)))


@pytest.mark.parametrize(
    ("name", "given", "meets"),
    [
        ("agenda 12 Jan.pdf", "12 January", "24 February"),
        ("Agenda Jan 12.pdf", "12 January", "24 February"),
        ("Agenda - January 12th v2.pdf", "12 January", "24 February"),
        ("24.02.26 IJB Agenda.pdf", "24 February 2026", "24 February 2027"),
        ("Agenda Wednesday 27 January 2027.pdf", "27 January 2027", "24 February 2027"),
        ("Agenda_2027-03.pdf", "March 2027", "24 February 2027"),
        ("Agenda March.pdf", "March", "24 February"),
        ("2026 agenda.pdf", "2026", "24 February 2027"),
    ],
)
def test_an_agenda_of_another_day_is_not_sure_and_both_days_are_said(name: str, given: str, meets: str) -> None:
    found = of_february(name)
    assert (found.kind, found.is_sure) == (FileKind.AGENDA, False)
    assert found.why == f"Its name gives {given}; this meeting is on {meets}"


@pytest.mark.parametrize(
    "name",
    [
        "Agenda.pdf",
        "Agenda 24 Feb.pdf",
        "Agenda Wed 24th February 2027.pdf",
        "Agenda Feb 27.pdf",
        "20270224 agenda.pdf",
    ],
)
def test_an_agenda_of_this_day_however_written_is_sure(name: str) -> None:
    assert (of_february(name).kind, of_february(name).is_sure) == (FileKind.AGENDA, True)


def test_draft_minutes_of_another_day_are_not_those_of_a_meeting_that_is_over() -> None:
    assert of_february("Draft minutes 24 Feb.pdf", is_over=True).kind is FileKind.MINUTES
    assert of_february("Draft minutes 12 Jan.pdf", is_over=True).kind is not FileKind.MINUTES


@pytest.mark.parametrize(
    ("name", "is_sure"),
    [
        ("Minute 27 January 2027 DRAFT v3 (KM comments).pdf", True),
        ("Minutes January 27, 2027.pdf", True),
        ("Minutes of last meeting, 27 January 2027.pdf", True),
        ("Draft Minute held on Wed 27.01.27 with comments.pdf", True),
        ("Minutes 27 Jan (KM).pdf", True),
        ("Audit Committee minutes 27 January 2027.pdf", False),
        ("Minutes 12 December 2026.pdf", False),
    ],
)
def test_minutes_of_the_day_in_an_items_title_are_those_minutes(name: str, is_sure: bool) -> None:
    found = of_february(name)
    assert (place(found, A_MEETING), found.is_sure) == ("3", is_sure)


@pytest.mark.parametrize(
    "title",
    [
        "Minutes of previous meeting held on 17th November 2018",
        "Minute of meeting, November 17, 2018",
        "Minutes 17/11/18",
    ],
)
@pytest.mark.parametrize(
    "name",
    ["Minute November 17, 2018.pdf", "Minutes of last meeting, 17 November 2018.pdf", "minutes_20181117_DRAFT.pdf"],
)
def test_the_day_of_minutes_counts_however_title_and_name_write_it(title: str, name: str) -> None:
    items = agenda_of(f"3 {title}|4 Minutes of the Audit Committee")
    found = match(name, Known(items, meets_on=date(2019, 1, 10)))
    assert (place(found, items), found.is_sure) == ("3", True)


@pytest.mark.parametrize(
    ("name", "is_sure"),
    [
        ("05 Chief Social Work Officer Annual Report.pdf", False),
        ("05 Chief Finance Officer report.pdf", False),
        ("05 Chief Officer's Annual Report.pdf", True),
        ("05 Report of the Chief Officer February.pdf", True),
    ],
)
def test_words_of_an_item_that_are_apart_in_a_name_are_not_its_words(name: str, is_sure: bool) -> None:
    found = of_february(name)
    assert (place(found, A_MEETING), found.is_sure) == ("5", is_sure)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("10 - 2025-26 winter.pdf", "2025-26 winter"),
        ("10 25-26 winter.pdf", "25-26 winter"),
        ("10_2025_26_winter.pdf", "2025-26 winter"),
        ("2025-26 winter plan.pdf", "2025-26 winter plan"),
        ("10 2025 winter.pdf", "2025 winter"),
        ("2027 Item 10 Winter.pdf", "Winter"),
        ("item 12 appendix B EqIA.pdf", "Appendix B EqIA: Equality Outcomes & Mainstreaming Report"),
        ("12_Easy_Read.pdf", "Easy Read: Equality Outcomes & Mainstreaming Report"),
        ("Item No 9 Unpaid Carers Strategy.pdf", "Unpaid Carers Strategy"),
        ("Agenda Item Number 9 - Unpaid Carers Strategy.pdf", "Unpaid Carers Strategy"),
        ("Paper No. 9 Unpaid Carers.pdf", "Unpaid Carers"),
        ("Minute 27 January 2027 DRAFT v3 (KM comments).pdf", "Minute 27 January 2027 DRAFT"),
    ],
)
def test_a_title_keeps_years_and_what_goes_with_a_paper_and_no_number(name: str, title: str) -> None:
    assert propose_title(name, of_february(name), A_MEETING) == title
