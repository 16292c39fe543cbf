"""What can have happened to a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from portal.core.changes import ChangeEvent, Label
from portal.core.events import BoardEvent, personal
from portal.core.text import moment_words, together
from portal.core.values import EventFacts
from portal.meetings.rules import MEETING_KINDS, PURPOSES

KIND = "kind of meeting", lambda key: dict(MEETING_KINDS).get(str(key), str(key))


def purpose_words(key: object) -> str:
    return dict(PURPOSES).get(str(key), str(key))


@dataclass(frozen=True, kw_only=True)
class MeetingEvent(BoardEvent, abstract=True):
    """Something about one meeting."""

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingScheduled(MeetingEvent, sentence="Called a meeting", formerly=("MeetingCalled",)):
    pass


@dataclass(frozen=True, kw_only=True)
class TimesEvent(MeetingEvent, ChangeEvent, abstract=True):
    """Its day, hour, place or link changed; `was_at` is when it began before."""

    was_at: datetime

    labels: ClassVar[Mapping[str, Label]] = {"starts_at": "time", "place": "place", "link": "link", "kind": KIND}
    typed_by_people: ClassVar[frozenset[str]] = frozenset({"link"})

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        if "values" not in facts:  # an older line
            yield f"was {moment_words(datetime.fromisoformat(facts['was_at']))}"
        yield from super().details(facts, about_people)


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(TimesEvent, sentence="Changed the time or place of a meeting"):
    was_place: str
    version: int


@dataclass(frozen=True, kw_only=True)
class MeetingAdjourned(TimesEvent, sentence="Adjourned a meeting"):
    version: int


@dataclass(frozen=True, kw_only=True)
class MeetingCancelled(MeetingEvent, sentence="Cancelled a meeting"):
    pass


@dataclass(frozen=True, kw_only=True)
class SittingCancelled(TimesEvent, sentence="Cancelled another sitting of an adjourned meeting"):
    """The meeting was held on an earlier day, and that stays; it does not sit on this one."""


@dataclass(frozen=True, kw_only=True)
class MeetingNotHeld(MeetingEvent, sentence="Recorded that a meeting did not take place"):
    """On its day, after it should have begun: too few came, or the weather."""


@dataclass(frozen=True, kw_only=True)
class AgendaChanged(MeetingEvent, ChangeEvent, sentence="Changed an agenda", nobody=True):
    """One item, several that were added together, or what kind of meeting it is.

    Of an item that is or was restricted it holds none of the words: see agendas/told.py.
    """

    item_id: UUID | None = None
    item_number: str = ""  # the one that it had then; an older line holds none
    called: str = personal()  # an item that is gone from the agenda

    labels: ClassVar[Mapping[str, Label]] = {
        "number": "number",
        "title": "title",
        "purpose": ("purpose", purpose_words),
        "timing": "time",
        "presenter": "presented by",
        "is_verbal": "verbal, without a paper",
        "is_urgent": "urgent",
        "chairs_ruling": "the chair’s ruling",
        "is_restricted": "restricted",
        "paragraphs": "paragraphs",
        "kind": KIND,
    }
    typed_by_people: ClassVar[frozenset[str]] = frozenset({"title", "timing", "presenter", "chairs_ruling"})

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        yield from filter(None, (about_people.get("called"),))
        yield from super().details(facts, about_people)


@dataclass(frozen=True, kw_only=True)
class RestrictionEvent(MeetingEvent, abstract=True):
    """A published item was closed to some, or opened to them; by which paragraphs it is, or was, restricted."""

    item_id: UUID
    item_number: str = ""
    paragraphs: tuple[str, ...]

    @classmethod
    def details(cls, facts: EventFacts, _about_people: Mapping[str, str]) -> Iterable[str]:
        if found := facts.get("paragraphs"):
            yield f"paragraph{'s' if len(found) > 1 else ''} {together(found)}"


@dataclass(frozen=True, kw_only=True)
class ItemRestricted(RestrictionEvent, sentence="Restricted an item that was published"):
    pass


@dataclass(frozen=True, kw_only=True)
class RestrictionLifted(RestrictionEvent, sentence="Lifted the restriction of an item"):
    pass


@dataclass(frozen=True, kw_only=True)
class StandingItemsChanged(
    BoardEvent, ChangeEvent, sentence="Changed which items a group has on every agenda", nobody=True
):
    group_id: UUID

    labels: ClassVar[Mapping[str, Label]] = {
        "title": "title",
        "purpose": ("purpose", purpose_words),
        "is_verbal": "verbal, without a paper",
        "is_at_end": "at the end",
        "place": "place",
    }


@dataclass(frozen=True, kw_only=True)
class DeputeStandsIn(MeetingEvent, sentence="Let a depute stand in", unnamed=True):
    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeputeStandsDown(MeetingEvent, sentence="A depute no longer stands in", unnamed=True):
    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeputeCannotCome(MeetingEvent, sentence="A depute cannot go", unnamed=True):
    """The depute said so; nobody asks why."""

    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class StandInUndone(
    MeetingEvent, sentence="Put a depute’s place back as apologies were undone", nobody=True, unnamed=True
):
    """Before anybody was told: a depute was called and is not needed, or cannot go and goes after all."""

    person_id: UUID
    on_behalf_of_id: UUID


@dataclass(frozen=True, kw_only=True)
class MeetingComesSoon(MeetingEvent, sentence="A meeting is coming up"):
    """Two days are left; an occasion of the calendar."""
