"""A list of things to do, under the days that they are for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
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
    def is_waiting(self) -> bool: ...  # all that is known is since when

    @property
    def for_day(self) -> date | None: ...  # the coming day that it endangers, once it is to be done

    @property
    def title(self) -> str: ...


ALine = TypeVar("ALine", bound=OnList)
TODAY, TOMORROW, THIS_WEEK, LATER = "Today", "Tomorrow", "In the next 7 days", "Later"
WHEN_YOU_CAN, WAITING = "When you can", "Waiting"


def by_when(lines: Sequence[ALine], today: date) -> dict[str, list[ALine]]:
    """Things to do as they stand on a page: by their days, what is late with today's; what just waits comes last."""
    found: dict[str, list[ALine]] = {words: [] for words in (TODAY, TOMORROW, THIS_WEEK, WHEN_YOU_CAN, LATER, WAITING)}
    for line in lines:
        found[_heading(line, today)].append(line)
    return {words: lines for words, lines in found.items() if lines}


def _heading(line: OnList, today: date) -> str:
    if line.is_late:
        return TODAY
    if line.is_waiting:
        return WAITING
    if line.is_open and line.due_on <= today:
        return WHEN_YOU_CAN
    days = (line.due_on - today).days
    if days > 7:
        return LATER
    return THIS_WEEK if days > 1 else TOMORROW if days == 1 else TODAY


def in_order(lines: Iterable[ALine]) -> list[ALine]:
    """What endangers a coming day first, by that day; then what is late, what has a day, and what just waits."""
    return sorted(lines, key=_place)


def _place(line: OnList) -> tuple[date, bool, bool, date, str]:
    return line.for_day or date.max, not line.is_late, line.is_waiting, line.due_on, line.title
