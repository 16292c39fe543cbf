"""Names as clerks of other boards give them: in doubt a guess says so, and a sure one is right."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from portal.papers.matching.kinds import FileKind, Item, Known, Match
from portal.papers.matching.rules import match

TITLES = (
    *("1 Apologies for absence", "2 Minute of meeting held on 24 September 2026", "3 Action log and matters arising"),
    "4.1 Delayed discharge",
    *("5 Chief Officer's report", "6 Finance", "6(a) Financial monitoring period 6 2026/27"),
    *("6(b) Medium term financial outlook 2027-2030", "7 Revenue budget monitoring report 2026/27 quarter 2"),
    *("8 Strategic commissioning plan 2027-2030", "9 Carers strategy: progress", "10 Internal audit plan 2027/28"),
    *("11 Annual accounts 2025/26", "12 Strategic risk register", "13 Governance", "13.1 Standing orders"),
    *("13.2 Savings programme", "14 Locality plans", "15 Care home contract (exempt)"),
)
ITEMS = [Item(UUID(int=n), *title.split(" ", 1)) for n, title in enumerate(TITLES, 1)]
KNOWN = Known(ITEMS, meets_on=date(2026, 11, 26), own_names=("Northfirth Integration Joint Board", "NIJB"))


def found(name: str) -> Match:
    return match(name, KNOWN)


def place(one: Match) -> str:
    return next((item.number for item in ITEMS if item.id == one.id), one.kind.value)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Item 6a - IJB Fin Mon Rpt P6 2026-27 FINAL v3.pdf", "6(a)"),
        ("6 b - Medium Term Financial Plan.pdf", "6(b)"),
        ("6b MTFO.pdf", "6(b)"),
        ("Agenda Item No 12 – Strategic Risk Register.pdf", "12"),
        ("12 - SRR Nov 2026.pdf", "12"),
        ("Minute of 24.9.26 draft.pdf", "2"),
        ("2 Minutes of Meeting 24.9.26.pdf", "2"),
        ("2 Minute.pdf", "2"),
        ("05 Chief Officer's Report (Nov 26).pdf", "5"),
        ("IJB-26-41 Carers Strategy Progress.pdf", "9"),
        ("8. SCP 2027-30 draft for consultation.pdf", "8"),
        ("10-Internal-Audit-Plan-2027-28.pdf", "10"),
        ("2026-11-26_IJB_12_Risk-Register.pdf", "12"),
        ("7 Rev Budget Mon Q2 2026-27.pdf", "7"),
        ("41 Delayed discharge.pdf", "4.1"),
        ("Finance.pdf", "6"),
        ("Copy of 09 Carers Strategy.pdf", "9"),
    ],
)
def test_the_item_is_surely_found(name: str, where: str) -> None:
    one = found(name)
    assert (place(one), one.kind, one.is_sure) == (where, FileKind.ITEM, True)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("6ai Finance tables.pdf", "6(a)"),
        ("6aii Appendix.pdf", "6(a)"),
        ("8.2 EQIA SCP.pdf", "8"),
        ("Item 12.1 Appendix 1 Risk Register.pdf", "12"),
        ("SCP Integrated Impact Assessment.pdf", "8"),
    ],
)
def test_what_goes_with_an_item_is_its_appendix(name: str, where: str) -> None:
    one = found(name)
    assert (place(one), one.kind) == (where, FileKind.APPENDIX)


@pytest.mark.parametrize(
    "name",
    [
        "7 Revenue Budget Monitoring Report Q1 2026-27.pdf",  # of another quarter
        "11 Annual Accounts 2024-25.pdf",
        "Item 41.pdf",  # may be 4.1, and nothing else says so
        "10 - 11 combined audit.pdf",
        "Item 12 and 13 risk.pdf",
        "Items 6a and 6b.pdf",
        "Finance Report Appendix 2.pdf",  # of which of the three items of Finance?
        "Governance report.pdf",
        "07 Chief Officer's Report (Nov 26).pdf",
        "Draft Minute IJB 26 Nov 2026.pdf",
        "2026 11 26 IJB Paper 4 App B.pdf",
        "9 to 5 working.pdf",
        "7 minute briefing.pdf",
        "12 days of care.pdf",
        "Meeting room plan.pdf",
    ],
)
def test_what_may_be_wrong_is_not_sure(name: str) -> None:
    assert not found(name).is_sure


def test_a_paper_whose_words_are_those_of_an_item_is_no_appendix_for_its_number() -> None:
    """6.1 may be how its writer counts what the agenda calls 6(a)."""
    one = found("6.1 Financial Monitoring.pdf")
    assert (place(one), one.kind, one.is_sure) == ("6(a)", FileKind.ITEM, False)
