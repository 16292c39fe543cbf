"""What stops a child by itself is final; what stops it from outside says nothing of the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.boards.people.list_file import UnreadableList, people_in_file
from portal.infra.documents import sandbox
from portal.infra.pictures import clean
from portal.papers import uploads


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A module of the child's that does what a test says: child('return {}')."""

    def write(code: str, most_made: int = 0) -> str:
        start = "import os, time\nfrom portal.infra.documents import sandbox\n"
        body = f"def read(path, *more):\n    {code}\n    return {{}}\nsandbox.answer(read, {most_made})\n"
        (tmp_path / "told.py").write_text(start + body)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
        return "told"

    return write


@pytest.mark.parametrize("code", ["time.sleep(9)", "os.kill(os.getpid(), 9)", "os.kill(os.getpid(), 15)"])
def test_a_child_that_others_stopped_may_be_asked_again(child: Any, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(sandbox, "TIME_LIMIT_SECONDS", 0.4)
    with pytest.raises(sandbox.TooBusy):
        sandbox.run_limited(child(code), b"")


@pytest.mark.parametrize("code", ["os.kill(os.getpid(), 24)", "raise MemoryError", "os.abort()"])
def test_a_child_that_used_up_its_time_or_memory_is_final(child: Any, code: str) -> None:
    """24 is what the kernel sends to who has used up its processor time."""
    assert sandbox.run_limited(child(code), b"") is None


def test_what_a_child_makes_is_no_larger_than_it_may_be(child: Any) -> None:
    assert sandbox.run_making(child("open(more[0], 'wb').write(b'x' * 900)", most_made=1000), b"") == ({}, b"x" * 900)
    assert sandbox.run_making(child("open(more[0], 'wb').write(b'x' * 9000)", most_made=1000), b"") == (None, b"")


def test_a_child_is_told_no_keys(child: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELD_KEYS", "2026:secret")
    found = sandbox.run_limited(child("return dict(os.environ)"), b"")
    assert found
    assert "secret" not in str(found)
    assert "PATH" in found


def test_whoever_waits_for_an_answer_is_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> Any:
        raise sandbox.TooBusy

    monkeypatch.setattr("portal.papers.preparing.checking.run_making", busy)
    monkeypatch.setattr(clean, "run_limited", busy)
    monkeypatch.setattr("portal.boards.people.list_file.run_limited", busy)
    assert uploads.check("a.pdf", b"%PDF-1.7", "").reason == uploads.BUSY
    assert uploads.check("a.jpg", b"\xff\xd8\xff", "").reason == clean.BUSY
    with pytest.raises(UnreadableList, match="busy"):
        people_in_file(b"PK\x03\x04")
