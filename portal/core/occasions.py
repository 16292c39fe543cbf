"""An occasion: something that today makes happen, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portal.core.events import Event


@dataclass(frozen=True)
class Occasion:
    """A key that is claimed once, words for whoever asks what is due, and an event to record or a function to call."""

    key: str
    words: str
    event: Event | None = None
    action: Callable[[], None] | None = None
