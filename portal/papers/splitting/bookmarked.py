"""Finds where the parts of a combined pack begin, in a child process with little memory and time; see sandbox.py."""

from __future__ import annotations

from collections.abc import Sequence

from portal.infra.documents.pdf import bookmarks
from portal.infra.documents.pdf.bookmarks import Bookmark
from portal.infra.documents.pdf.places import Places
from portal.infra.documents.pdf.things import Thing
from portal.infra.documents.sandbox import Answer, answer


def find(path: str) -> Answer:
    """The title and page of each part that bookmarks name."""
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            return {"bookmarks": [list(one) for one in parts(pdf)]}
    except pikepdf.PdfError:
        return {"bookmarks": []}


def parts(pdf: Thing) -> list[tuple[str, int]]:
    """The title and page, counted from 1, of each bookmark of the first level that has more than one."""
    level = bookmarks.read(pdf, Places(pdf))
    while len(level) == 1 and level[0].under:
        level = level[0].under
    return [(title, page) for title, page in map(_begins, level) if page]


def _begins(one: Bookmark) -> tuple[str, int]:
    """Where a bookmark leads, or the first under it that leads anywhere; 0 when none does."""
    page = one.place.page + 1 if one.place else 0
    return one.title, page or next((found for _, found in map(_begins, one.under) if found), 0)


def among(found: Answer | None) -> Sequence[tuple[str, int]]:
    """As the parent takes it. A file that cannot be looked into has none."""
    return [(str(title), int(page)) for title, page in found["bookmarks"]] if found else []


if __name__ == "__main__":
    answer(find)
