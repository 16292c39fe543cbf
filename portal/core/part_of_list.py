"""A long list, of which its reader chooses a part: by year, by group, by state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Row = TypeVar("Row")
EVERY = "all"
SHORT = 12  # a list of so many rows has nothing to choose


@dataclass(frozen=True)
class Way(Generic[Row]):
    """One thing to choose by: its name in the address, what it is called, and the key of each row.

    `words` say the keys, in their order; without, keys are their own words, the greatest first. With `newest_first` a
    list shows the greatest key until something is chosen, as with years.
    """

    name: str
    label: str
    key: Callable[[Row], str]
    words: Mapping[str, str] = field(default_factory=dict)
    newest_first: bool = False


@dataclass(frozen=True)
class Choice:
    """One key that can be chosen, with how many rows of the whole list have it."""

    key: str
    words: str
    number: int
    is_here: bool


@dataclass(frozen=True)
class Choices:
    """What can be chosen in one way."""

    name: str
    label: str
    every: Sequence[Choice]

    @property
    def chosen(self) -> str:
        return next(one.key for one in self.every if one.is_here)


@dataclass(frozen=True)
class Part(Generic[Row]):
    """The rows to show, of how many, and the choices that led there: none where the list is short.

    `beside` are those of the rows that were not chosen, and are shown all the same.
    """

    rows: Sequence[Row]
    of: int
    ways: Sequence[Choices] = ()
    beside: int = 0

    def address(self, choices: Choices, key: str, more: Mapping[str, str]) -> dict[str, str]:
        """What stands in the address once a key is chosen, beside what is chosen in other ways, and `more`."""
        return {**more, **{one.name: one.chosen for one in self.ways}, choices.name: key}


def part_of(
    rows: Sequence[Row],
    asked: Mapping[str, str],
    *ways: Way[Row],
    always: Callable[[Row], bool] = lambda _row: False,
) -> Part[Row]:
    """The part of a list that was asked for, in its order; what must not be overlooked is `always` in it."""
    if len(rows) <= SHORT:
        return Part(rows, len(rows))
    offered = [choices for way in ways if (choices := _choices(rows, way, asked.get(way.name, "")))]
    keys = {way.name: way.key for way in ways}

    def is_in(row: Row) -> bool:
        return all(one.chosen in (EVERY, keys[one.name](row)) for one in offered)

    shown = [row for row in rows if always(row) or is_in(row)]
    return Part(shown, len(rows), offered, sum(not is_in(row) for row in shown))


def _choices(rows: Sequence[Row], way: Way[Row], asked: str) -> Choices | None:
    """What a way offers; None where all rows are alike."""
    found = Counter(way.key(row) for row in rows)
    keys = [key for key in way.words if key in found] or sorted(found, reverse=True)
    if len(keys) < 2:
        return None
    chosen = asked if asked in (*keys, EVERY) else keys[0] if way.newest_first else EVERY
    every = [Choice(EVERY, "All", len(rows), chosen == EVERY)]
    return Choices(
        way.name,
        way.label,
        [*every, *(Choice(key, way.words.get(key, key), found[key], key == chosen) for key in keys)],
    )
