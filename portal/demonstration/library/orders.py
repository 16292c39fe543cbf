"""Which document: a text, for a place and a meeting; or for a quarter, of what is long past or has no own place."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from portal.demonstration import documents
from portal.demonstration.documents import Context, contexts, worlds

OWN_FOR = 400  # days that a board's documents are about its own place and days
BY_MONTH = ("minutes-",)  # they say in which month the meeting was
Words = tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Order:
    """One document to be made. Without days it is the same for every board and every meeting of a quarter."""

    key: str
    world: str
    day: date
    previous: date | None = None
    next_: date | None = None
    is_dated: bool = True
    more: Words = ()  # what else the text may name: the group, the item, a locality …

    def with_(self, **more: object) -> Order:
        return replace(self, more=tuple(sorted({**dict(self.more), **more}.items())))

    @property
    def context(self) -> Context:
        more = dict(self.more)
        if self.is_dated:
            return contexts.of(self.world, self.day, self.previous, self.next_, **more)
        return contexts.undated(self.world, self.day, **more)

    @property
    def mark(self) -> str:
        """The same for the same document made by the same texts."""
        return hashlib.sha256(f"{_texts()} {self!r}".encode()).hexdigest()


def order(key: str, board: str, day: date, today: date, previous: date | None, next_: date | None) -> Order:
    """Of a board's own place where the meeting is of the last thirteen months or to come, if it has one."""
    if board in worlds.names() and (today - day).days <= OWN_FOR:
        return Order(key, board, day, previous, next_)
    return Order(key, worlds.GENERAL, _middle(key, day), is_dated=False)


def _middle(key: str, day: date) -> date:
    if key.startswith(BY_MONTH):
        return day.replace(day=15)
    return date(day.year, (day.month - 1) // 3 * 3 + 2, 15)


@cache
def _texts() -> str:
    """A mark of all that documents are made by."""
    folder, found = Path(documents.__file__).parent, hashlib.sha256()
    for path in sorted(folder.rglob("*.*")):
        if path.suffix != ".pyc":
            found.update(path.read_bytes())
    return found.hexdigest()
