"""An occasion: something that today makes happen, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from portal.core.events import Event

OCCASIONS = UUID("6d1b3c52-51f2-4b0a-9c0e-1f5f0a6c7d31")  # the space of names in which keys of occasions become ids


@dataclass(frozen=True)
class Occasion:
    """A key that is claimed once, words for whoever asks what is due, and an event to record or a function to call."""

    key: str
    words: str
    event: Event | None = None
    action: Callable[[], None] | None = None

    @property
    def event_of_key(self) -> Event | None:
        """Its event, with an id made of the key: whoever finds the same occasion again has the same event."""
        return self.event and replace(self.event, id=uuid5(OCCASIONS, self.key))
