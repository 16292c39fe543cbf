"""Downloads of stored files: none of what is not as it was written, in ranges, and each on record once."""

from __future__ import annotations

from typing import Any

import obstore
import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.audit.models import AuditLine
from portal.core import clock
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.storage import files
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web import downloads
from portal.papers.models import Pack, PaperVersion
from portal.papers.packs import actions as packs
from tests.infra.stored_kinds import column_of
from tests.papers import conftest as papers
from tests.security import test_stored_files as stored
from tests.security.test_stored_files import flip

here, alarms = papers.here, stored.alarms  # fixtures of theirs


def lines(app: Flask) -> int:
    """How many lines the trail has."""
    with app.app_context():
        return db.session.scalar(across_boards(select(func.count(AuditLine.id)), CrossBoardReason.CLOCK)) or 0


SERVED = {  # by address: who opens it, the kind of file, and how its row is found
    "/papers/{paper_id}/file": ("northfirth.rep", "paper_versions.stored_as", "paper_id", "paper_id"),
    "/meetings/{meeting_id}/pack.pdf": ("northfirth.clerk", "packs.stored_as", "meeting_id", "meeting_id"),
    "/receipts/{receipt_id}/file": ("northfirth.depute", "receipts.stored_as", "id", "receipt_id"),
    "/training/records/{record_id}/certificate": (
        "northfirth.depute",
        "training_records.stored_as",
        "id",
        "record_id",
    ),
}


def served(app: Flask, things: dict[str, Any], address: str) -> tuple[str, str, list[str]]:
    """Who opens an address, the address, and the files that may be behind it, which are real ones now."""
    who, kind, column, thing = SERVED[address]
    with app.app_context(), unit_of_work():
        named_by = column_of(kind)
        mine = getattr(named_by.class_, column) == things[thing]
        keys = list(db.session.scalars(select(named_by).where(mine, named_by != "").order_by(named_by)))
    return who, address.format(**things), keys


@pytest.mark.parametrize("address", SERVED)
@pytest.mark.parametrize("spoil", [flip, lambda key: obstore.delete(files._store(), key)], ids=["altered", "missing"])
def test_a_damaged_file_is_a_page_and_an_alarm_and_no_download(
    app: Flask, visit: Any, things: dict[str, Any], alarms: list[tuple[str, int]], address: str, spoil: Any
) -> None:
    """Of a receipt on the page of its claim, where a better one can be asked for."""
    is_receipt = address.startswith("/receipts/")
    who, path, keys = served(app, things, address)
    reader = visit(who)
    assert reader.get(path).status_code == 200
    with app.app_context():
        kept = {key: bytes(obstore.get(files._store(), key).bytes()) for key in keys}
        for key in keys:
            spoil(key)
    try:
        before = lines(app)
        page = reader.get(path, follow_redirects=True)
        assert (page.status_code, page.mimetype) == ((200 if is_receipt else 500), "text/html")
        assert ("We cannot open this receipt" if is_receipt else "This file is missing or damaged") in page.text
        assert alarms == [("a stored file is damaged", 1)]
        assert lines(app) == before
    finally:
        with app.app_context():
            for key, content in kept.items():
                obstore.put(files._store(), key, content, mode="overwrite")


def test_a_paper_that_is_damaged_is_in_no_pack(
    app: Flask, here: Any, things: dict[str, Any], alarms: list[tuple[str, int]]
) -> None:
    with here(), unit_of_work():
        key = db.session.scalars(
            select(PaperVersion.stored_as).where(PaperVersion.paper_id == things["paper_id"])
        ).one()
        content = files.read(key)
        flip(key)
        pack = db.session.scalars(select(Pack).where(Pack.meeting_id == things["meeting_id"]).order_by(Pack.id)).first()
        assert pack
        pack.created_at, pack.stored_as = None, ""
        pack_id = str(pack.id)
    try:
        with here(), unit_of_work(), pytest.raises(files.Altered):
            packs.build_pack(pack_id)
    finally:
        with here():
            obstore.put(files._store(), key, content, mode="overwrite")


