"""A receipt survives a mistake in another field; what was sent is kept sealed until the claim is decided."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.core import clock
from portal.expenses.claims import originals
from portal.expenses.claims.receipts import make_again
from portal.expenses.models import Receipt, ReceiptOriginal
from portal.infra.database import db
from portal.infra.storage import files, held_files
from portal.infra.storage.held_files import HeldFile
from portal.infra.unit_of_work import unit_of_work
from portal.papers import uploads
from portal.scheduler.run import do_chores, tick, work_once
from tests.cast import NOW, Cast, anywhere
from tests.expenses.claiming import DAY, add, begin, lines_of, paid, press, version_on
from tests.infra.receipts import GIVEN
from tests.made_papers import made_paper
from tests.role_profiles.test_pages import photo
from tests.visitor import text_of

WRONG, RIGHT = {**DAY, "paid": "12,50"}, {**DAY, "paid": "12.50"}
HELD = "receipts-held"


def held_on(page: Any, field: str = HELD) -> list[tuple[str, str]]:
    """(id, name) of each file that a page offers to keep, all ticked."""
    ticks = fromstring(page.text).xpath(f"//input[@name='{field}' and @checked]")
    return [(one.value, one.xpath("following-sibling::label")[0].text_content()) for one in ticks]


def receipts_of(app: Flask, claim_id: UUID) -> list[Receipt]:
    with app.app_context():
        return list(db.session.scalars(select(Receipt).where(Receipt.claim_id == claim_id).order_by(Receipt.file_name)))


def test_a_wrong_amount_does_not_lose_the_photo(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    page = add(rep, claim, "taxi", WRONG, (photo(), "one.jpg"), (photo("PNG"), "two.png"))
    assert "We still have these files" in text_of(page)
    assert [name for _, name in held_on(page)] == ["one.jpg", "two.png"]
    again = add(rep, claim, "taxi", {**WRONG, HELD: [key for key, _ in held_on(page)]})
    assert [name for _, name in held_on(again)] == ["one.jpg", "two.png"], "and the second mistake neither"
    done = add(rep, claim, "taxi", {**RIGHT, HELD: [key for key, _ in held_on(again)]})
    assert done.status_code == 302
    assert [one.file_name for one in receipts_of(app, claim.id)] == ["one.jpg", "two.jpg"]
    with app.app_context():
        assert db.session.scalars(select(HeldFile).order_by(HeldFile.id)).all() == [], "held no more"


def test_a_file_without_its_tick_is_left_out_and_a_new_one_is_added(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    page = add(rep, claim, "taxi", WRONG, (photo(), "one.jpg"), (photo("PNG"), "two.png"))
    [first, _] = held_on(page)
    add(rep, claim, "taxi", {**RIGHT, HELD: [first[0]]}, (photo("PNG"), "three.png"))
    assert [one.file_name for one in receipts_of(app, claim.id)] == ["one.jpg", "three.jpg"]


def test_of_several_files_only_the_wrong_one_is_refused(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    page = add(rep, claim, "taxi", WRONG, (photo(), "one.jpg"), (b"no picture", "two.jpg"))
    assert "two.jpg: We cannot read this picture" in text_of(page), "said together with the wrong amount"
    assert [name for _, name in held_on(page)] == ["one.jpg"]


def test_a_held_file_is_its_persons_alone_sealed_and_gone_after_a_day(
    app: Flask, visit: Any, cast: Cast, at: Any, rolled_back: Any
) -> None:
    rep, claim = begin(app, visit, cast)
    content = photo()
    page = add(rep, claim, "replacement_care", {**DAY, "hours": "x", "paid": "9"}, (content, "Agnes Kerr.jpg"))
    [(key, _)] = held_on(page)
    with app.app_context():
        held = db.session.get_one(HeldFile, UUID(key))
        assert "Agnes" not in held.sealed_name
        assert content[:40] not in files.read(held.stored_as)
        stored_as = held.stored_as
    depute = visit("northfirth.depute")
    other = depute.post(
        "/claims/new",
        {"what": "event", "board": str(cast.northfirth.id), "title": "x", "happened_on": ["3", "3", "2026"]},
    ).headers["Location"]
    taken = depute.post(
        f"{other}/lines/new?category=taxi",
        {**RIGHT, "spent_on": ["3", "3", "2026"], HELD: key},
        content_type="multipart/form-data",
    )
    assert taken.status_code == 302
    assert receipts_of(app, UUID(other.rsplit("/", 1)[1])) == [], "nobody else takes it"
    at(NOW + timedelta(hours=25))
    with app.app_context():
        tick()
        while work_once():
            pass
        assert db.session.get(HeldFile, UUID(key), populate_existing=True) is None
        with pytest.raises(FileNotFoundError):
            files.read(stored_as)


def test_one_person_holds_few_files(app: Flask, cast: Cast, rolled_back: Any) -> None:
    me = cast.northfirth.people["rep"]
    with app.app_context(), unit_of_work():
        for number in range(held_files.MOST_OF_ONE_PERSON + 3):
            clock.use(lambda number=number: NOW + timedelta(seconds=number))
            held_files.hold(me, f"{number}.jpg", b"content")
        found = db.session.scalars(select(HeldFile).where(HeldFile.person_id == me).order_by(HeldFile.created_at)).all()
        assert [one.name for one in found] == [
            f"{number}.jpg" for number in range(3, held_files.MOST_OF_ONE_PERSON + 3)
        ]
        assert held_files.hold(me, "empty.jpg", b"") is None


@pytest.mark.parametrize(
    ("address", "form", "field", "wrong"),
    [
        ("/training/records/new", {"title": "First aid", "course": ""}, "evidence", {"done_on": ["3", "3", ""]}),
        ("/role/public", {"shows": ["name", "photo"]}, "photo", {"about": "x" * 3001}),
    ],
)
def test_other_forms_do_not_lose_a_file_either(
    visit: Any, cast: Cast, address: str, form: dict[str, Any], field: str, wrong: dict[str, Any]
) -> None:
    sent = {**form, **wrong, "board": str(cast.northfirth.id), field: (io.BytesIO(photo()), "mine.jpg")}
    page = visit("northfirth.rep").post(address, sent, content_type="multipart/form-data")
    assert page.status_code == 200
    assert "We still have this file" in text_of(page)
    assert f'name="{field}-held"' in page.text


def of_claim(claim_id: UUID) -> list[ReceiptOriginal]:
    statement = select(ReceiptOriginal).where(ReceiptOriginal.claim_id == claim_id)
    return list(db.session.scalars(statement.order_by(ReceiptOriginal.id)))


def claimed(app: Flask, visit: Any, cast: Cast, content: bytes) -> tuple[Any, Any, str]:
    """A claim of one taxi with a photo; where the bytes as sent are."""
    rep, claim = begin(app, visit, cast)
    add(rep, claim, "taxi", RIGHT, (content, "taxi.jpg"))
    with app.app_context():
        [original] = of_claim(claim.id)
        assert originals.opened(original) == content, "to the last byte"
        assert content[:40] not in files.read(original.stored_as), "sealed"
        return rep, claim, original.stored_as


def is_gone(app: Flask, stored_as: str) -> bool:
    with app.app_context():
        while work_once():
            pass
        try:
            return not files.read(stored_as)
        except FileNotFoundError:
            return True


def test_what_was_sent_goes_once_the_claim_is_decided(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim, stored_as = claimed(app, visit, cast, photo())
    press(rep, claim, "send")
    assert not is_gone(app, stored_as)
    approver, [line] = visit("northfirth.approver"), lines_of(app, claim.id)
    page = approver.get(f"/claims/{claim.id}/decide")
    approver.post(f"/claims/{claim.id}/decide", {"version": version_on(page), **paid(line.id)})
    with app.app_context():
        assert of_claim(claim.id) == []
    assert is_gone(app, stored_as)
    [receipt] = receipts_of(app, claim.id)
    assert approver.client.get(f"/receipts/{receipt.id}/file").data.startswith(b"\xff\xd8"), "the copy stays"


def test_what_was_sent_goes_with_its_receipt(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim, stored_as = claimed(app, visit, cast, photo())
    [receipt] = receipts_of(app, claim.id)
    rep.post(f"/receipts/{receipt.id}/remove")
    assert is_gone(app, stored_as)


def test_what_was_sent_is_kept_for_ninety_days_at_most(
    app: Flask, visit: Any, cast: Cast, at: Any, rolled_back: Any
) -> None:
    """Whatever holds there are: a hold keeps the copy."""
    _, claim, stored_as = claimed(app, visit, cast, photo())
    for days, kept in ((89, 1), (90, 0)):
        at(NOW + timedelta(days=days))
        with app.app_context():
            do_chores()
            db.session.expire_all()
            assert len(of_claim(claim.id)) == kept, days
    assert is_gone(app, stored_as)
    assert len(receipts_of(app, claim.id)) == 1


def test_no_page_opens_what_was_sent(app: Flask) -> None:
    """Nothing reads it but making the copy again, which the operator's command alone does."""
    from pathlib import Path

    import portal

    root = Path(portal.__file__).parent
    users = {one.relative_to(root).as_posix() for one in root.rglob("*.py") if "originals.opened" in one.read_text()}
    assert users == {"expenses/claims/receipts.py"}
    users = {one.relative_to(root).as_posix() for one in root.rglob("*.py") if "make_again" in one.read_text()}
    assert users == {"expenses/claims/receipts.py", "cli.py"}


