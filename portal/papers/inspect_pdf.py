"""Looks into one PDF, in a child process with little memory and time: a hostile file can hurt nothing else.

Run as `python -m portal.papers.inspect_pdf FILE`; prints one JSON object, {"reason": …} or what was found.
"""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

MEMORY_BYTES = 256 * 1024 * 1024
CPU_SECONDS = 5
LONGEST_PAGE = 20_000

LOCKED = "This file needs a password to open. Save a copy without a password and upload that"
DAMAGED = "This file is damaged and cannot be opened. Save it as PDF again and upload the new one"
NO_PAGES = "This file has no pages. Check that it is the right one"


def inspect(path: str) -> dict[str, Any]:
    """Pages, text of each page, and whether it is tagged and has a title; or the reason to refuse it."""
    import pikepdf
    import pypdfium2

    try:
        with pikepdf.open(path) as pdf:
            pages, tagged, title = len(pdf.pages), _is_tagged(pdf), _has_title(pdf)
    except pikepdf.PasswordError:
        return {"reason": LOCKED}
    except (pikepdf.PdfError, RuntimeError):
        return {"reason": DAMAGED}
    if not pages:
        return {"reason": NO_PAGES}
    try:
        texts = _texts(pypdfium2.PdfDocument(path))
    except pypdfium2.PdfiumError:
        return {"reason": DAMAGED}
    return {"pages": pages, "texts": texts, "tagged": tagged, "title": title}


def _is_tagged(pdf: Any) -> bool:
    return bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)) and "/StructTreeRoot" in pdf.Root


def _has_title(pdf: Any) -> bool:
    return bool(str(pdf.docinfo.get("/Title", "")).strip())


def _texts(document: Any) -> list[str]:
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_bounded()[:LONGEST_PAGE].replace("\x00", ""))
        text.close()
        page.close()
    return texts


def main(path: str) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = inspect(path)
    except MemoryError:
        found = {"reason": "This file is too complicated to open safely. Print it to PDF and upload that"}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
