"""The made-up places that the documents are about: their names, their people, and how large they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GENERAL = "general"


@dataclass(frozen=True)
class World:
    """One place. `words` are what a text may name; `factor` is its size beside Northfirth's."""

    key: str
    factor: float
    words: dict[str, object]

    def with_capitals(self, text: str) -> str:
        """A sentence, a cell or a point that begins with one of its words begins with a capital."""
        pattern = _lower_at_start(self.key)
        return pattern.sub(lambda found: "T" + found[0][1:], text) if pattern else text


@cache
def _worlds() -> dict[str, dict[str, object]]:
    with (Path(__file__).parent / "worlds.toml").open("rb") as file:
        return tomllib.load(file)


def names() -> tuple[str, ...]:
    return tuple(_worlds())


@cache
def world_of(board_key: str) -> World:
    """The board's own, or the general one."""
    key = board_key if board_key in _worlds() else GENERAL
    words = dict(_worlds()[key])
    factor, board = float(str(words.pop("factor"))), str(words["board"])
    return World(key, factor, {**words, "Board": board[:1].upper() + board[1:]})


@cache
def _lower_at_start(key: str) -> re.Pattern[str] | None:
    lower = sorted({word for word in _every(world_of(key).words) if word.startswith("the ")}, key=len, reverse=True)
    starts = (
        r'(?:^|(?<=\n)|(?<=[.?!:] )|(?<=\| )|(?<=\|)|(?<=[-*>] )|(?<=\n\*\*)|(?<=\| \*\*)|(?<=\d\. )|(?<=# )|(?<=" ))'
    )
    return re.compile(f"{starts}(?:{'|'.join(map(re.escape, lower))})") if lower else None


def _every(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _every(one)
