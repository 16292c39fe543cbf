"""A combined pack becomes its papers, at its bookmarks or at typed page numbers; nothing of the others goes along."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from portal.infra.documents import making
from portal.papers.matching.kinds import Item, Known
from portal.papers.matching.rules import match
from portal.papers.matching.titles import propose_title
from portal.papers.preparing import queries
from portal.papers.splitting import actions, bookmarked
from portal.papers.splitting.rules import START, Part, Unclear, parts_of, proposed_lines
from tests.made_papers import made_paper
from tests.papers.odd_layers_and_forms import ODD
from tests.papers.pack_pictures import unlike
from tests.papers.test_packs import bookmarks, links_of, put_together, texts
from tests.papers.test_pages import check_files, send, waiting
from tests.visitor import text_of

Things = dict[str, Any]


def parts(typed: str, pages: int = 20) -> list[tuple[int, int, str]]:
    return [(one.first, one.last, one.title) for one in parts_of(typed, pages, "Pack.pdf")]


def test_a_line_is_a_page_and_a_name_however_it_is_typed() -> None:
    typed = "1 Apologies\n\n p. 3: Minutes of 5 May \npage 7 - Budget 2026-27\n12) 2 year plan\n20\t£ & carers"
    assert parts(typed) == [
        (1, 2, "Apologies"),
        (3, 6, "Minutes of 5 May"),
        (7, 11, "Budget 2026-27"),
        (12, 19, "2 year plan"),
        (20, 20, "£ & carers"),
    ]


def test_page_numbers_alone_are_enough() -> None:
    named = [(1, 4, "Pack, pages 1 to 4"), (5, 19, "Pack, pages 5 to 19"), (20, 20, "Pack, page 20")]
    assert parts("1, 5, 20") == parts("5\n1\n20") == parts("20 1 5") == named


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2 Minutes\n5 Budget", [START]),
        ("1 All", ["one part would be the same file"]),
        ("1 One\nBudget\n99 Far\n1 Again", ["“Budget” does not begin", "There is no page 99", "Page 1 begins two"]),
        ("1-3 One\n4 to 6 Two", ["“1-3 One” names two pages", "“4 to 6 Two” names two pages"]),
        ("0 One\n1 Two", ["There is no page 0"]),
        (" ".join(str(number) for number in range(1, 140)), ["There is no page 139"]),
    ],
)
def test_all_that_is_wrong_is_said_at_once(typed: str, said: list[str]) -> None:
    with pytest.raises(Unclear) as error:
        parts(typed)
    assert [one for one in said if one not in str(error.value)] == []


@given(st.sets(st.integers(2, 400), min_size=1, max_size=60), st.integers(400, 500))
def test_every_page_is_in_one_part(begins: set[int], pages: int) -> None:
    found = parts_of("\n".join(map(str, [*begins, 1])), pages, "Pack.pdf")
    assert [page for one in found for page in range(one.first, one.last + 1)] == list(range(1, pages + 1))


def test_a_name_stays_whole_in_the_name_of_the_file() -> None:
    assert Part(1, 2, "3 Income/expenditure: “a?”").file_name == "3 Income - expenditure - “a - ”.pdf"
    assert Part(1, 2, "x" * 500).file_name == "x" * 140 + ".pdf"
    assert Part(1, 2, "../../etc").file_name == "etc.pdf"


def test_bookmarks_are_proposed_and_what_comes_before_the_first_too() -> None:
    assert proposed_lines([("Budget, pack page 7", 7), ("Minutes", 3), ("Same page", 3)], "All.pdf") == (
        "Page 1: All\nPage 3: Minutes\nPage 7: Budget"
    )
    assert proposed_lines([], "All.pdf") == ""


def test_bookmarks_are_found_under_a_single_one(tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(put_together(tmp_path, made_paper("Budget", 2), ODD["links"](), made_paper("Risks", 1)))
    whole = [["Paper 0, pack page 1", 1], ["Paper 1, pack page 3", 3], ["Paper 2, pack page 9", 9]]
    assert bookmarked.find(str(path))["bookmarks"] == whole
    with pikepdf.open(path) as pdf:
        with pdf.open_outline() as outline:
            top = pikepdf.OutlineItem("The whole pack", 0)
            top.children.extend(outline.root)
            outline.root[:] = [top]
        pdf.save(tmp_path / "under.pdf")
    assert bookmarked.find(str(tmp_path / "under.pdf"))["bookmarks"] == whole
    (tmp_path / "odd.pdf").write_bytes(ODD["broken_bookmarks"]())
    assert bookmarked.find(str(tmp_path / "odd.pdf"))["bookmarks"] == [["One", 2]]


def test_a_part_looks_as_it_did_and_its_links_and_bookmarks_work_within_it(tmp_path: Path) -> None:
    papers = [ODD[name]() for name in ("links", "layer_off", "form", "turned")]
    pack = put_together(tmp_path, *papers)
    for first, paper in zip((0, 6, 7, 9), papers, strict=True):
        pages = range(first, first + len(texts(paper)))
        part = put_together(tmp_path, pack, words="", pages=pages)
        assert unlike(part, [paper], front=0, with_forms=True) == []
    part = put_together(tmp_path, pack, words="", pages=range(3, 6))
    with pikepdf.open(io.BytesIO(part)) as pdf:
        assert len(pdf.pages) == 3
    some = put_together(tmp_path, pack, words="", pages=range(3))
    assert links_of(some, 1) == [2, 3, None, None, None, "https://example.org", None, None, None]
    assert [title for _, title, page in bookmarks(some) if page == 1][-1] == "Paper 0, pack page 1"


def test_nothing_of_another_part_goes_along(tmp_path: Path) -> None:
    """Words, values, names of places and bookmarks of the rest: a restricted paper may be among it."""
    pack = put_together(tmp_path, made_paper("Open", 1), ODD["links"](), ODD["form"](), made_paper("CANARY", 2))
    part = put_together(tmp_path, pack, words="", pages=[0])
    with pikepdf.open(io.BytesIO(part)) as pdf:
        plain = io.BytesIO()
        pdf.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        assert "/AcroForm" not in pdf.Root
        assert "/Names" not in pdf.Root
    for secret in (b"CANARY", b"Drawn value", b"Paper 3", b"dict"):
        assert secret not in plain.getvalue()
    assert len(part) < len(pack) / 2


def test_a_field_that_no_form_knows_brings_no_others_along(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(ODD["form"]())) as pdf:
        pdf.Root.AcroForm.Fields = pikepdf.Array([])
        pdf.Root.AcroForm.NeedAppearances = False
        pdf.pages[1].obj.Annots[0].TU = pikepdf.String("CANARY")
        pdf.pages[1].obj.Annots[0].AP.N.write(b"q Q")
        out = io.BytesIO()
        pdf.save(out)
    part = put_together(tmp_path, out.getvalue(), words="", pages=[0])
    with pikepdf.open(io.BytesIO(part)) as pdf:
        plain = io.BytesIO()
        pdf.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"CANARY" not in plain.getvalue()


def test_a_clerk_splits_a_pack_and_its_parts_are_files_like_any_other(
    app: Flask, visit: Callable[[str], Any], things: Things, tmp_path: Path
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    for number, title in (("1", "Budget"), ("2", "Risks")):
        clerk.post(f"/meetings/{meeting_id}/items/new", {"title": title, "number": number, "purpose": "decision"})
    pack = pikepdf.open(io.BytesIO(put_together(tmp_path, made_paper("Budget", 1), made_paper("Risks", 2), words="")))
    with pack.open_outline() as outline:
        outline.root[0].title, outline.root[1].title = "1 Budget", "2 Risks"
    out = io.BytesIO()
    pack.save(out)
    send(clerk, meeting_id, ("All papers.pdf", out.getvalue()))
    check_files(app)
    [(version, *_)] = waiting(app, meeting_id)
    path = f"/meetings/{meeting_id}/papers/{version}/split"
    assert f"split:{version}" in clerk.get(f"/meetings/{meeting_id}/papers/sort").text
    assert "Page 1: 1 Budget\nPage 2: 2 Risks" in clerk.get(path).text.replace("\r", "")
    wrong = clerk.post(path, {"lines": "2 Risks"})
    assert "The bookmarks of the file Page 1: 1 Budget" in text_of(wrong)
    assert START in text_of(wrong)
    assert clerk.post(path, {"lines": "Page 1: 1 Budget\r\nPage 2: 2 Risks"}).status_code == 302
    assert "is being split into 2 files" in text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))
    assert clerk.get(path).status_code == 404
    check_files(app)
    with app.app_context():
        made = queries.unpublished(meeting_id)
        there = [(one.file_name, one.status, one.pages) for one in made]
        assert [one.title_inside for one in made] == ["1 Budget", "2 Risks"], (
            "as its bookmarks say, and not as the pack"
        )
    assert there == [("1 Budget.pdf", "ready", 1), ("2 Risks.pdf", "ready", 2)]
    page = fromstring(clerk.get(f"/meetings/{meeting_id}/papers/sort").data)
    chosen = [one.text_content().strip() for one in page.xpath("//select/option[@selected]")]
    assert chosen == ["1 Budget", "2 Risks"]


def test_a_file_that_cannot_be_split_is_still_there_and_says_so(
    app: Flask, visit: Callable[[str], Any], things: Things, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise making.NotMade

    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, ("All papers.pdf", made_paper("All", 4)))
    check_files(app)
    [(version, *_)] = waiting(app, meeting_id)
    path = f"/meetings/{meeting_id}/papers/{version}/split"
    assert "no bookmarks" in text_of(clerk.get(path))
    clerk.post(path, {"lines": "1, 3"})
    monkeypatch.setattr(making, "made_in_child", fails)
    check_files(app)
    [(same, _, status, reason)] = waiting(app, meeting_id)
    assert (same, status, reason) == (version, "refused", actions.FAILED)


def test_a_part_that_nobody_named_does_not_call_itself_after_the_file(
    app: Flask, visit: Callable[[str], Any], things: Things
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, ("AMcK scan0042.pdf", made_paper("All", 2)))
    check_files(app)
    [(version, *_)] = waiting(app, meeting_id)
    path = f"/meetings/{meeting_id}/papers/{version}/split"
    assert path not in clerk.get(f"/meetings/{meeting_id}/papers/sort").text, "two pages, and no bookmarks"
    clerk.post(path, {"lines": "1, 2"})
    check_files(app)
    with app.app_context():
        assert [one.title_inside for one in queries.unpublished(meeting_id)] == ["", ""]


def test_only_clerks_of_the_board_split_files(app: Flask, visit: Callable[[str], Any], things: Things) -> None:
    meeting_id = things["coming_id"]
    send(visit("northfirth.clerk"), meeting_id, ("All papers.pdf", made_paper("All", 2)))
    check_files(app)
    [(version, *_)] = waiting(app, meeting_id)
    path = f"/meetings/{meeting_id}/papers/{version}/split"
    for who, status in (("northfirth.rep", 403), ("northfirth.admin", 403)):
        assert visit(who).get(path).status_code == status
        assert visit(who).post(path, {"lines": "1, 2"}).status_code == status


AGENDA = [
    Item(uuid4(), number, title)
    for number, title in (
        ("5.1", "Finance report"),
        ("5.2", "2026/27 Budget"),
        ("7", "10 Year Strategic Plan"),
        ("8", "2027 priorities"),
    )
]


@pytest.mark.parametrize(
    ("bookmark", "title"),
    [
        ("5.1 Finance report", "Finance report"),
        ("5.1: Finance report", "Finance report"),
        ("Item 5.1 – Finance report", "Finance report"),
        ("(5.1) Finance report", "Finance report"),
        ("5.2 2026/27 Budget", "2026-27 Budget"),
        ("2026/27 Budget", "2026-27 Budget"),
        ("7 10 Year Strategic Plan", "10 Year Strategic Plan"),
        ("10 Year Strategic Plan", "10 Year Strategic Plan"),
        ("8. 2027 priorities", "2027 priorities"),
        ("2027 priorities", "2027 priorities"),
    ],
)
def test_the_number_of_a_bookmark_is_the_place_and_not_part_of_the_title(bookmark: str, title: str) -> None:
    """A year at the beginning is no number, and neither is what is counted."""
    name = Part(1, 2, bookmark).file_name
    found = match(name, Known(AGENDA))
    assert (found.is_sure, propose_title(name, found, AGENDA)) == (True, title)
