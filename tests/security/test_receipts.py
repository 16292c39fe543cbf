"""Receipts: hostile files are refused or harmless, and what tells of somebody's care leaves no trace."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from portal.core import clock
from portal.expenses.claims import actions as claims_actions
from portal.infra.database import db
from portal.infra.pictures.clean import TOO_LARGE
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.mailer import send_next
from portal.papers import uploads as papers_uploads
from portal.scheduler.run import tick
from tests.cast import NOW, TODAY
from tests.infra.made_pictures import flat_png
from tests.made_papers import made_paper
from tests.role_profiles.test_pages import photo
from tests.sample import some
from tests.security.hostile_files import HOSTILE, HTML, SVG
from tests.security.test_health_words import House
from tests.visitor import Visitor

WORD = "HEALTHCANARY"
PICTURES = {
    "a page called a photo": HTML,
    "a drawing with a program": SVG,
    "a photo with a page behind it": photo() + HTML,
    "a photo that is also an archive": photo() + b"PK\x03\x04 evil",
    "half a photo": photo()[: len(photo()) // 2],
    "only the mark of a photo": b"\xff\xd8\xff",
    "a very wide one": flat_png((30_000, 30_000)),  # 2.7 GB, of which 3 MB are written
}


@pytest.mark.slow
@pytest.mark.parametrize("what", some(HOSTILE, one_in=5))
def test_a_hostile_paper_is_no_receipt_or_a_harmless_one(what: str) -> None:
    name, make, reason = HOSTILE[what]
    found = papers_uploads.check(name, make(), "")
    if not found.reason:
        assert found.kind in (papers_uploads.PDF, papers_uploads.JPEG)
    if found.kind == papers_uploads.PDF and not found.reason:
        assert reason in ("", None), "what is refused as a paper is refused as a receipt"
    assert "/" not in found.name
    assert "\\" not in found.name


@pytest.mark.slow
@pytest.mark.parametrize("what", PICTURES)
def test_a_hostile_picture_is_refused_or_made_anew(what: str) -> None:
    found = papers_uploads.check("../../photo.jpg", PICTURES[what], "")
    assert found.content.startswith(b"\xff\xd8\xff") == (not found.reason)
    assert (found.reason == TOO_LARGE) is (what == "a very wide one"), "and no other is called too large"
    for left in (b"<script", b"PK\x03\x04", b"onload"):
        assert left not in found.content
    assert "/" not in found.name


def test_a_check_that_keeps_what_came_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    from portal.infra.pictures.clean import Picture

    monkeypatch.setattr(papers_uploads, "clean_picture", lambda content, _side: Picture(jpeg=content))
    with pytest.raises(AssertionError):
        test_a_hostile_picture_is_refused_or_made_anew("a photo with a page behind it")


@pytest.mark.slow
def test_what_a_claim_for_care_tells_is_found_nowhere(tmp_path: Path, capfd: Any) -> None:
    """The receipt, its text and where the rep drove: not in the database, files, emails, logs, or the audit."""
    house = House(tmp_path)
    rep = Visitor(house.app, house.cast.northfirth.people["rep"])
    with house.app.app_context(), unit_of_work():
        person_id = house.cast.northfirth.people["rep"]
        claim = claims_actions.begin(
            uuid4(), house.cast.northfirth.id, person_id, "event", "Event", TODAY - timedelta(days=1)
        )
        claim_id = claim.id
    for category, form, files in (
        ("car", {"miles": "10", "note": f"{WORD} clinic"}, []),
        ("replacement_care", {"hours": "2", "paid": "40"}, [(made_paper(f"{WORD} Mrs B", 1), f"{WORD}.pdf")]),
        ("childcare", {"hours": "2", "paid": "40"}, [(photo(), "sitter.jpg")]),
    ):
        data: dict[str, Any] = {"spent_on": ["2", "3", "2026"], "once": str(uuid4()), **form}
        data["receipts"] = [(io.BytesIO(content), name) for content, name in files]
        path = f"/claims/{claim_id}/lines/new?category={category}"
        assert rep.post(path, data, content_type="multipart/form-data").status_code == 302
    page = rep.get(f"/claims/{claim_id}").text
    assert f"{WORD} clinic" in page
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    assert rep.post(f"/claims/{claim_id}/send", {"version": version}).status_code == 200
    with house.app.app_context():
        clock.use(lambda: NOW + timedelta(days=1))
        tick()
        while send_next():
            pass
        db.session.rollback()
    left = house.left_behind()
    found = [name for name, content in left.items() if WORD.encode() in content]
    assert not found
    kept = [content for name, content in left.items() if "receipts" in name and b"picture" not in content]
    assert len(kept) == 5, "two of these, the photo as it was sent, and two that were there before"
    assert not [one for one in kept if one.startswith((b"%PDF", b"\xff\xd8"))]
    logged = capfd.readouterr()
    assert WORD not in logged.err + logged.out
