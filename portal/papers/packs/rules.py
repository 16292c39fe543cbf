"""What stands in a pack, in which order and on which pages."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from portal.papers.amount import Amount, amount_of
from portal.papers.preparing.rules import PAPER

FORMAT = "4"  # of packs: another is given when they are made in another way, so that all are made anew
NUMBER = "Pack page {}"  # on every page, and the same among the bookmarks


@dataclass(frozen=True)
class Entry:
    """One paper of a pack."""

    version_id: UUID
    stored_as: str
    number: str  # of its item; '' of a paper for none
    title: str
    pages: int
    is_restricted: bool = False
    kind: str = PAPER

    @property
    def called(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class Contents:
    """All that a pack says and holds."""

    board: str
    group: str
    when: str
    entries: tuple[Entry, ...]
    leaves_out: bool  # restricted papers
    has_minutes: bool = False  # of this meeting, which are never in it

    @property
    def mark(self) -> str:
        """The same for the same files, titles and order, whoever asks."""
        return hashlib.sha256(f"{FORMAT} {self!r}".encode()).hexdigest()

    @property
    def pages(self) -> int:
        return sum(one.pages for one in self.entries)

    @property
    def amount(self) -> Amount:
        return amount_of((one.kind, one.pages) for one in self.entries)

    @property
    def versions(self) -> frozenset[UUID]:
        return frozenset(one.version_id for one in self.entries)

    @property
    def has_restricted(self) -> bool:
        return any(one.is_restricted for one in self.entries)

    def open_to_all(self) -> Contents:
        """Without what is restricted."""
        entries = tuple(one for one in self.entries if not one.is_restricted)
        return replace(self, entries=entries, leaves_out=len(entries) < len(self.entries))


def first_pages(front: int, counts: Sequence[int]) -> list[int]:
    """The page of a pack on which each paper begins, after so many pages of cover and contents."""
    firsts = []
    page = front + 1
    for count in counts:
        firsts.append(page)
        page += count
    return firsts
