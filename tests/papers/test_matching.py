"""Where files belong by their names, measured on real manners of naming; wrong and sure is what must never be."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config import ROOT
from portal.papers.matching.kinds import FileKind, Item, Known, Match, There
from portal.papers.matching.rules import match
from portal.papers.matching.titles import propose_title

HERE, GIVEN = Path(__file__).parent, ROOT.parent / "shared" / "tried" / "papers"
Row = Mapping[str, str]


def rows_of(path: Path) -> list[Row]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def agenda_of(text: str) -> list[Item]:
    parted = [line.split(" ", 1) for line in text.split("|")]
    return [Item(UUID(int=n), number, title) for n, (number, title) in enumerate(parted, start=1)]


@lru_cache
def agendas() -> dict[str, list[Item]]:
    return {row["agenda"]: agenda_of(row["items"]) for row in rows_of(HERE / "agendas.csv")}


def place(found: Match, items: list[Item]) -> str:
    if found.kind in (FileKind.AGENDA, FileKind.MINUTES):
        return found.kind.value
    return next((item.number for item in items if item.id == found.id), "")


class Upload:
    """The files of one agenda, one after another: each knows those before it."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.papers: list[There] = []

    def look(self, name: str) -> tuple[str, bool, str, bool]:
        """Place, if it is an appendix, the first file of which it is a version, and if that is sure."""
        found = match(name, Known(self.items, self.papers))
        older = next((one for one in self.papers if one.id == found.id), None)
        if older is None:
            item_id = found.id if found.kind in (FileKind.ITEM, FileKind.APPENDIX) else None
            self.papers.append(There(UUID(int=1000 + len(self.papers)), (name,), item_id, found.is_appendix))
            return place(found, self.items), found.is_appendix, "", found.is_sure
        self.papers[self.papers.index(older)] = There(
            older.id, (*older.file_names, name), older.item_id, older.is_appendix
        )
        its_place = next((item.number for item in self.items if item.id == older.item_id), "")
        return its_place, older.is_appendix, older.file_names[0], found.is_sure


def outcome(row: Row, upload: Upload) -> str:
    """'right', 'unsure: right', 'unsure: wrong' or 'WRONG'; no place is never sure, and right where none is meant."""
    found, is_appendix, older, is_sure = upload.look(row["file_name"])
    is_right = (found, older) == (row["item"], row.get("new_version_of", ""))
    is_right = is_right and (not found or is_appendix == (row["is_appendix"] == "1"))
    if is_sure:
        return "right" if is_right and row.get("must_be", "") != "unsure" else f"WRONG: {row['file_name']}"
    if not found:
        return "right" if is_right else "unsure: wrong"
    return f"unsure: {'right' if is_right else 'wrong'}"


def measured(rows: list[Row], of: dict[str, list[Item]]) -> Counter[str]:
    uploads = {name: Upload(items) for name, items in of.items()}
    return Counter(outcome(row, uploads[row["agenda"]]) for row in rows)


@pytest.mark.skipif(not GIVEN.exists(), reason="the list of names is not beside this checkout")
def test_of_the_54_names_49_are_right_5_unsure_and_none_is_wrong() -> None:
    of = {row["agenda"]: agenda_of(row["items (separated by |)"]) for row in rows_of(GIVEN / "agendas.csv")}
    assert measured(rows_of(GIVEN / "names.csv"), of) == {"right": 49, "unsure: right": 5}


def test_of_other_names_none_is_surely_wrong_and_nine_in_ten_have_their_place() -> None:
    found = Counter(outcome(row, Upload(agendas()[row["agenda"]])) for row in rows_of(HERE / "file_names.csv"))
    assert [one for one in found if one.startswith("WRONG")] == []
    assert (found["right"] + found["unsure: right"]) / sum(found.values()) > 0.9, found
    assert found["right"] / sum(found.values()) > 0.6, found


def of_a(name: str, *there: There, is_over: bool = False, title: str = "") -> Match:
    return match(name, Known(agendas()["A"], there, is_over, meets_on=date(2026, 11, 24)), title)


def words(found: Match) -> str:
    """'item 5, sure', as a test says it."""
    at = place(found, agendas()["A"]) if found.kind is not FileKind.NEW_VERSION else ""
    said = " ".join(one for one in (found.kind.value, at if at != found.kind.value else "", found.stage) if one)
    return f"{said}, {'sure' if found.is_sure else 'unsure'}"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Draft minutes.pdf", "minutes draft, sure"),
        ("Minutes of previous meeting.pdf", "item 3, unsure"),
        ("Approved Minutes 24 November 2026.pdf", "minutes approved, sure"),
        ("Unconfirmed minute 24.11.26 v2.pdf", "minutes draft, sure"),
        ("Draft Minutes 18 Sept 2026.pdf", "item 3, unsure"),
        ("3 Draft minute.pdf", "item 3, sure"),
        ("Audit Committee minutes.pdf", "none, unsure"),
        ("Draft EXEMPT minutes.pdf", "minutes draft, unsure"),
    ],
)
def test_minutes_are_of_this_meeting_only_when_it_is_over(name: str, said: str) -> None:
    assert words(of_a(name, is_over=True)) == said
    assert of_a(name).kind is not FileKind.MINUTES


