"""What can have happened to how long things are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class HoldPlaced(Event, sentence="Placed a legal hold", nobody=True):
    hold_id: UUID
    person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event, sentence="Lifted a legal hold", nobody=True):
    hold_id: UUID
    person_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class RemovalsPlanned(Event, sentence="Gave notice of what will be removed"):
    """A week ahead: what will go, each in words, like '214 emails'."""

    goes_on: date
    what: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RowsRemoved(Event, sentence="What was announced was removed", nobody=True):
    """What was announced is done."""

    table: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class AccountGoesSoon(Event, sentence="An account ends in a week"):
    """A week ahead: this person's account will be emptied of their name and address."""

    person_id: UUID
    goes_on: date
