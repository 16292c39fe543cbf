"""What is so of the first page."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID


class Starts(Protocol):
    """A meeting, or the support meeting before one."""

    @property
    def starts_at(self) -> datetime: ...


class WithId(Starts, Protocol):
    @property
    def id(self) -> UUID: ...


AMeeting = TypeVar("AMeeting", bound=WithId)
ASupport = TypeVar("ASupport", bound=Starts)


def in_order(meetings: Sequence[AMeeting], supports: Mapping[UUID, ASupport]) -> list[tuple[AMeeting, ASupport | None]]:
    """Meetings, and the support meetings before them (by meeting), as they come."""
    found: list[tuple[AMeeting, ASupport | None]] = [(one, None) for one in meetings]
    found += [(one, supports[one.id]) for one in meetings if one.id in supports]
    return sorted(found, key=lambda pair: (pair[1] or pair[0]).starts_at)


class OnDay(Protocol):
    """A meeting on its day."""

    @property
    def id(self) -> UUID: ...

    @property
    def meets_on(self) -> date: ...


Dated = TypeVar("Dated", bound=OnDay)


def of_first_day(meetings: Sequence[Dated]) -> list[Dated]:
    """Those on the day of the first: of two boards that meet on one day, both."""
    return [one for one in meetings if one.meets_on == meetings[0].meets_on]


def to_say(goes: Sequence[Dated], to_answer: Collection[UUID]) -> list[Dated]:
    """Where the button for an emergency stands: on the first day, and wherever nothing has been answered."""
    first = of_first_day(goes)
    return [one for one in goes if one.id in to_answer or one in first]


NEW_FOR = timedelta(days=30)  # how long a new rep is welcomed


def is_new(joined_at: datetime | None, now: datetime) -> bool:
    """Whether somebody has had an account for so short a time that the first page shows them round."""
    return joined_at is not None and now - joined_at < NEW_FOR
