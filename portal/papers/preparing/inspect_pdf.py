"""Looks into one PDF, in a child process with little memory and time; see documents/sandbox.py.

Finds {"reason": …} to refuse it, or its pages, the text of each, and whether it is tagged and has a title. Where
something was taken out it writes the file anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from portal.infra.documents.pdf.as_shown import as_shown
from portal.infra.documents.pdf.layers import Layers
from portal.infra.documents.pdf.things import kept
from portal.infra.documents.sandbox import Answer, answer
from portal.papers.inside.places import Piece
from portal.papers.inside.rules import Thing, before_the_mark, hidden_layers, refused, taken_out
from portal.papers.inside.things import Found, take_out, things
from portal.papers.inside.typed import not_drawn, typed_on
from portal.papers.pictures.pages import looks
from portal.papers.pictures.rules import picture_pages
from portal.papers.splitting import bookmarked

LONGEST_PAGE = 20_000
MOST_MADE = 120 * 1024 * 1024
NOTHING = b"\xef\xbb\xbf \t\r\n"  # what some programs put in front, and nothing more


LOCKED = "This file needs a password to open. Save a copy without a password and upload that"


DAMAGED = "This file is damaged and cannot be opened. Save it as PDF again and upload the new one"


NO_PAGES = "This file has no pages. Check that it is the right one"


def inspect(path: str, made: str) -> Answer:
    """Pages, text of each page, and whether it is tagged and has a title; or the reason to refuse it."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            about = _inspect(pdf, path, made)
        return about if "reason" in about else {**_read(about.pop("shown"), about.pop("typed")), **about}
    except pikepdf.PasswordError:
        return {"reason": LOCKED}
    except (pikepdf.PdfError, RuntimeError, AttributeError, TypeError, ValueError):  # what damaged trees lead to
        return {"reason": DAMAGED}


def _inspect(pdf: Piece, path: str, made: str) -> Answer:
    found = [*_before(path), *things(pdf)]
    said = [thing for thing, _ in found]
    if reason := refused(said):
        return {"reason": reason}
    if not len(pdf.pages):
        return {"reason": NO_PAGES}
    take_out(found)
    if found:
        with Path(made).open("r+b") as out:  # by its name alone another file would be put in its place
            pdf.save(out, deterministic_id=True)  # the same bytes when it is looked into again
    title = _title(pdf)
    about = {"pages": len(pdf.pages), "tagged": _is_tagged(pdf), "title": bool(title), "title_inside": title}
    about["parts"] = len({page for _, page in kept(partial(bookmarked.parts, pdf)) or ()})
    about["hidden_layers"] = hidden_layers(kept(Layers(pdf).hidden) or ())
    typed = [typed_on(page.obj) for page in pdf.pages]
    return {**about, "taken_out": taken_out(said), "typed": typed, "shown": _shown(pdf, made if found else path)}


def _shown(pdf: Piece, path: str) -> str | bytes:
    """The file as a reader sees it: what is typed in forms is read, and what is on hidden layers is not."""
    if "/OCProperties" not in pdf.Root and "/AcroForm" not in pdf.Root:
        return path
    return as_shown(path) or path


def _read(shown: str | bytes, typed: Sequence[str]) -> Answer:
    """The text of each page, and which are pictures."""
    import pypdfium2

    try:
        seen = looks(lambda: pypdfium2.PdfDocument(shown))
    except pypdfium2.PdfiumError as error:
        raise ValueError from error
    texts = [_kept(one.text, not_drawn(more, one.text)) for one, more in zip(seen, typed, strict=True)]
    return {"texts": texts, "pictures": picture_pages(texts, [one.pictures for one in seen])}


def _kept(*parts: str) -> str:
    """As every database takes it."""
    whole = "\n".join(part for part in parts if part).replace("\x00", "")
    return whole[:LONGEST_PAGE].encode("utf-8", "replace").decode()


def _before(path: str) -> list[Found]:
    with Path(path).open("rb") as file:
        start = file.read(1024)
    header = start[: before_the_mark(start) or 0]
    return [(Thing("before"), lambda: None)] if header.strip(NOTHING) else []


def _is_tagged(pdf: Piece) -> bool:
    return bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)) and "/StructTreeRoot" in pdf.Root


def _title(pdf: Piece) -> str:
    return " ".join(_kept(str(pdf.docinfo.get("/Title", ""))).split())[:300]


if __name__ == "__main__":
    answer(inspect, MOST_MADE)
