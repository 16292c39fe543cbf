"""The program that reads words from pictures, where it is installed: each page in a process of its own."""

from __future__ import annotations

import shutil
import sys
import tempfile

from portal.infra.documents.sandbox import finished

WALL_SECONDS = 60  # nobody waits for it
LONGEST_PAGE = 20_000


def program() -> str:
    """Where Tesseract is; '' where it is not installed."""
    return shutil.which("tesseract") or ""


def is_there() -> bool:
    return bool(program())


def words_of(content: bytes, page: int) -> str:
    """What can be read on a page; '' where that is nothing, or took more than it may. Raises TooBusy."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        command = [sys.executable, "-m", "portal.papers.pictures.read_page", file.name, str(page), program()]
        said = finished(command, wall=WALL_SECONDS)
    lines = (said or b"").decode("utf-8", "replace").replace("\x00", "").replace("\x0c", "").splitlines()
    return "\n".join(line.rstrip() for line in lines).strip()[:LONGEST_PAGE]