@pytest.mark.parametrize("category", ["taxi", "replacement_care"])
def test_a_spoilt_copy_is_made_again_from_what_was_sent(
    app: Flask, visit: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch, category: str
) -> None:
    """As after a fault of ours: the copy was all white, and the program is right now."""
    content, right = photo(), uploads.check
    spoilt = right("white.jpg", photo(size=(50, 50)), "").content

    def wrong(name: str, sent: bytes, address: str) -> uploads.AcceptedFile:
        found = right(name, sent, address)
        return uploads.AcceptedFile(found.name, found.kind, spoilt, found.sha256, "", sent)

    rep, claim = begin(app, visit, cast)
    monkeypatch.setattr(uploads, "check", wrong)
    add(rep, claim, category, {**RIGHT, "hours": "2"}, (content, "taxi.jpg"))
    monkeypatch.setattr(uploads, "check", right)
    [receipt] = receipts_of(app, claim.id)
    assert rep.client.get(f"/receipts/{receipt.id}/file").data == spoilt
    made = app.test_cli_runner().invoke(args=["portal", "make-receipts-again"])
    assert "1 of" in made.output
    assert rep.client.get(f"/receipts/{receipt.id}/file").data == right("taxi.jpg", content, "").content
    with app.app_context(), unit_of_work():
        [original] = of_claim(claim.id)
        assert not make_again(original.id), "it is right already"


