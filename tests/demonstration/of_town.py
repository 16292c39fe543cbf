"""Looking at what one board of the demonstration has."""

from __future__ import annotations

from typing import Any

from portal.demonstration.world.towns import Town
from tests.demonstration.plausible import every


def of(town: Town, model: Any) -> list[Any]:
    return [one for one in every(model) if one.board_id == town.board.id]
