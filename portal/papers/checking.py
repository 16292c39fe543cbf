"""Checking an upload: cheap looks at once, and the thorough one in a child process with limits."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
TIME_LIMIT_SECONDS = 20  # wall clock; the child limits its own CPU time to five
TOO_COMPLICATED = "This file takes too long to open safely. Print it to PDF and upload that"
EMPTY = "This file is empty. Check that it is the right one"
NOT_A_PDF = "This file is not a PDF. Save it as PDF and upload that"


@dataclass(frozen=True)
class Found:
    """What is inside a PDF, or why it is refused."""

    reason: str = ""
    pages: int = 0
    texts: tuple[str, ...] = field(default=())
    tagged: bool = False
    title: bool = False


def refused_at_once(content_start: bytes, size: int, most: int) -> str:
    """Why a file cannot be a paper, from its size in bytes and its first kilobyte; '' when it may be one."""
    if size == 0:
        return EMPTY
    if size > most:
        return f"This file is over {most // (1024 * 1024)} MB. Save a smaller one, or split it in two"
    return "" if b"%PDF-" in content_start[:1024] else NOT_A_PDF


def look_inside(content: bytes) -> Found:
    """Open the file in a child process. Never raises for what the file contains."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        return _ask_child(file.name)


def _ask_child(path: str) -> Found:
    command = [sys.executable, "-m", "portal.papers.inspect_pdf", path]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=TIME_LIMIT_SECONDS, check=False)  # noqa: S603 - our own words only
    except subprocess.TimeoutExpired:
        return Found(reason=TOO_COMPLICATED)
    if done.returncode != 0:
        return Found(reason=TOO_COMPLICATED)
    answer = json.loads(done.stdout)
    return Found(**{**answer, "texts": tuple(answer.get("texts", ()))})
