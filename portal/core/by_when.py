"""A list of things to do, under the days that they are for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar


class OnList(Protocol):
    """Something to do: the day that its line names, and whether it is late."""

    @property
    def due_on(self) -> date: ...

    @property
    def is_late(self) -> bool: ...

    @property
    def is_open(self) -> bool: ...  # it may be done at any time, so that its day is no day to do it by

    @property
    def title(self) -> str: ...


ALine = TypeVar("ALine", bound=OnList)
TODAY, THIS_WEEK, LATER = "Today", "This week", "Later"


def by_when(lines: Sequence[ALine], today: date) -> dict[str, list[ALine]]:
    """Things to do as they stand on a page: today with what is late, the next seven days, and what is further away."""
    found: dict[str, list[ALine]] = {TODAY: [], THIS_WEEK: [], LATER: []}
    for line in lines:
        if line.is_late or (not line.is_open and line.due_on <= today):
            found[TODAY].append(line)
        elif line.is_open or line.due_on <= today + timedelta(days=7):
            found[THIS_WEEK].append(line)
        else:
            found[LATER].append(line)
    return {words: lines for words, lines in found.items() if lines}


def in_order(lines: Iterable[ALine]) -> list[ALine]:
    """What is late first, by day and then by title."""
    return sorted(lines, key=lambda line: (not line.is_late, line.due_on, line.title))
