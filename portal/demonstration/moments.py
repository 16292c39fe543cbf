"""Letting the demonstration act in the past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from portal.core import clock


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at a moment; afterwards the real time goes on."""
    clock.use(lambda: moment)
    try:
        yield
    finally:
        clock.use(None)
