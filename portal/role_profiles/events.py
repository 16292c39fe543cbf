"""What can have happened to a rep's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import BoardEvent, Event


@dataclass(frozen=True, kw_only=True)
class PublicProfileChanged(Event, sentence="Chose what the public sees of them", nobody=True):
    """A rep chose what the public sees; an empty tuple shows nothing."""

    person_id: UUID
    shows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MessageForRep(BoardEvent, sentence="Somebody wrote to a rep"):
    """Somebody wrote through a rep's public profile."""

    person_id: UUID
    message_id: UUID
