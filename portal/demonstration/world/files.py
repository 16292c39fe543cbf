"""The files that say what the made-up world is like, as they are written."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

Written = dict[str, Any]  # whatever a file of TOML or JSON holds
Row = Sequence[Any]  # likewise, a list in it


@cache
def written(path: Path) -> Written:
    """What a file of TOML says. It is read once, and nobody changes what it says."""
    return tomllib.loads(path.read_text())