REPORT = There(UUID(int=99), ("05 Chief Officers Report.pdf",))
STRATEGY = There(UUID(int=98), ("Carers Strategy v2.pdf",))
SCAN = There(UUID(int=97), ("scan0007.pdf",))
PUBLISHED = There(UUID(int=96), ("11 Directions.pdf",), is_published=True)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("05_chief_officers_report FINAL.PDF", "new version, sure"),
        ("05 Chief Officer’s Report (2).pdf", "new version, sure"),
        ("05 Chief Officers Report - revised.pdf", "new version, sure"),
        ("05 Chief Officers Report.pdf", "new version, unsure"),  # twice in one upload
        ("11 Directions.pdf", "new version, sure"),  # readers have that one
        ("scan0007 (1).pdf", "new version, unsure"),
        ("Carers Strategy v3.pdf", "new version, sure"),
        ("Carers Strategy v10.pdf", "new version, sure"),
        ("Carers Strategy v1.pdf", "new version, unsure"),
        ("Carers strategy.pdf", "new version, unsure"),
        ("05 Chief Officers Report Appendix.pdf", "appendix 5, sure"),
        ("v2.pdf", "none, unsure"),
    ],
)
def test_a_name_that_is_there_with_a_mark_of_a_version_is_a_new_version(name: str, said: str) -> None:
    assert words(of_a(name, REPORT, STRATEGY, SCAN, PUBLISHED)) == said


@pytest.mark.parametrize(
    ("name", "title", "said"),
    [
        ("scan0007.pdf", "Carers Strategy 2026-29", "item 9, sure"),
        ("MM-2026Nov-Att6.pdf", "Budget monitoring", "item 6, sure"),
        ("MM-2026Nov-Att6.pdf", "Risk register", "item 10, unsure"),
        ("MM-2026Nov-Att6.pdf", "", "item 6, unsure"),
        ("Document1.pdf", "Microsoft Word - Risk register.docx", "item 10, sure"),
        ("scan.pdf", "Untitled", "none, unsure"),
        ("11 Directions.pdf", "Carers Strategy", "item 11, sure"),  # a title inside is often of another file
    ],
)
def test_the_title_inside_counts_where_the_name_says_nothing(name: str, title: str, said: str) -> None:
    assert words(of_a(name, title=title)) == said


def test_a_name_that_says_exempt_is_never_surely_of_an_open_item() -> None:
    assert words(of_a("EXEMPT 6 Budget monitoring.pdf")) == "item 6, unsure"
    closed = [Item(UUID(int=1), "6", "Budget monitoring", is_restricted=True)]
    assert match("EXEMPT 6 Budget monitoring.pdf", Known(closed)).is_sure


def test_what_the_board_is_called_tells_nothing() -> None:
    items = agenda_of("1 Apologies|2 Harbour locality plan|3 Digital plan")
    known = Known(items, own_names=("Harbour Integration Joint Board", "Harbour IJB"))
    assert match("Harbour IJB - Digital plan.pdf", known).id == items[2].id


@settings(max_examples=60)
@given(st.text(max_size=160))
def test_any_name_is_matched_and_has_a_title(name: str) -> None:
    found = of_a(name, REPORT)
    assert not (found.kind is FileKind.NONE and found.is_sure)
    assert bool(found.why) is not found.is_sure
    assert 0 < len(propose_title(name, found, agendas()["A"])) <= 300


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("IJB 24.11.26 Item 05_Chief_Officers_Report_v2.pdf", "Chief Officers Report"),
        ("7 - 10 Year Strategic Commissioning Plan.pdf", "10 Year Strategic Commissioning Plan"),
        ("2 Sisters inquiry.pdf", "2 Sisters inquiry"),
        ("MM-2026Nov-Att6.pdf", "Budget monitoring"),
        ("MM-2026Nov-Att8performance.pdf", "Performance report Q2"),
        ("9 Appendix B.pdf", "Appendix B: Carers Strategy 2026-29"),
        ("IJB Agenda & Papers.pdf", "Agenda"),
        ("ITEM 11 DIRECTIONS.pdf", "Directions"),
        ("scan0007.pdf", "scan0007"),
        (".pdf", "Paper"),
    ],
)
def test_a_title_comes_from_the_name_or_from_the_item_where_that_says_nothing(name: str, title: str) -> None:
    assert propose_title(name, of_a(name), agendas()["A"]) == title


def test_a_title_comes_from_the_file_where_its_name_says_nothing() -> None:
    title = "Microsoft Word - Risk register 2026.docx"
    found = of_a("scan0007.pdf", title=title)
    assert propose_title("scan0007.pdf", found, agendas()["A"], title) == "Risk register 2026"
