"""Figures that several documents share. Leaves are whole numbers, larger or smaller with the place they are about."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

FIXED = "_fixed"  # a table whose name ends so is the same everywhere: rates, targets in per cent
FOLDER = Path(__file__).parent / "facts"


@cache
def facts_for(factor: float) -> dict[str, object]:
    """Each theme by its name."""
    return {path.stem: scaled(tomllib.loads(path.read_text("utf-8")), factor) for path in sorted(FOLDER.glob("*.toml"))}


def scaled(value: object, factor: float) -> object:
    if factor == 1:
        return value
    if isinstance(value, dict):
        return {key: one if key.endswith(FIXED) else scaled(one, factor) for key, one in value.items()}
    if isinstance(value, list):
        return [scaled(one, factor) for one in value]
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return round(value * factor) if isinstance(value, int) else round(value * factor, 1)


def earlier(values: list[float]) -> list[float]:
    """Three years of quarters or months before the three that are known: what grows grew before as well, slower."""
    year, found = len(values) // 3, list[float]()
    for back in (3, 2, 1):
        for now, later in zip(values[:year], values[year : 2 * year], strict=True):
            was = min(max(now - back * (later - now) / 3, 0.5 * now), 1.5 * now)
            found.append(round(was) if isinstance(now, int) else round(was, 1))
    return found
