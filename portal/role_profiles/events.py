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
class MessageForRep(BoardEvent, sentence="Someone wrote to a rep"):
    """Somebody wrote through a rep's public profile."""

    person_id: UUID
    message_id: UUID


@dataclass(frozen=True, kw_only=True)
class LetterToConfirm(BoardEvent, sentence="Someone wrote a message to a rep that they have yet to confirm"):
    """To whom is not told before the writer has confirmed an address."""

    letter_id: UUID


@dataclass(frozen=True, kw_only=True)
class StepDownEvent(BoardEvent, abstract=True):
    """Something about one rep's wish to leave a seat."""

    step_down_id: UUID
    group_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class StepDownAsked(StepDownEvent, sentence="Said that they want to stop being a rep"):
    pass


@dataclass(frozen=True, kw_only=True)
class StepDownTakenBack(StepDownEvent, sentence="Changed their mind about stopping as a rep"):
    pass


@dataclass(frozen=True, kw_only=True)
class RepStays(StepDownEvent, sentence="Noted that a rep stays who had wanted to stop"):
    """An officer talked it through with the rep."""
