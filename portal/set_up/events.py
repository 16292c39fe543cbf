"""What can have happened when a board is set up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.core.events import BoardEvent, personal
from portal.core.values import EventFacts


@dataclass(frozen=True, kw_only=True)
class BoardStarted(BoardEvent, sentence="Started setting up the board", nobody=True):
    """Its first administrator is told by their invitation, which is an event of its own."""

    was_name: str
    now_name: str
    contact: str = personal()

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        if facts["was_name"] != facts["now_name"]:
            yield f"was {facts['was_name']}, now {facts['now_name']}"
        if contact := about_people.get("contact"):
            yield f"people can ask: {contact}"