@pytest.mark.skipif(not GIVEN.exists(), reason="the inputs beside this folder are not here")
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("receipt-transparent.png", (600, 300)),
        ("receipt-16bit-grey.png", (600, 300)),
        ("receipt.webp", (600, 300)),
        ("receipt-long-1080x14000.png", (1080, 14000)),
        ("receipt-50mp-8192x6144.jpg", (2000, 1500)),
    ],
)
def test_the_pictures_that_were_refused_or_spoilt_are_kept(name: str, size: tuple[int, int]) -> None:
    from PIL import Image

    found = uploads.check(name, (GIVEN / name).read_bytes(), "")
    assert not found.reason
    assert Image.open(io.BytesIO(found.content)).size == size


@pytest.mark.parametrize("before", [b"", b"\x1b%-12345X@PJL JOB\r\n", b"\xef\xbb\xbf\r\n", b"x" * 1019])
def test_a_pdf_with_a_header_of_a_copier_is_a_pdf(before: bytes) -> None:
    found = uploads.check("scan.pdf", before + made_paper("Receipt", 1), "")
    assert (found.kind, found.reason) == ("application/pdf", "")


def test_a_picture_that_speaks_of_pdf_is_a_picture() -> None:
    jpeg = photo()
    for content in (jpeg[:2] + b"\xff\xfe\x00\x08%PDF-" + jpeg[2:], b"%PDF-"[:0] + photo("PNG")):
        assert uploads.check("a.jpg", content, "").kind == "image/jpeg"


def test_nothing_is_held_of_a_form_that_was_accepted(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    assert add(rep, claim, "taxi", RIGHT, (photo(), "one.jpg")).status_code == 302
    with app.app_context():
        assert db.session.scalars(anywhere(select(HeldFile).order_by(HeldFile.id))).all() == []
