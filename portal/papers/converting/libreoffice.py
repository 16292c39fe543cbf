"""The program that makes PDFs of Word and PowerPoint files, where it is installed: one file at a time."""

from __future__ import annotations

import fcntl
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.infra.documents.sandbox import TooBusy, finished
from portal.papers.converting.rules import A_PDF, ENDINGS, Judged, judged
from portal.papers.inside.rules import before_the_mark

WALL_SECONDS = 150  # nobody waits for it; the processor time that it gets is in convert_file.py
SOURCE = "source"
PREFIX = "carer-rep-portal-convert-"
LEFT_BEHIND_SECONDS = 3600


def program() -> str:
    """Where LibreOffice is, past the script that starts it; '' where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    itself = Path(found).resolve().with_name("soffice.bin") if found else None
    return str(itself) if itself and itself.exists() else ""


def is_there() -> bool:
    return bool(program())


def as_another_kind(file_name: str, content: bytes) -> Judged:
    """What is to be made of an upload that is no PDF, on this machine; nothing of one that is a PDF."""
    if before_the_mark(content) is not None:
        return A_PDF
    return judged(file_name, content[:8], is_there())


def pdf_of(content: bytes, kind: str) -> bytes:
    """The file as PDF; b'' where none came of it, or it took more than it may. Raises TooBusy."""
    with _one_at_a_time(), tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
        _clear_away()
        source = Path(folder) / f"{SOURCE}.{ENDINGS[kind]}"
        source.write_bytes(content)
        command = [sys.executable, "-m", "portal.papers.converting.convert_file", str(source), kind, program()]
        done = finished(command, wall=WALL_SECONDS)
        made = source.with_suffix(".pdf")
        return made.read_bytes() if done is not None and made.is_file() and not made.is_symlink() else b""


def _clear_away() -> None:
    """Folders of processes that were killed: nothing of a source stays."""
    for one in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if time.time() - one.lstat().st_mtime > LEFT_BEHIND_SECONDS:
            shutil.rmtree(one, ignore_errors=True)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """On this machine, whoever else works here; this very file is what they agree on."""
    with Path(__file__).open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TooBusy from error
        yield
