"""What can have happened to a nomination."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class NominationEvent(Event):
    """Something about one nomination; on_behalf_of_id is the rep who made it."""

    nomination_id: UUID
    group_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeputeNominated(NominationEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class DeputeConfirmed(NominationEvent):
    """The officer said yes; person_id is the depute."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeputeDeclined(NominationEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class DeputeAgreed(NominationEvent):
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class NominationWithdrawn(NominationEvent):
    person_id: UUID | None
