"""What can have happened to a rep's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PublicProfileChanged(Event):
    """A rep chose what the public sees; an empty tuple shows nothing."""

    person_id: UUID
    shows: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MessageForRep(Event):
    """Somebody wrote through a rep's public profile."""

    person_id: UUID
    message_id: UUID
