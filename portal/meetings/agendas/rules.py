"""What is so of the numbers of an agenda: they follow the order unless they were typed, and doubles are said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from portal.core.text import together

WHOLE = re.compile(r"([0-9]{1,3})(?![0-9/])")  # '26/104' counts minutes of a year, not items


class Numbered(Protocol):
    """An item of an agenda, with its number."""

    @property
    def number(self) -> str: ...
    @property
    def is_number_typed(self) -> bool: ...
    @property
    def title(self) -> str: ...


class Double(NamedTuple):
    """A number that several items have."""

    number: str
    titles: list[str]

    def __str__(self) -> str:
        return f"Number {self.number} is used {len(self.titles)} times: {together([f'“{one}”' for one in self.titles])}"


class Behind(NamedTuple):
    """An item behind one with a higher number."""

    number: str
    title: str
    higher: str
    before: str

    def __str__(self) -> str:
        return f"Number {self.number}, “{self.title}”, comes after number {self.higher}, “{self.before}”"


def numbers_in_order(items: Iterable[tuple[str, bool]], last: int = 0) -> Iterator[str]:
    """The number of each item, given as (number, was it typed), in their order.

    One that was typed stays; any other is the next whole number after the one before it: 1, 2, 3(a), 4.
    """
    for number, is_typed in items:
        if not is_typed:
            number = str(last + 1)
        last = whole_of(number, last)
        yield number


def whole_of(number: str, otherwise: int) -> int:
    """3 of '3(a)'; `otherwise` where a number says no whole one."""
    found = WHOLE.match(number)
    return int(found[1]) if found else otherwise


def same_number(number: str) -> str:
    """What two numbers that mean the same have in common: '3 (A).' and '3(a)'."""
    return re.sub(r"\s+", "", number).lower().rstrip(".:)").removeprefix("(").replace("(", "").replace(")", "")


def doubles(items: Sequence[Numbered]) -> list[Double]:
    """The numbers that more than one item has, in the order of the agenda."""
    by_number: dict[str, list[Numbered]] = {}
    for item in items:
        if item.number:
            by_number.setdefault(same_number(item.number), []).append(item)
    return [Double(some[0].number, [one.title for one in some]) for some in by_number.values() if len(some) > 1]


def out_of_order(items: Sequence[Numbered]) -> list[Behind]:
    """Each item behind one with a higher number; whether others have its number too is another matter."""
    return [
        Behind(one.number, one.title, before.number, before.title)
        for before, one in pairwise(one for one in items if one.number)
        if _is_higher(before.number, one.number)
    ]


def _is_higher(number: str, other: str) -> bool:
    """Whether it surely is: 4 than 3, 4.2 than 4.1, 4(b) than 4(a), 4.1 than 4. Of IV and V nobody is sure."""
    mine, theirs = (re.findall(r"[0-9]+|[a-z]+", one.lower()) for one in (number, other))
    first = next(((a, b) for a, b in zip(mine, theirs, strict=False) if a != b), None)
    if first is None:
        return len(mine) > len(theirs) > 0
    if all(one.isdecimal() for one in first):
        return int(first[0]) > int(first[1])
    return all(len(one) == 1 and one.isalpha() for one in first) and first[0] > first[1]
