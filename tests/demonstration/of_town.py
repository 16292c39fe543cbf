"""Looking at what one board of the demonstration has."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.demonstration.world.profiles import profile
from portal.demonstration.world.towns import Town
from tests.demonstration.plausible import every

DAY = date(2026, 11, 27)


def of(town: Town, model: Any) -> list[Any]:
    return [one for one in every(model) if one.board_id == town.board.id]


def empty(key: str, today: date = DAY) -> Town:
    """A board without people: enough to plan its meetings."""
    board: Any = None
    return Town(profile(key), board, {}, {}, {}, (), (), today)
