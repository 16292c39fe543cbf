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
from sqlalchemy import delete, event, update
from sqlalchemy.orm import Session

from portal.core import clock
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.storage import files, named, verify
from portal.infra.storage.stored import ALTERED, MISSING, StoredFile
from portal.infra.unit_of_work import unit_of_work
from portal.scheduler.run import due_now, work_once
from tests.infra.stored_kinds import KINDS, column_of, make

CONTENT = b"%PDF- as it was written " * 40


@pytest.fixture
def inside(app: Flask, rolled_back: Any) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def alarms(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    said: list[tuple[str, int]] = []
    everywhere = (
        "portal.infra.storage.files",
        "portal.infra.storage.verify",
        "portal.infra.web.errors",
        "portal.expenses.claims.receipts",
    )
    for module in everywhere:
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
