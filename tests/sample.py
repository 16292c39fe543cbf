"""Of what is tried one after the other in long rows, `make test` tries some; `make test-all` tries all of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def some(values: Iterable[Any], one_in: int) -> list[Any]:
    """The values of a parameter: one in so many for every run, and the others for the long one."""
    return [one if n % one_in == 0 else pytest.param(one, marks=pytest.mark.long) for n, one in enumerate(values)]
