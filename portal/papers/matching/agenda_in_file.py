"""Where an agenda as a file and the agenda here differ: only what is sure of its words, and otherwise nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.core.text import count_words, together
from portal.meetings.agendas.drafts import title_key
from portal.meetings.agendas.pasted import ReadItem, read_items
from portal.papers.matching.file_names import plain, words_of
from portal.papers.matching.kinds import Item

LONGEST, LEAST_ITEMS, MOST_NAMED = 20_000, 3, 5
WHOLE = re.compile(r"[0-9]{1,3}")


@dataclass(frozen=True)
class _Titled:
    number: str
    title: str

    @property
    def words(self) -> frozenset[str]:
        return frozenset(words_of(plain(self.title)))

    def __str__(self) -> str:
        return f"“{self.number} {self.title}”" if self.number else f"“{self.title}”"


def differences(text: str, items: Sequence[Item]) -> list[str]:
    """In words: items of the file that are not on the agenda, and the other way round. Restricted ones may lack."""
    here = [_Titled(one.number, one.title) for one in items if not one.is_restricted]
    every = [*here, *(_Titled(one.number, one.title) for one in items if one.is_restricted)]
    read = read_items(text).items if len(text) <= LONGEST else []
    there = [_Titled(one.number, one.title) for one in read if _is_item(one)]
    if not _counts_on(there):
        return []
    if 2 * (known := sum(1 for one in there if _has(every, one))) < len(there):
        seem = "seems" if known == 1 else "seem"
        return [f"{_few(known)} of the {len(there)} items in the agenda file {seem} to be on the agenda here"]
    extra = [one for one in there if not _has(every, one)]
    words, title_words = title_key(text), words_of(plain(text))
    lacking = [
        one
        for one in here
        if not _has(there, one) and title_key(one.title) not in words and not one.words <= {*title_words}
    ]
    said = []
    if extra:
        items_are = count_words(len(extra), "item that is", "items that are")
        said.append(f"The agenda file has {items_are} not on the agenda here: {_named(extra)}")
    if lacking:
        items_are = count_words(len(lacking), "item that is", "items that are")
        said.append(f"The agenda here has {items_are} not in the agenda file: {_named(lacking)}")
    return said


def _is_item(one: ReadItem) -> bool:
    """'4. Title', and no part of an item."""
    return bool(WHOLE.fullmatch(one.number) and one.title) and not one.is_left_out


def _counts_on(there: Sequence[_Titled]) -> bool:
    """Whether what was read is one list that counts on from its first number."""
    counts = all(int(one.number) < int(other.number) for one, other in pairwise(there))
    return counts and len(there) >= LEAST_ITEMS


def _has(others: Iterable[_Titled], one: _Titled) -> bool:
    """Also where one of two titles is cut off, is longer, or has the same number and a word in common."""
    return any(_may_be_one(one, other) for other in others)


def _may_be_one(one: _Titled, other: _Titled) -> bool:
    if title_key(one.title) == title_key(other.title):
        return True
    both = one.words & other.words
    return bool(both) and (both in (one.words, other.words) or one.number == other.number)


def _few(number: int) -> str:
    return f"Only {number}" if number else "None"


def _named(items: Sequence[_Titled]) -> str:
    left = len(items) - MOST_NAMED
    more = [f"{left} more"] if left > 0 else []
    return together([*(str(one) for one in items[:MOST_NAMED]), *more])
