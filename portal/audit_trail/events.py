"""What can have happened to the trail itself."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.events import BoardEvent, Event


@dataclass(frozen=True, kw_only=True)
class TrailHeadDue(BoardEvent, sentence="Emailed the latest check value of this trail"):
    """7am: the board's administrators get the heads of its chain and of the accounts' chain."""

    head: str
    accounts_head: str


@dataclass(frozen=True, kw_only=True)
class TrailExported(Event, sentence="Downloaded this trail", nobody=True):
    """Somebody took lines of the trail away in a file."""

    lines: int
