"""What can have happened to a nomination."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import BoardEvent


@dataclass(frozen=True, kw_only=True)
class NominationEvent(BoardEvent, abstract=True):
    """Something about one nomination; on_behalf_of_id is the rep who made it."""

    nomination_id: UUID
    group_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeputeNominated(NominationEvent, sentence="Nominated a depute"):
    pass


@dataclass(frozen=True, kw_only=True)
class DeputeConfirmed(NominationEvent, sentence="Confirmed a depute"):
    """The officer said yes; person_id is the depute."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeputeDeclined(NominationEvent, sentence="Did not confirm a depute"):
    pass


@dataclass(frozen=True, kw_only=True)
class DeputeAgreed(NominationEvent, sentence="Agreed to be a depute"):
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class NominationWithdrawn(NominationEvent, sentence="Withdrew a nomination"):
    """`person_id` is the depute, where an officer had confirmed them; `still_at` the meetings to which they still go.

    `meetings` are all at which they stood in for the rep: what was shared with them for these closes.
    """

    person_id: UUID | None
    meetings: tuple[UUID, ...] = ()
    still_at: tuple[UUID, ...] = ()
