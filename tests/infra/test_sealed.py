"""Private text is sealed: no plain word in the database, bound to its row, under keys that can change."""

from __future__ import annotations

import base64
import dataclasses
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from portal.infra.database import db
from portal.infra.keys import rotate
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sealed import NOT_OPENED, CannotOpen, Sealed, seal, unseal
from portal.infra.unit_of_work import unit_of_work
from portal.papers.models import Note
from tests.cast import NOW, Cast

WORDS = "CANARYHEALTH she has a bad hip"


@pytest.fixture
def note(work: Any, cast: Cast) -> Note:
    """The only sealed text there is."""
    things = cast.northfirth.things
    with work():
        for one in Sealed.columns:
            db.session.execute(across_boards(update(one.model).values({one.column: ""}), CrossBoardReason.KEYS))
        note = Note(
            board_id=cast.northfirth.id,
            group_id=things["group_id"],
            meeting_id=things["meeting_id"],
            paper_id=things["paper_id"],
            person_id=cast.northfirth.people["rep"],
            changed_at=NOW,
        )
        note.text = WORDS
        db.session.add(note)
    return note


def key(name: str, letter: bytes) -> str:
    return f"{name}:{base64.b64encode(letter * 32).decode()}"


def use_keys(app: Flask, monkeypatch: pytest.MonkeyPatch, keys: str) -> None:
    monkeypatch.setitem(app.config, "PORTAL", dataclasses.replace(app.config["PORTAL"], field_keys=keys))
    monkeypatch.delitem(app.extensions, "field keys", raising=False)


@pytest.fixture(autouse=True)
def _forget_keys(app: Flask) -> Any:
    yield
    app.extensions.pop("field keys", None)


def test_what_is_sealed_is_read_back_and_not_plain_in_the_database(note: Note) -> None:
    assert note.text == WORDS
    kept = str(db.session.execute(text("SELECT * FROM notes")).all())
    assert "CANARYHEALTH" not in kept
    assert "bad hip" not in kept


def test_a_value_moved_to_another_row_or_column_does_not_open(note: Note) -> None:
    for place in (f"notes.sealed_text.{UUID(int=1)}", f"notes.other.{note.id}", f"papers.sealed_text.{note.id}"):
        with pytest.raises(CannotOpen):
            unseal(place, note.sealed_text)


@pytest.mark.parametrize("spoilt", ["", "none:", "none:AAAA", "nobody:AAAA", "none:!!!", "x" * 50])
def test_a_spoilt_value_does_not_open(app: Flask, spoilt: str) -> None:
    with app.app_context(), pytest.raises(CannotOpen):
        unseal("notes.sealed_text.1", spoilt)


def test_two_seals_of_the_same_words_differ(app: Flask) -> None:
    with app.app_context():
        assert seal("a.b.1", WORDS) != seal("a.b.1", WORDS)


def test_keys_change_while_the_portal_runs(app: Flask, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = key("2026", b"a"), key("2027", b"b")
    use_keys(app, monkeypatch, old)
    with unit_of_work():
        note.text = WORDS
    use_keys(app, monkeypatch, f"{new},{old}")
    assert note.text == WORDS
    assert sum(rotate()) == 1
    assert sum(rotate()) == 0
    use_keys(app, monkeypatch, new)
    again = db.session.scalars(select(Note).where(Note.id == note.id).execution_options(populate_existing=True)).one()
    assert again.sealed_text.startswith("2027:")
    assert again.text == WORDS


def test_without_its_key_nothing_opens(app: Flask, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    use_keys(app, monkeypatch, key("2027", b"b"))
    with pytest.raises(CannotOpen):
        unseal(f"notes.sealed_text.{note.id}", note.sealed_text)
    assert note.text == NOT_OPENED
