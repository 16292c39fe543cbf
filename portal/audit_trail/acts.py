"""Lines of the trail that one act wrote, shown as one: at the same moment, by the same person, about the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from portal.audit_trail.reading import LineShown
from portal.core.text import count_words, together

NOT_SEALED = "not sealed yet"  # it gets its number in the chain within a minute
ONE_MOMENT = timedelta(seconds=1)  # as long as one request may take from one line to the next


@dataclass(frozen=True)
class Act:
    """One line, or several in the order in which they happened."""

    lines: Sequence[LineShown]

    @property
    def at(self) -> datetime:
        return self.lines[0].at

    @property
    def who(self) -> str:
        return self.lines[0].who

    @property
    def parts(self) -> list[tuple[str, str]]:
        """(what, about what) of each line; of lines that say the same, once with their number."""
        said = groupby((line.what, ", ".join(line.about)) for line in self.lines)
        return [(_with_number(what, len(list(same))), about) for (what, about), same in said]

    @property
    def places(self) -> str:
        """The numbers of its lines in the chain: 'line 7', 'lines 7 to 9', 'lines 7 and 9'; that they have none yet."""
        numbers = [line.number for line in self.lines if line.number]
        if len(numbers) < len(self.lines):
            return NOT_SEALED
        if len(numbers) == 1:
            return f"line {numbers[0]}"
        is_whole = len(numbers) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        return f"lines {numbers[0]} to {numbers[-1]}" if is_whole else f"lines {together([str(n) for n in numbers])}"


def _with_number(what: str, times: int) -> str:
    return what if times == 1 else f"{what} ({count_words(times, 'time')})"


def acts_of(newest_first: Iterable[LineShown]) -> list[Act]:
    """Neighbours that belong together, and every other line alone; the newest first, as the lines were."""
    found: list[list[LineShown]] = []
    shared: frozenset[UUID] = frozenset()  # what every line of the last one is about
    for line in newest_first:
        if found and _is_of_one_act(found[-1][-1], line) and shared & line.things:
            found[-1].append(line)
            shared &= line.things
        else:
            found.append([line])
            shared = line.things
    return [Act(lines[::-1]) for lines in found]


def _is_of_one_act(later: LineShown, earlier: LineShown) -> bool:
    return earlier.actor_id == later.actor_id and later.at - earlier.at <= ONE_MOMENT
