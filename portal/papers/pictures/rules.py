"""Which pages of a paper hold no words that can be searched or read aloud, and how that is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

A_WORD_OR_TWO = 12  # letters and figures: 'Appendix 1' above a scan leaves it unread; 'Annual report 2026' is a page
LONGEST_FURNITURE = 200  # letters of what may stand above and below each page; who has more is read
LEAST_PICTURE = 0.05  # of the page's area
LEAST_LINES = 50  # drawn: more than the rules and boxes of a page's design

PAGE_NUMBER = re.compile(
    r"(?:page|p\.?|slide)?\s*+(?:[-–—]\s*+)?(?:\d++|[ivxl]++)\s*+(?:(?:of|/)\s*+\d++\s*+)?[-–—]?", re.IGNORECASE
)


@dataclass(frozen=True)
class Pictures:
    """How much of a page pictures cover, from 0 to 1, and how many lines and shapes are drawn on it."""

    share: float = 0.0
    lines: int = 0

    @property
    def are_there(self) -> bool:
        return self.share >= LEAST_PICTURE or self.lines >= LEAST_LINES


def letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def without_furniture(texts: Sequence[str]) -> list[str]:
    """The words of each page but its number and the lines that other pages have too, whatever figures are in them."""
    pages = [[line.strip() for line in text.splitlines()] for text in texts]
    on_pages = Counter(line for lines in pages for line in {_likened(one) for one in lines})
    return [
        "\n".join(one for one in lines if on_pages[_likened(one)] < 2 and not PAGE_NUMBER.fullmatch(one))
        for lines in pages
    ]


def _likened(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.casefold().split()))


def may_be_pictures(texts: Sequence[str]) -> list[int]:
    """The pages, counted from 1, that have so few words of their own that it matters what is drawn on them."""
    own = without_furniture(texts)
    return [
        number
        for number, (text, rest) in enumerate(zip(texts, own, strict=True), start=1)
        if letters(text) <= LONGEST_FURNITURE and letters(rest) <= A_WORD_OR_TWO
    ]


def picture_pages(texts: Sequence[str], pictures: Sequence[Pictures]) -> list[int]:
    """Of those, the ones with pictures or drawings. An empty page is none."""
    return [number for number in may_be_pictures(texts) if pictures[number - 1].are_there]


def picture_words(pictures: int, pages: int) -> str:
    """'30 of 39 pages are pictures: they can't be searched or read aloud'; '' where none is."""
    if not pictures:
        return ""
    if pages == 1:
        return "The only page is a picture: it can't be searched or read aloud"
    if pictures == pages:
        return f"All {pages} pages are pictures: they can't be searched or read aloud"
    if pictures == 1:
        return f"1 of {pages} pages is a picture: it can't be searched or read aloud"
    return f"{pictures} of {pages} pages are pictures: they can't be searched or read aloud"


AROUND = 80  # characters shown on each side of what was found


def excerpt(text: str, asked: str) -> str:
    """What stands around the first of the words that were asked for, where all of them are there; '' otherwise."""
    plain = " ".join(text.split())
    places = [plain.casefold().find(word) for word in asked.casefold().split()]
    if not places or min(places) < 0:
        return ""
    start, end = max(0, min(places) - AROUND), min(places) + AROUND
    return f"{'…' if start else ''}{plain[start:end].strip()}{'…' if end < len(plain) else ''}"
