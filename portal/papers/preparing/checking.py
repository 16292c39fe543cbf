"""Whether an uploaded file may become a paper: cheap looks at once, a virus check, then a deep one in a child."""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.infra.documents.sandbox import run_making
from portal.infra.storage.virus import virus_in
from portal.papers.converting.rules import A_PDF, Judged
from portal.papers.inside.rules import before_the_mark

TOO_COMPLICATED = "This file takes too long to open safely. Save it with fewer or smaller pictures, or split it in two"


EMPTY = "This file is empty. Check that it is the right one"


NOT_A_PDF = "This file is not a PDF. Save it as PDF and upload that"


INFECTED = "A virus was found in this file. Do not open it. Ask the people who look after your computer"


@dataclass(frozen=True)
class Found:
    """What is inside a PDF, or why it is refused."""

    reason: str = ""
    pages: int = 0
    texts: tuple[str, ...] = field(default=())
    tagged: bool = False
    title: bool = False
    title_inside: str = ""
    pictures: tuple[int, ...] = field(default=())  # the pages that are pictures
    taken_out: tuple[str, ...] = field(default=())  # what of it was harmless, in words
    hidden_layers: tuple[str, ...] = field(default=())  # what stays in the file and is not shown, in words
    parts: int = 0  # on how many pages a part begins, by the bookmarks
    clean: bytes = b""  # the file without that; b'' where nothing was taken out


def refused_at_once(content_start: bytes, size: int, most: int, other: Judged = A_PDF) -> str:
    """Why a file cannot be a paper, from its size in bytes and its first kilobyte; '' when it may be one.

    `other` is what its name says it is, if that is something else than a PDF.
    """
    if size == 0:
        return EMPTY
    if size > most:
        return f"This file is over {most // (1024 * 1024)} MB. Save a smaller one, or split it in two"
    if before_the_mark(content_start) is not None or other.kind:
        return ""
    return other.reason or NOT_A_PDF


def look_inside(content: bytes, clamav_address: str = "") -> Found:
    """Open the file in a child process. Never raises for what the file contains.

    With the address of a ClamAV daemon its OK comes first. Raises Unavailable while it gives none, and TooBusy.
    """
    if clamav_address and virus_in(content, clamav_address):
        return Found(reason=INFECTED)
    answer, clean = run_making("portal.papers.preparing.inspect_pdf", content)
    if answer is None or (answer.get("taken_out") and not clean):
        return Found(reason=TOO_COMPLICATED)
    several = {name: tuple(answer.get(name, ())) for name in ("texts", "pictures", "taken_out", "hidden_layers")}
    return Found(**{**answer, **several, "clean": clean})
