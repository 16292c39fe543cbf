"""Reads the text of each page of an open PDF and looks at its pictures where that matters; in a child process only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from portal.papers.inside.places import Piece
from portal.papers.pictures.rules import LEAST_LINES, LEAST_PICTURE, Pictures, may_be_pictures

STRETCH = 100  # pages
MOST_DEEP = 4  # groups within groups
MOST_LOOKED_AT = 5_000  # things drawn on one page; whoever draws more has drawn something


@dataclass(frozen=True)
class Look:
    """What a page says, and what is drawn on it."""

    text: str
    pictures: Pictures = field(default_factory=Pictures)


def looks(opened: Callable[[], Piece]) -> list[Look]:
    """Each page is loaded once for its text; one with few words once more."""
    seen = [Look(_text(page)) for page in _pages(opened)]
    few = may_be_pictures([one.text for one in seen])
    for number, page in zip(few, _pages(opened, few), strict=True):
        seen[number - 1] = replace(seen[number - 1], pictures=_pictures(page))
    return seen


def _pages(opened: Callable[[], Piece], numbers: Sequence[int] | None = None) -> Iterator[Piece]:
    """Some pages or all. The file is opened anew after each stretch: its fonts would fill the memory otherwise."""
    document = opened()
    for count, number in enumerate(range(1, len(document) + 1) if numbers is None else numbers):
        if count and count % STRETCH == 0:
            document.close()
            document = opened()
        yield document[number - 1]
    document.close()


def _text(page: Piece) -> str:
    text = page.get_textpage()
    words = text.get_text_bounded()
    text.close()
    page.close()
    return str(words)


def _pictures(page: Piece) -> Pictures:
    from pypdfium2 import raw as kinds

    left, bottom, right, top = page.get_bbox()
    covered, lines, whole = 0.0, 0, max((right - left) * (top - bottom), 1.0)
    for number, one in enumerate(page.get_objects(max_depth=MOST_DEEP)):
        if covered / whole >= LEAST_PICTURE or lines >= LEAST_LINES or number > MOST_LOOKED_AT:
            break
        if one.type == kinds.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = one.get_bounds()
            covered += max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom))
        elif one.type in (kinds.FPDF_PAGEOBJ_PATH, kinds.FPDF_PAGEOBJ_SHADING):
            lines += 1
    page.close()
    return Pictures(min(1.0, covered / whole), lines)
