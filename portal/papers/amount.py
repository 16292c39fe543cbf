"""How much there is to read, counted and said alike on pages, in emails and in packs: papers, and their pages.

The agenda and minutes are no papers. Their pages are never among those of papers, and beside a count it is said that
they are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from portal.core.text import count_words, together
from portal.papers.preparing.rules import AGENDA, MINUTES, NO_PAPERS

CALLED = {AGENDA: "the agenda", MINUTES: "the minutes"}
DRAFT_BEFORE = "the draft before the minutes were approved"
OF_RESTRICTED = "papers of restricted items"  # of whoever may not read them


@dataclass(frozen=True)
class Amount:
    """Papers with their pages, appendices among them, and what stands beside them by its kind."""

    papers: int
    pages: int
    beside: tuple[tuple[str, int], ...] = ()  # kind and pages of the agenda and of minutes

    @property
    def what(self) -> str:
        """'the agenda and 7 papers'."""
        return self.what_of("paper")

    def what_of(self, one: str) -> str:
        """'the agenda and 7 late papers'."""
        papers = [count_words(self.papers, one)] if self.papers else []
        return together([*(CALLED[kind] for kind, _ in self.beside), *papers])

    @property
    def words(self) -> str:
        """'7 papers, 74 pages'; of an agenda alone 'the agenda, 6 pages'."""
        return f"{count_words(self.papers, 'paper') if self.papers else self.what}, {self.pages_words}"

    @property
    def pages_to_read(self) -> int:
        """Of the papers; or, where there are none, of the agenda or minutes that there are instead."""
        return self.pages if self.papers else sum(pages for _, pages in self.beside)

    @property
    def pages_words(self) -> str:
        return count_words(self.pages_to_read, "page")

    def left_out(self, *others: str) -> str:
        """'Not counted: the agenda (6 pages).', with what else is not; '' where the count is of everything."""
        beside = [f"{CALLED[kind]} ({count_words(pages, 'page')})" for kind, pages in self.beside if self.papers]
        return f"Not counted: {together([*beside, *others])}." if beside or others else ""


def amount_of(files: Iterable[tuple[str, int]]) -> Amount:
    """From the kind and the pages of each file: of each paper only one, the newest that its reader may open."""
    papers: list[int] = []
    beside: dict[str, int] = {}
    for kind, pages in files:
        if kind in NO_PAPERS:
            beside[kind] = beside.get(kind, 0) + pages
        else:
            papers.append(pages)
    return Amount(len(papers), sum(papers), tuple((kind, beside[kind]) for kind in CALLED if kind in beside))
