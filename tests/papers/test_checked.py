"""What becomes of a file that was checked: kept without what was harmless, or tried again when the portal is busy."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from flask import Flask
from pikepdf import Name, String
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.documents.sandbox import TooBusy
from portal.infra.storage import files
from portal.papers.inside.actions import BUSY
from portal.papers.models import PageText, PaperVersion
from portal.papers.preparing import checking
from tests.cast import NOW, anywhere
from tests.papers import made_pdfs as made
from tests.papers.test_pages import check_files, send
from tests.visitor import text_of

LINKED = made.later(made.linked(2, S=Name.Launch, F=String("Att1.pdf")))


def newest(app: Flask) -> PaperVersion:
    with app.app_context():
        return db.session.scalars(anywhere(select(PaperVersion).where(PaperVersion.published_at.is_(None)))).one()


def test_the_file_that_is_kept_is_the_one_without_it_and_the_clerk_is_told(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, ("Budget.pdf", LINKED()))
    as_sent = newest(app).stored_as
    check_files(app)
    version = newest(app)
    page = text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))
    assert "We took this out of the file: a link to another file, which readers do not have (page 2; Att1.pdf)." in page
    got = clerk.client.get(f"/papers/{version.paper_id}/file").data
    assert (len(got), hashlib.sha256(got).hexdigest()) == (version.size, version.sha256)
    with pikepdf.open(io.BytesIO(got)) as pdf:
        assert "/A" not in pdf.pages[1].obj.Annots[0]
    with app.app_context(), pytest.raises(FileNotFoundError):
        files.read(as_sent)


def test_a_file_is_tried_again_when_the_portal_was_too_busy_however_often(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, ("Budget.pdf", made.paper()))
    look = checking.look_inside

    def busy(*_: object) -> Any:
        raise TooBusy

    monkeypatch.setattr(checking, "look_inside", busy)
    for minute in range(10):  # far more often than work that fails is tried
        at(NOW + timedelta(minutes=2 * minute))
        check_files(app)
    assert (newest(app).status, newest(app).reason) == ("checking", BUSY)
    assert "too busy" in text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))
    monkeypatch.setattr(checking, "look_inside", look)
    at(NOW + timedelta(hours=1))
    check_files(app)
    assert (newest(app).status, newest(app).reason) == ("ready", "")


def test_how_far_the_checks_are_is_shown(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, ("1.pdf", made.paper()), ("2.pdf", made.paper()), ("empty.pdf", b""))
    sort = f"/meetings/{meeting_id}/papers/sort"
    assert "Files are being checked." in text_of(clerk.get(sort))
    assert "1 file cannot be used. See progress 0 of 2 files checked" in text_of(clerk.get(sort))
    assert clerk.get(f"/meetings/{meeting_id}/papers/checks").json == {"being_checked": 2}
    check_files(app)
    assert "files checked" not in text_of(clerk.get(sort))


def test_every_page_has_its_row_also_one_without_a_word(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    send(visit("northfirth.clerk"), things["coming_id"], ("a.pdf", made.changed(lambda pdf: pdf.add_blank_page())))
    check_files(app)
    version = newest(app)
    with app.app_context():
        of_version = select(PageText).where(PageText.version_id == version.id).order_by(PageText.page)
        rows = db.session.scalars(anywhere(of_version))
        assert {row.page: (bool(row.text), row.is_picture) for row in rows} == {
            1: (True, False),
            2: (True, False),
            3: (True, False),
            4: (False, False),
        }
    assert (version.pages, version.picture_pages) == (4, 0)
