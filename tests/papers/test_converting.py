"""A Word or PowerPoint file becomes a PDF, its source goes, and it is published once a clerk has seen every page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.documents.sandbox import TooBusy
from portal.infra.storage import files
from portal.infra.storage.virus import Unavailable
from portal.infra.unit_of_work import unit_of_work
from portal.infra.work import Work
from portal.papers.converting import actions, libreoffice
from portal.papers.inside.actions import BUSY, WAITING
from portal.papers.models import PaperVersion
from tests.made_papers import made_paper
from tests.papers import made_office as made
from tests.papers.test_checked import newest
from tests.papers.test_inside_office import CHANGE
from tests.papers.test_pages import _version_on, check_files, send, waiting
from tests.visitor import hidden_boxes, text_of


@pytest.fixture
def converts(monkeypatch: pytest.MonkeyPatch) -> Any:
    """As if it were installed and took no time: converts(what it makes)."""

    def put(pdf: bytes) -> None:
        monkeypatch.setattr(libreoffice, "program", lambda: "soffice.bin")
        monkeypatch.setattr(libreoffice, "pdf_of", lambda content, kind: pdf)

    return put


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: "")


def stored(app: Flask, key: str) -> bool:
    with app.app_context():
        try:
            return bool(files.read(key))
        except FileNotFoundError:
            return False


def kept(version: PaperVersion, ending: str) -> str:
    return f"papers/{version.meeting_id.hex}/{version.id.hex}.{ending}"


def test_a_word_file_becomes_a_pdf_and_is_published_once_every_page_was_looked_at(
    app: Flask, visit: Any, things: dict[str, Any], converts: Any
) -> None:
    clerk, rep, meeting_id = visit("northfirth.clerk"), visit("northfirth.rep"), things["coming_id"]
    clerk.post(f"/meetings/{meeting_id}/items/new", {"title": "Budget", "number": "", "purpose": "decision"})
    converts(made_paper("Budget", 2))
    upload = clerk.get(f"/meetings/{meeting_id}/papers/upload")
    assert 'accept=".pdf,.docx,.pptx"' in upload.text
    assert "We’ll make a PDF of each Word or PowerPoint file (.docx or .pptx)" in text_of(upload)
    send(clerk, meeting_id, ("1 Budget.docx", made.word()))
    assert stored(app, kept(newest(app), "docx"))
    check_files(app)
    version = newest(app)
    assert (version.status, version.reason, version.file_name, version.pages) == ("ready", "", "1 Budget.pdf", 2)
    assert not stored(app, kept(version, "docx")), "the source is gone"
    sort, publish, look = (
        f"/meetings/{meeting_id}/papers/sort",
        f"/meetings/{meeting_id}/publish",
        f"/meetings/{meeting_id}/papers/{version.id}/look",
    )
    assert "Made from a Word file. Look at every page before you publish. Look at it" in text_of(clerk.get(sort))
    [(_, place, _, _)] = waiting(app, meeting_id)
    clerk.post(sort, {f"files-{version.id}-place": place, f"files-{version.id}-title": "Budget"})

    refused = clerk.get(publish)
    assert "1 Budget.pdf was made from a Word file: look at every page before you publish Look at it" in text_of(
        refused
    )
    assert fromstring(refused.text).xpath(f"//main//li/a[@href='{look}?then=publish']")
    clerk.post(publish, {"version": _version_on(refused)})
    assert newest(app).published_at is None, "posting the form all the same publishes it no sooner"
    assert clerk.get(f"/meetings/{meeting_id}/papers/{version.id}/split").status_code == 404

    page = clerk.get(look)
    pictures = fromstring(page.text).xpath("//figure//img/@src")
    assert len(pictures) == 2
    assert rep.get(pictures[0]).status_code == 403
    shown = clerk.client.get(pictures[1])
    assert (shown.mimetype, shown.data[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    assert "no-store" in shown.headers["Cache-Control"]
    assert clerk.client.get(pictures[0].replace("number=1", "number=3")).status_code == 404
    assert "1 Budget.pdf" in text_of(clerk.get(publish)), "looking alone confirms nothing"
    assert newest(app).looked_at is None

    clerk.post(look, {})
    first = newest(app).looked_at
    clerk.post(look, {})
    assert first is not None
    assert newest(app).looked_at == first
    before = clerk.get(publish)
    assert "will not be published" not in text_of(before)
    clerk.post(publish, hidden_boxes(before))
    got = rep.get(f"/papers/{version.paper_id}/file")
    assert got.data == made_paper("Budget", 2)
    assert "Budget.pdf" in got.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (made.word(CHANGE), "There is a tracked change in this Word file."),
        (made.word(), "We could not convert this Word file."),
        (b"PK\x03\x04 and no more", "This Word file is damaged"),
    ],
)
def test_the_source_is_gone_whatever_became_of_it(
    app: Flask, visit: Any, things: dict[str, Any], converts: Any, content: bytes, said: str
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    converts(b"")
    send(clerk, meeting_id, ("Budget.docx", content))
    check_files(app)
    version = newest(app)
    assert version.status == "refused"
    assert version.reason.startswith(said)
    assert version.stored_as == ""
    assert not stored(app, kept(version, "docx"))
    assert said in text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))


def test_a_source_that_nothing_becomes_of_goes_after_a_day(
    app: Flask, visit: Any, things: dict[str, Any], converts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the portal was too busy, or the virus check gave no answer."""
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    converts(b"")

    def busy(*_: object) -> bytes:
        raise TooBusy

    monkeypatch.setattr(libreoffice, "pdf_of", busy)
    send(clerk, meeting_id, ("Budget.docx", made.word()))
    check_files(app)
    assert (newest(app).status, newest(app).reason) == ("checking", BUSY)
    key = kept(newest(app), "docx")
    assert stored(app, key)
    with app.app_context():
        waits = db.session.scalars(select(Work).where(Work.kind == "remove-file", Work.done_at.is_(None))).one()
        assert (waits.arguments, waits.not_before - waits.asked_at) == ({"key": key}, actions.LONGEST_KEPT)
        files.remove(key)
        assert actions.convert_upload(str(newest(app).id)) is None
        version = db.session.get(PaperVersion, newest(app).id)
        assert version is not None
        assert (version.status, version.stored_as) == ("refused", "")
        assert version.reason.startswith("We could not convert this Word file")
        db.session.rollback()