def test_head_leaves_no_line(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    for address in SERVED:
        who, path, _ = served(app, things, address)
        reader, before = visit(who), lines(app)
        answer = reader.client.head(path)
        assert (answer.status_code, answer.data) == (200, b"")
        assert lines(app) == before, path


def test_ranges_are_answered_and_are_one_download(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    who, path, _ = served(app, things, "/papers/{paper_id}/file")
    reader, before = visit(who), lines(app)
    whole = reader.get(path)
    size, tag = len(whole.data), whole.headers["ETag"]
    assert whole.headers["Accept-Ranges"] == "bytes"
    for asked, start, stop in (("0-9", 0, 10), ("10-", 10, size), ("-7", size - 7, size), (f"5-{size * 2}", 5, size)):
        part = reader.get(path, headers={"Range": f"bytes={asked}", "If-Range": tag})
        assert part.status_code == 206
        assert part.data == whole.data[start:stop]
        assert part.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{size}"
        assert int(part.headers["Content-Length"]) == stop - start
    for headers in (
        {"Range": "bytes=5-9", "If-Range": '"another"'},
        {"Range": "bytes=1-2,4-5"},
        {"Range": "pages=1-2"},
    ):
        assert reader.get(path, headers=headers).data == whole.data
    assert lines(app) == before + 1


def test_a_range_that_is_not_there_is_said_and_no_download(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    who, path, _ = served(app, things, "/papers/{paper_id}/file")
    reader, before = visit(who), lines(app)
    answer = reader.get(path, headers={"Range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"].startswith("bytes */")
    assert lines(app) == before


def test_who_takes_a_file_by_ranges_alone_is_on_record_once(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    """Leaving out the first byte, or the whole, hides nothing; whoever takes it again another day is there again."""
    who, path, _ = served(app, things, "/papers/{paper_id}/file")
    reader, before, now = visit(who), lines(app), clock.now()
    for _ in range(3):
        assert reader.get(path, headers={"Range": "bytes=1-"}).status_code == 206
    assert lines(app) == before + 1
    assert visit("northfirth.officer").get(path, headers={"Range": "bytes=1-"}).status_code == 206
    assert lines(app) == before + 2
    at(now + downloads.GOES_ON_FOR)
    assert reader.get(path, headers={"Range": "bytes=1-"}).status_code == 206
    assert lines(app) == before + 3
    assert reader.get(path).status_code == 200, "the whole of it is a download of its own"
    assert lines(app) == before + 4


def test_counting_every_range_would_be_noticed(
    app: Flask, visit: Any, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.infra.web.downloads.begins", lambda *_: True)
    with pytest.raises(AssertionError):
        test_ranges_are_answered_and_are_one_download(app, visit, things)


def test_a_large_file_is_streamed_and_breaks_off_where_it_is_damaged(
    app: Flask, visit: Any, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch, alarms: list[tuple[str, int]]
) -> None:
    monkeypatch.setattr(downloads, "SMALL", 0)
    who, path, [key] = served(app, things, "/papers/{paper_id}/file")
    reader = visit(who)
    whole = reader.get(path)
    assert reader.get(path, headers={"Range": "bytes=3-8"}).data == whole.data[3:9]
    with app.app_context():
        flip(key)
    try:
        with pytest.raises(files.Altered):
            reader.client.get(path)
        assert alarms == [("a stored file is damaged", 1)]
    finally:
        with app.app_context():
            flip(key)


@pytest.mark.parametrize("address", SERVED)
def test_serving_without_comparing_would_be_noticed(
    app: Flask, visit: Any, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(files, "_mark", lambda key: "")
    with pytest.raises(AssertionError):
        test_a_damaged_file_is_a_page_and_an_alarm_and_no_download(app, visit, things, [], address, flip)
