"""What can have happened to requests for care, policies and providers. No event holds a word of what is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from portal.core.changes import ChangeEvent, Label
from portal.core.events import BoardEvent, Event, personal
from portal.core.money import pounds
from portal.core.text import minutes_words
from portal.core.values import EventFacts
from portal.replacement_care.requests.rules import ARRANGED_BY


@dataclass(frozen=True, kw_only=True)
class CareEvent(BoardEvent, abstract=True):
    """Something about one request; person_id is whose it is. The version tells one time from another."""

    request_id: UUID
    person_id: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class TimesAsked(CareEvent, abstract=True):
    """With the times that are asked for from then on: the rep reads them on the page of the request, and nobody in
    the trail. They are kept where they can be erased, and go before the request does.
    """

    times: str = personal()

    @classmethod
    def details(cls, _facts: EventFacts, _about_people: Mapping[str, str]) -> Iterable[str]:
        return ()


@dataclass(frozen=True, kw_only=True)
class CareAsked(TimesAsked, sentence="Asked for care", unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class CareAskedAgain(TimesAsked, sentence="Asked for care again, or changed the request", unnamed=True):
    """The rep changed what they need, or the meeting moved: the officer looks again.

    `is_reworded`: what the rep wrote, or the kind of care, is not what it was. Where no times changed, it says none.
    """

    is_reworded: bool = False


@dataclass(frozen=True, kw_only=True)
class CareTaken(CareEvent, sentence="Took on a request for care", by_staff=True):
    """An officer arranges it from now on."""


@dataclass(frozen=True, kw_only=True)
class CareArranged(CareEvent, sentence="Arranged care", by_staff=True):
    """`news`: what is said of it to the rep, where that is not simply that it is arranged."""

    news: str = ""


@dataclass(frozen=True, kw_only=True)
class CarePriceKept(CareEvent, sentence="Recorded what care costs or who pays", nobody=True, by_staff=True):
    """It stays arranged as it was."""


@dataclass(frozen=True, kw_only=True)
class CareToAgree(CareEvent, sentence="Someone was asked to confirm the care they need", unnamed=True):
    """The officer proposes other times, the meeting moved, or a depute goes: the rep is asked to agree."""


@dataclass(frozen=True, kw_only=True)
class CareAgreed(CareEvent, sentence="Agreed to the times for care", unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class CareCannot(CareEvent, sentence="Said that care cannot be provided", by_staff=True):
    """It cannot be provided; the officer says why and what else is offered."""


@dataclass(frozen=True, kw_only=True)
class CareCancelled(CareEvent, sentence="Cancelled care", unnamed=True):
    """By the rep, or with its meeting. `was_arranged`: somebody was to come. `why`: what went, and care with it."""

    was_arranged: bool
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class CareRestored(CareEvent, sentence="Care that was cancelled is needed after all", nobody=True, unnamed=True):
    """Undone before anybody was told."""


@dataclass(frozen=True, kw_only=True)
class CareProviderTold(CareEvent, sentence="Told the provider that care is cancelled", nobody=True, by_staff=True):
    pass


@dataclass(frozen=True, kw_only=True)
class CareCostKept(CareEvent, sentence="Recorded the provider’s invoice for care", nobody=True, by_staff=True):
    """What a provider charges for being called off late."""


@dataclass(frozen=True, kw_only=True)
class CareEnded(CareEvent, sentence="Said if care took place", nobody=True, unnamed=True):
    """It took place or did not. `rep_paid`: the rep paid for it, and may claim it."""

    status: str
    rep_paid: bool


@dataclass(frozen=True, kw_only=True)
class CareNobodyCame(CareEvent, sentence="Said that nobody came for care that was arranged", unnamed=True):
    """The officer who arranged it is told."""


@dataclass(frozen=True, kw_only=True)
class CareTextRead(CareEvent, sentence="Read the details of a request for care", nobody=True, by_staff=True):
    """The arranging officer read the words of a request."""


@dataclass(frozen=True, kw_only=True)
class CareTextsRemoved(Event, sentence="Old details of requests for care were removed", nobody=True):
    """The words of requests whose day is long over are gone."""

    requests: int


@dataclass(frozen=True, kw_only=True)
class OfficerStoodAside(
    Event, sentence="An officer passed a rep’s requests to a colleague", nobody=True, own=True, unnamed=True
):
    """An officer knows a rep in private life and sees none of their requests from now on."""

    person_id: UUID
    of_id: UUID


@dataclass(frozen=True, kw_only=True)
class CarePolicyChanged(ChangeEvent, sentence="Changed the replacement care policy", nobody=True):
    """Or said it for the first time: then there is nothing that it was."""

    labels: ClassVar[Mapping[str, Label]] = {
        "is_provided": "care is provided",
        "arranged_by": ("who arranges it", lambda who: dict(ARRANGED_BY).get(str(who), str(who))),
        "counts_travel": "travel counts",
        "counts_preparation": "preparation counts",
        "hourly_rate": ("rate an hour", lambda pence: pounds(int(str(pence)))),
        "cap": ("limit each time", lambda minutes: minutes_words(int(str(minutes)))),
        "lead_days": "days a provider needs",
        "text_days": "days until words about care are removed",
        "words": "what it says",
    }


@dataclass(frozen=True, kw_only=True)
class CareProviderChanged(ChangeEvent, sentence="Changed the list of providers of care", nobody=True):
    provider_id: UUID

    labels: ClassVar[Mapping[str, Label]] = {
        "name": "name",
        "contact": "contact",
        "lead_days": "days they need",
        "hourly_rate": ("rate an hour", lambda pence: pounds(int(str(pence)))),
    }
    typed_by_people: ClassVar[frozenset[str]] = frozenset({"name", "contact"})


@dataclass(frozen=True, kw_only=True)
class CareWaits(BoardEvent, sentence="Officers were told of care that is not arranged"):
    """An occasion of the calendar, once a day: so many requests are not arranged within their deadline."""

    requests: int


@dataclass(frozen=True, kw_only=True)
class CareNotArranged(CareEvent, sentence="Three days were left, and care was not arranged", unnamed=True):
    """An occasion of the calendar: three days are left and nothing is arranged."""

    day: date


@dataclass(frozen=True, kw_only=True)
class CareToTell(CareEvent, sentence="Someone was asked if care took place", unnamed=True):
    """An occasion of the calendar, the day after: did it take place?"""

    day: date
