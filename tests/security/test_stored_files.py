"""Stored files: none stays without a row, none is handed out that is not what was written, each download counts once.

Every kind of file is found from the models.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import obstore
import pytest
from flask import Flask
from sqlalchemy import delete, event, func, select, update
from sqlalchemy.orm import Session

from portal.audit.models import AuditLine
from portal.core import clock
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.storage import files, named, verify
from portal.infra.storage.stored import ALTERED, MISSING, StoredFile
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web import downloads
from portal.papers.models import Pack, PaperVersion
from portal.papers.packs import actions as packs
from portal.scheduler.run import due_now, work_once
from tests.infra.stored_kinds import KINDS, column_of, make
from tests.papers import conftest as papers

here = papers.here  # a fixture of theirs
CONTENT = b"%PDF- as it was written " * 40


@pytest.fixture
def inside(app: Flask, rolled_back: Any) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def alarms(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    said: list[tuple[str, int]] = []
    for module in ("portal.infra.storage.files", "portal.infra.storage.verify", "portal.infra.web.errors"):
        monkeypatch.setattr(f"{module}.alarm", lambda kind, count=1: said.append((kind, count)))
    return said


def flip(key: str) -> None:
    """One bit of a stored file is another, as on a bad disk."""
    content = bytearray(obstore.get(files._store(), key).bytes())
    content[len(content) // 2] ^= 1
    obstore.put(files._store(), key, bytes(content), mode="overwrite")


def is_there(key: str) -> bool:
    try:
        return bool(obstore.head(files._store(), key))
    except FileNotFoundError:
        return False


def do_all_work() -> None:
    while work_once():
        pass


def test_every_column_that_names_a_file_is_known() -> None:
    assert {"paper_versions.stored_as", "receipts.stored_as", "public_profiles.photo_stored_as"} < set(KINDS)
    assert len(KINDS) >= 9


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("inside")
def test_a_flipped_byte_and_a_lost_file_of_every_kind_are_found(kind: str) -> None:
    (_, flipped), (_, lost), (_, good) = (make(kind, CONTENT) for _ in range(3))
    flip(flipped)
    obstore.delete(files._store(), lost)
    report = verify.Report()
    verify._look_at([key for key, of in named.every_key().items() if of == kind and key.startswith("tried/")], report)
    assert report.damaged == {flipped: ALTERED, lost: MISSING}
    assert report.looked_at == 3
    with pytest.raises(files.Altered):
        files.read(flipped)
    with pytest.raises(files.Missing):
        files.read(lost)
    assert files.read(good) == CONTENT


def remove_row(row: Any, column: named.Column) -> None:
    db.session.delete(row)


def remove_in_one_statement(row: Any, column: named.Column) -> None:
    gone = delete(column.class_).where(column.class_.id == row.id)
    db.session.execute(across_boards(gone, CrossBoardReason.CLOCK))


def name_another(row: Any, column: named.Column) -> None:
    setattr(row, column.key, "")


def name_another_in_one_statement(row: Any, column: named.Column) -> None:
    other = update(column.class_).where(column.class_.id == row.id).values({column.key: ""})
    db.session.execute(across_boards(other, CrossBoardReason.CLOCK))


WAYS = (remove_row, remove_in_one_statement, name_another, name_another_in_one_statement)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.usefixtures("inside")
def test_a_file_of_every_kind_goes_however_its_row_goes(kind: str) -> None:
    do_all_work()
    for way in WAYS:
        row, key = make(kind)
        with unit_of_work():
            way(db.session.merge(row), column_of(kind))
        assert is_there(key), "it stays until the transaction is through"
        do_all_work()
        assert not is_there(key), way.__name__
        assert db.session.get(StoredFile, key) is None


@pytest.mark.usefixtures("inside")
def test_a_file_that_another_row_names_stays() -> None:
    row, key = make("paper_versions.stored_as")
    other, _ = make("withdrawn_files.stored_as")
    with unit_of_work():
        other = db.session.merge(other)
        other.stored_as = key
        db.session.flush()
        db.session.merge(row).stored_as = ""
    do_all_work()
    assert is_there(key)


@pytest.mark.usefixtures("inside")
def test_without_what_watches_rows_a_file_would_stay() -> None:
    """The negative control of the two above."""
    row, key = make("held_files.stored_as")
    event.remove(Session, "before_flush", named._rows_lose_files)
    try:
        with unit_of_work():
            db.session.delete(db.session.merge(row))
        do_all_work()
        assert is_there(key)
    finally:
        event.listen(Session, "before_flush", named._rows_lose_files)


@pytest.mark.usefixtures("inside")
def test_what_a_failed_transaction_left_behind_goes_a_day_later_and_is_told(
    monkeypatch: pytest.MonkeyPatch, alarms: list[tuple[str, int]]
) -> None:
    _, named_key = make("courses.stored_as")
    left = "tried/left-behind"
    obstore.put(files._store(), left, CONTENT)
    waits = "tried/waits"
    obstore.put(files._store(), waits, CONTENT)
    files.delete_after(waits, timedelta(days=7))
    written = obstore.head(files._store(), left)["last_modified"]
    for after, stays in ((timedelta(hours=23), True), (timedelta(hours=25), False)):
        clock.use(lambda after=after: written + after)
        verify.verify_some("all")
        assert is_there(left) is stays
    assert is_there(named_key)
    assert is_there(waits), "somebody may be about to download it"
    assert ("stored files without a row were removed") in [kind for kind, _ in alarms]


@pytest.mark.usefixtures("inside")
def test_a_slice_is_read_each_night_and_all_in_turn(
    monkeypatch: pytest.MonkeyPatch, alarms: list[tuple[str, int]]
) -> None:
    do_all_work()
    monkeypatch.setattr(verify, "FEWEST", 1)
    monkeypatch.setattr(verify, "AT_ONCE", 2)
    keys = [make("courses.stored_as")[1] for _ in range(9)]
    flip(keys[4])
    nights = 0
    while nights < verify.NIGHTS and not any("altered" in kind for kind, _ in alarms):
        nights += 1
        night = clock.now() + timedelta(days=1)
        clock.use(lambda night=night: night)
        with unit_of_work():
            [begin] = [one.action for one in due_now(clock.now()) if one.key.startswith("verify-files:")]
            begin()
        do_all_work()
    assert 1 < nights <= verify.NIGHTS
    assert db.session.get_one(StoredFile, keys[4]).found == ALTERED


@pytest.mark.usefixtures("inside")
def test_the_command_names_what_is_damaged_and_fails(app: Flask) -> None:
    _, key = make("receipts.stored_as")
    flip(key)
    result = app.test_cli_runner().invoke(args=["portal", "files", "verify"])
    assert result.exit_code == 1
    assert f"altered: {key}" in result.output
    assert "Bring these files back from a backup" in result.output


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
    who, path, keys = served(app, things, address)
    reader = visit(who)
    assert reader.get(path).status_code == 200
    with app.app_context():
        kept = {key: bytes(obstore.get(files._store(), key).bytes()) for key in keys}
        for key in keys:
            spoil(key)
    try:
        before = lines(app)
        page = reader.get(path)
        assert (page.status_code, page.mimetype) == (500, "text/html")
        assert "This file is missing or damaged" in page.text
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