def test_nothing_is_converted_before_the_virus_checks_ok(
    app: Flask, visit: Any, things: dict[str, Any], converts: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answers(content: bytes, address: str) -> str:
        if address == "away:1":
            raise Unavailable
        return "EICAR"

    converts(b"")
    monkeypatch.setattr(actions, "virus_in", answers)
    monkeypatch.setattr(libreoffice, "pdf_of", lambda *_: pytest.fail("it was converted"))
    send(visit("northfirth.clerk"), things["coming_id"], ("Budget.docx", made.word()))
    for address, status, said in (("away:1", "checking", WAITING), ("here:1", "refused", "A virus was found")):
        with app.app_context(), unit_of_work():
            monkeypatch.setitem(app.config, "PORTAL", replace(app.config["PORTAL"], clamav_address=address))
            actions.convert_upload(str(newest(app).id))
        assert newest(app).status == status
        assert newest(app).reason.startswith(said)


def test_without_the_program_only_pdf_is_taken_and_how_to_save_one_is_said(
    app: Flask, visit: Any, things: dict[str, Any], nothing_installed: None
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    page = clerk.get(f"/meetings/{meeting_id}/papers/upload")
    assert 'accept=".pdf"' in page.text
    assert "Choose the PDF files" in page.text
    assert "Word" not in text_of(page)
    assert "Choose at least one PDF file" in clerk.post(f"/meetings/{meeting_id}/papers/upload", {}).text
    send(clerk, meeting_id, ("Budget.docx", made.word()))
    said = text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))
    assert "This is a Word file, and we can only take PDFs. In Word, select File, then Save As, choose PDF" in said
    assert newest(app).stored_as == ""


def test_an_old_word_file_is_refused_in_words_at_once(
    app: Flask, visit: Any, things: dict[str, Any], converts: Any
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    converts(made_paper("Budget", 1))
    send(clerk, meeting_id, ("Budget.doc", b"\xd0\xcf\x11\xe0 and so on"), ("Real.docx", made_paper("A PDF", 1)))
    found = {status: reason for _, _, status, reason in waiting(app, meeting_id)}
    assert found["refused"].startswith("We cannot open this kind of Word file. In Word, select File")
    assert found["checking"] == "", "what is a PDF is one, whatever its name says"
