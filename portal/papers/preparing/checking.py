"""Whether an uploaded file may become a paper: cheap looks at once, a virus check, then a deep one in a child."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.infra.documents.sandbox import run_limited
from portal.infra.storage.virus import virus_in

TOO_COMPLICATED = "This file takes too long to open safely. Print it to PDF and upload that"


EMPTY = "This file is empty. Check that it is the right one"


NOT_A_PDF = "This file is not a PDF. Save it as PDF and upload that"


INFECTED = "A virus was found in this file. Do not open it. Ask the people who look after your computer"


BEFORE_A_PDF = b"\xef\xbb\xbf \t\r\n"  # what some programs put in front, and nothing more


@dataclass(frozen=True)
class Found:
    """What is inside a PDF, or why it is refused."""

    reason: str = ""
    pages: int = 0
    texts: tuple[str, ...] = field(default=())
    tagged: bool = False
    title: bool = False
    title_inside: str = ""


def refused_at_once(content_start: bytes, size: int, most: int) -> str:
    """Why a file cannot be a paper, from its size in bytes and its first kilobyte; '' when it may be one."""
    if size == 0:
        return EMPTY
    if size > most:
        return f"This file is over {most // (1024 * 1024)} MB. Save a smaller one, or split it in two"
    return "" if content_start.lstrip(BEFORE_A_PDF).startswith(b"%PDF-") else NOT_A_PDF


def look_inside(content: bytes, clamav_address: str = "") -> Found:
    """Open the file in a child process. Never raises for what the file contains.

    With the address of a ClamAV daemon its OK comes first. Raises Unavailable while it gives none.
    """
    if clamav_address and virus_in(content, clamav_address):
        return Found(reason=INFECTED)
    answer = run_limited("portal.papers.preparing.inspect_pdf", content)
    if answer is None:
        return Found(reason=TOO_COMPLICATED)
    return Found(**{**answer, "texts": tuple(answer.get("texts", ()))})
