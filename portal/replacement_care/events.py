"""What can have happened to requests for care, policies and providers. No event holds a word of what is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CareEvent(Event):
    """Something about one request; person_id is whose it is. The version tells one time from another."""

    request_id: UUID
    person_id: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class CareAsked(CareEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class CareAskedAgain(CareEvent):
    """The rep changed what they need, or the meeting moved: the officer looks again."""


@dataclass(frozen=True, kw_only=True)
class CareTaken(CareEvent):
    """An officer arranges it from now on."""


@dataclass(frozen=True, kw_only=True)
class CareArranged(CareEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class CareToAgree(CareEvent):
    """The officer proposes other times, or the meeting moved: the rep is asked to agree."""


@dataclass(frozen=True, kw_only=True)
class CareAgreed(CareEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class CareCannot(CareEvent):
    """It cannot be provided; the officer says why and what else is offered."""


@dataclass(frozen=True, kw_only=True)
class CareCancelled(CareEvent):
    """By the rep, or with its meeting. `was_arranged`: somebody was to come."""

    was_arranged: bool


@dataclass(frozen=True, kw_only=True)
class CareCostKept(CareEvent):
    """What a provider charges for being called off late."""


@dataclass(frozen=True, kw_only=True)
class CareEnded(CareEvent):
    """It took place or did not. `rep_paid`: the rep paid for it, and may claim it."""

    status: str
    rep_paid: bool


@dataclass(frozen=True, kw_only=True)
class CareTextRead(CareEvent):
    """The arranging officer read the words of a request."""


@dataclass(frozen=True, kw_only=True)
class CareTextsRemoved(Event):
    """The words of requests whose day is long over are gone."""

    requests: int


@dataclass(frozen=True, kw_only=True)
class OfficerStoodAside(Event):
    """An officer knows a rep in private life and sees none of their requests from now on."""

    person_id: UUID
    of_id: UUID


@dataclass(frozen=True, kw_only=True)
class CarePolicyChanged(Event):
    pass


@dataclass(frozen=True, kw_only=True)
class CareProviderChanged(Event):
    provider_id: UUID


@dataclass(frozen=True, kw_only=True)
class CareWaits(Event):
    """An occasion of the calendar, once a day: so many requests are not arranged within their deadline."""

    requests: int


@dataclass(frozen=True, kw_only=True)
class CareNotArranged(CareEvent):
    """An occasion of the calendar: three days are left and nothing is arranged."""

    day: date


@dataclass(frozen=True, kw_only=True)
class CareToTell(CareEvent):
    """An occasion of the calendar, the day after: did it take place?"""

    day: date
