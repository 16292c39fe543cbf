"""One line of what waits for people: what to do, by when or since when, and the page where it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask import url_for

from portal.core.text import near_day_words

BY, SINCE, UNSAID = "By", "Since", ""  # what the day of a line is; of some it only says where the line stands
ON = "On"  # a date to keep, on which somebody is to be somewhere: nothing to do by then, and never late


@dataclass(frozen=True)
class Line:
    """One line of a page: what to do, the day by which or since when, and the page where it is done.

    First page and desk show it alike. What should be done by a day that is over is late, and nobody needs to say so.
    """

    due_on: date
    title: str
    detail: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)  # the gaps in the address of that page
    is_late: bool = False
    late_words: str = "Late"  # of a line that stands for several things, how many are: several_late()
    day_is: str = BY
    is_brief: bool = False  # it can be done for some minutes only: under today, whatever its day
    apart: str = ""  # said by a screen reader only, where two lines may have one title
    for_day: date | None = None  # the coming day that it is about: once it is to be done, the nearest goes first
    board: str = ""  # the name of its board, put in for whoever belongs to several
    endpoint: str = ""  # put in by whoever knows what page it is

    def shown(self, endpoint: str, today: date) -> Line:
        """The same line on a page of today."""
        is_late = self.is_late or (self.day_is == BY and self.due_on < today)
        is_near = is_late or (self.day_is == BY and self.due_on <= today)
        return replace(self, endpoint=endpoint, is_late=is_late, for_day=self.for_day if is_near else None)

    def on(self, board: str) -> Line:
        """The same line, told apart from another board's."""
        return replace(self, board=board, apart=f"{self.apart.rstrip()}, {board}") if board else self

    def when(self, today: date) -> str:
        """'By Thursday 3 December', 'Was due by …', 'Since …'; with the year where it is not this one."""
        words = near_day_words(self.due_on, today) if self.day_is else ""
        return f"Was due by {words}" if self.day_is == BY and self.due_on < today else f"{self.day_is} {words}".strip()

    @property
    def is_open(self) -> bool:
        """Whether it may be done at any time: its day is not one to do it by."""
        return self.day_is not in (BY, ON) and not self.is_brief

    @property
    def is_date(self) -> bool:
        """Whether it is a date to keep, and nothing to do."""
        return self.day_is == ON

    @property
    def is_waiting(self) -> bool:
        """Whether all that its day says is since when."""
        return self.day_is == SINCE and not self.is_brief

    @property
    def address(self) -> str:
        return url_for(self.endpoint, **self.where)


def told_apart(lines: Iterable[Line]) -> list[Line]:
    """Two of one title say to everybody what else only a screen reader says."""
    found = list(lines)
    same = Counter(line.title for line in found)
    return [
        replace(line, title=f"{line.title}, {line.apart.strip(' ,')}", apart="")
        if same[line.title] > 1 and line.apart
        else line
        for line in found
    ]


def several_late(late: int, of: int) -> str:
    """The tag of a line that stands for several things: 'Late' where all of them are, else '1 of them late'."""
    return "Late" if late in (0, of) else f"{late} of them late"
