"""Pages that are pictures are said, shown and counted; where a program that reads is installed, they are read."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.documents.sandbox import TooBusy
from portal.infra.unit_of_work import unit_of_work
from portal.infra.work import Work
from portal.papers.models import PageText
from portal.papers.pictures import machine, read_page
from portal.scheduler.run import work_once
from tests.cast import anywhere
from tests.papers import made_pdfs as made
from tests.papers.test_checked import newest
from tests.papers.test_pages import check_files, send
from tests.visitor import hidden_boxes, text_of

FOOT = "Northfirth IJB, page {}"
SCANNED = [(FOOT.format(1), "A budget"), (FOOT.format(2), "for carers"), ("Words that stand on the page itself", "")]
MARK = "Read by machine, may be wrong"
TOLD = """#!{python}
import os, resource, sys
head = sys.stdin.buffer.readline().split()
limits = [resource.getrlimit(one)[0] for one in (resource.RLIMIT_CPU, resource.RLIMIT_DATA, resource.RLIMIT_CORE)]
rest = len(sys.stdin.buffer.read())
print("A machine read", *(one.decode() for one in head[:3]), rest, *limits, *sorted(os.environ), *sys.argv[1:])
{more}
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A program in the place of Tesseract that says what it was given: program('its last line')."""

    def put(more: str = "") -> None:
        (tmp_path / "tesseract").write_text(TOLD.format(python=sys.executable, more=more))
        (tmp_path / "tesseract").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")

    return put


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(machine, "program", lambda: "")


def asked(app: Flask) -> list[Any]:
    with app.app_context():
        return list(
            db.session.scalars(select(Work.arguments).where(Work.kind == "read-picture", Work.done_at.is_(None)))
        )


def machine_words(app: Flask, version_id: Any) -> list[str | None]:
    with app.app_context():
        rows = select(PageText.read_by_machine).where(PageText.version_id == version_id).order_by(PageText.page)
        return list(db.session.scalars(anywhere(rows)))


def test_a_page_is_drawn_at_300_dots_an_inch_and_no_larger_than_a4() -> None:
    def drawn(width: float, height: float) -> tuple[int, int]:
        scale = read_page.scale_of(width, height)
        return round(width * scale), round(height * scale)

    assert drawn(595.28, 841.89) == (2480, 3507)
    assert drawn(841.89, 595.28) == (3507, 2480)
    assert drawn(1190.55, 1683.78) == (2480, 3507), "A3"
    assert drawn(300, 200) == (1250, 833)
    assert drawn(14400, 10) == (3508, 2)


def test_the_program_gets_a_grey_drawing_and_its_limits_and_nothing_else(
    program: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELD_KEYS", "2026:secret")
    program()
    kind, width, height, rest, *limits = machine.words_of(made.picture_paper(*SCANNED), 1).split()[3:10]
    assert (kind, int(width) * int(height)) == ("P5", int(rest))
    assert abs(int(width) - 2480) + abs(int(height) - 3508) <= 2
    assert limits == ["20", str(1024**3), "0"]
    assert "FIELD_KEYS" not in machine.words_of(made.picture_paper(*SCANNED), 1)


@pytest.mark.parametrize("more", ["os.kill(os.getpid(), 24)", "x = bytearray(2_000_000_000)"])
def test_a_page_that_takes_too_much_is_read_as_nothing(program: Any, more: str) -> None:
    program(more)
    assert machine.words_of(made.picture_paper(*SCANNED), 1) == ""


def test_a_page_is_read_again_when_the_portal_was_too_busy(program: Any) -> None:
    program("os.kill(os.getpid(), 9)")
    with pytest.raises(TooBusy):
        machine.words_of(made.picture_paper(*SCANNED), 1)


def test_pictures_are_read_one_after_the_other_and_shown_with_a_mark(
    app: Flask, visit: Any, things: dict[str, Any], program: Any
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    program()
    send(clerk, meeting_id, ("1 Budget.pdf", made.picture_paper(*SCANNED)))
    with app.app_context():
        work_once()
    version = newest(app)
    assert asked(app) == [{"version_id": str(version.id), "page": "1"}], (
        "the next file is checked before the rest is read"
    )
    check_files(app)
    first, second, third = machine_words(app, version.id)
    assert first
    assert second
    assert first.startswith("A machine read")
    assert third is None, "a page with words of its own is not read"
    page = text_of(clerk.get(f"/papers/{version.paper_id}"))
    assert page.count(MARK) == 2
    assert newest(app).has_text
    find = f"/papers/{version.paper_id}/find"
    by_machine = text_of(clerk.post(find, {"words": "MACHINE read"}))
    assert by_machine.count(MARK) == 2
    assert "Page 1" in by_machine
    by_itself = text_of(clerk.post(find, {"words": "stand itself"}))
    assert "Page 3 Words that stand on the page itself" in by_itself
    assert MARK not in by_itself
    assert "Enter the words to find" in text_of(clerk.post(find, {"words": " "}))


def test_without_the_program_nothing_is_said_of_it(
    app: Flask, visit: Any, things: dict[str, Any], nothing_installed: None
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, ("1 Budget.pdf", made.picture_paper(*SCANNED)))
    check_files(app)
    version = newest(app)
    assert machine_words(app, version.id) == [None, None, None]
    page = text_of(clerk.get(f"/papers/{version.paper_id}"))
    assert page.count("This page is a picture.") == 2
    assert "machine" not in page.lower()
    found = text_of(clerk.post(f"/papers/{version.paper_id}/find", {"words": "budget"}))
    assert "There are no pages with these words." in found
    assert "2 pages are pictures and were not searched." in found


def _chosen(page: Any) -> str:
    """Where the first file of the table is proposed to belong."""
    return str(fromstring(page.data).xpath("//select/option[@selected]/@value")[0])


def test_pages_without_words_are_said_before_publishing_shown_and_counted_by_author(
    app: Flask, visit: Any, things: dict[str, Any], nothing_installed: None
) -> None:
    clerk, rep, meeting_id = visit("northfirth.clerk"), visit("northfirth.rep"), things["coming_id"]
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Budget", "number": "", "purpose": "decision"})
    send(clerk, meeting_id, ("1 Budget.pdf", made.changed(lambda pdf: _add(pdf, made.picture_paper(*SCANNED)))))
    check_files(app)
    version, said = newest(app), "2 of 7 pages are pictures: they can't be searched or read aloud."
    sort = clerk.get(f"/meetings/{meeting_id}/papers/sort")
    assert said in text_of(sort)
    sorted_as = {f"files-{version.id}-place": _chosen(sort), f"files-{version.id}-title": "Budget"}
    clerk.post(f"/meetings/{meeting_id}/papers/sort", sorted_as)
    clerk.post(f"/papers/{version.paper_id}/details", {"title": "Budget", "author_post": "Chief Finance Officer"})
    before = clerk.get(f"/meetings/{meeting_id}/publish")
    assert said in text_of(before)
    clerk.post(f"/meetings/{meeting_id}/publish", hidden_boxes(before))
    page = rep.get(f"/papers/{version.paper_id}")
    assert said in text_of(page)
    places = [page.text.index(f'id="page-{number}"') for number in range(1, 8)]
    assert places == sorted(places), "every page stands at its place"
    assert "This page is empty." in page.text[places[3] : places[4]]
    assert "This page is a picture." in page.text[places[4] : places[5]]
    counted = text_of(rep.get("/boards/northfirth/notice"))
    assert "Chief Finance Officer 1 7 2 29%" in counted


def _add(pdf: Any, more: bytes) -> None:
    """A page with nothing on it, and others."""
    import io

    import pikepdf

    pdf.add_blank_page()
    pdf.pages.extend(pikepdf.open(io.BytesIO(more)).pages)


def test_pages_that_nobody_counted_are_said_to_have_no_words_and_no_more(
    app: Flask, visit: Any, things: dict[str, Any], nothing_installed: None
) -> None:
    """As of files that were there before pages were counted."""
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, ("1 Budget.pdf", made.picture_paper(*SCANNED)))
    check_files(app)
    version = newest(app)
    with app.app_context(), unit_of_work():
        of_version = select(PageText).where(PageText.version_id == version.id).order_by(PageText.page)
        for row in db.session.scalars(anywhere(of_version)):
            row.is_picture, row.text = None, ""
    page = text_of(clerk.get(f"/papers/{version.paper_id}"))
    assert page.count("We found no words on this page.") == 3
    assert "is a picture." not in page
    assert "is empty" not in page


@pytest.mark.skipif(
    not shutil.which("tesseract"), reason="tesseract is not installed: no page was really read by machine"
)
@pytest.mark.slow
def test_the_real_program_reads_a_page() -> None:
    assert "for carers" in machine.words_of(made.picture_paper(*SCANNED), 2)


def test_a_note_that_is_typed_is_saved_when_words_are_looked_for(visit: Any, things: dict[str, Any]) -> None:
    rep, paper = visit("northfirth.rep"), f"/papers/{things['paper_id']}"
    page = rep.get(paper).text
    assert re.search(r'<input[^>]*name="words"[^>]*form="own-note"', page)
    was = re.findall(r'name="(?:was|version)"[^>]*value="([^"]*)"', page)
    sent = {"words": "budget", "text": "NOTEWORDS so far", "was": was[0], "version": was[1:]}
    found = rep.post(f"{paper}/find", sent)
    assert "Your note is saved. Only you can read it." in text_of(found)
    assert "Pages with “budget”" in text_of(found)
    assert "NOTEWORDS" not in found.text, "nothing is carried along"
    assert "NOTEWORDS so far" in rep.get(paper).text
    nothing_typed = rep.post(f"{paper}/find", {"words": "budget", "text": "", "was": was[0], "version": was[1:]})
    assert "saved" not in text_of(nothing_typed)
    assert "NOTEWORDS so far" in rep.get(paper).text
    clerk = visit("northfirth.clerk")
    assert "saved" not in text_of(clerk.post(f"{paper}/find", {"words": "budget", "text": "Mine"}))
    assert "Mine" not in clerk.get(paper).text


def test_an_old_tab_that_looks_for_words_is_shown_both_notes(visit: Any, things: dict[str, Any]) -> None:
    rep, paper = visit("northfirth.rep"), f"/papers/{things['paper_id']}"
    was = re.findall(r'name="(?:was|version)"[^>]*value="([^"]*)"', rep.get(paper).text)
    rep.post(f"{paper}/note", {"text": "From another tab", "was": was[0], "version": was[1:]})
    sent = {"words": "budget", "text": "From this tab", "was": was[0], "version": was[1:]}
    again = rep.post(f"{paper}/find", sent)
    assert "What is saved now: Your note: From another tab" in text_of(again)
    assert "From this tab" in again.text
    assert 'value="budget"' in again.text, "the words are kept too"
    assert "From another tab" in rep.get(paper).text
    mark, *version = re.findall(r'name="(?:was|version)"[^>]*value="([^"]*)"', again.text)
    settled = rep.post(f"{paper}/find", {**sent, "was": mark, "version": version})
    assert "Your note is saved." in text_of(settled)
    assert "From this tab" in rep.get(paper).text


def test_an_old_tab_that_marks_as_read_is_offered_that_button_again(visit: Any, things: dict[str, Any]) -> None:
    rep, paper = visit("northfirth.rep"), f"/papers/{things['paper_id']}"
    page = rep.get(paper).text
    was = re.findall(r'name="(?:was|version)"[^>]*value="([^"]*)"', page)
    rep.post(f"{paper}/note", {"text": "From another tab", "was": was[0], "version": was[1:]})
    again = rep.post(f"{paper}/read", {"read": "1", "text": "From this tab", "was": was[0], "version": was[1:]})
    assert "Select the button again" in text_of(again)
    assert re.search(r'<button[^>]*name="read"[^>]*value="1"|<button[^>]*value="1"[^>]*name="read"', again.text)
