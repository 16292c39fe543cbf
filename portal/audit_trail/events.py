"""What can have happened to the trail itself."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class TrailHeadDue(Event):
    """7am: the board's administrators get the heads of its chain and of the accounts' chain."""

    head: str
    accounts_head: str


@dataclass(frozen=True, kw_only=True)
class TrailExported(Event):
    """Somebody took lines of the trail away in a file."""

    lines: int
