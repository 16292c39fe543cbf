"""What can have happened to a correction. The trail holds from what to what for facts of a board, not of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from portal.core.events import BoardEvent, personal
from portal.core.values import EventFacts


@dataclass(frozen=True, kw_only=True)
class CorrectionEvent(BoardEvent, abstract=True):
    """Something about one correction."""

    correction_id: UUID


@dataclass(frozen=True, kw_only=True)
class FactEvent(CorrectionEvent, abstract=True):
    """A fact of the board, from what to what."""

    was: str
    now: str

    @classmethod
    def details(cls, facts: EventFacts, _about_people: Mapping[str, str]) -> Iterable[str]:
        yield f"was {facts['was']}, now {facts['now']}"


@dataclass(frozen=True, kw_only=True)
class CorrectionAsked(FactEvent, sentence="Asked to correct the record"):
    """It would make a figure better, so somebody else confirms it or not. `reason`: an older line holds none."""

    reason: str = personal()

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        yield f"the record says {facts['was']}, and should say {facts['now']}"
        if reason := about_people.get("reason"):
            yield f"reason: {reason}"


@dataclass(frozen=True, kw_only=True)
class RecordCorrected(FactEvent, sentence="Corrected the record of the board"):
    """Both values stay. `asked_by`: whoever asked for it, where a second person confirmed it."""

    named_as: ClassVar[Mapping[str, str]] = {"asked_by": "asked for by {}"}

    asked_by: UUID | None = None
    reason: str = personal()  # an older line holds none

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        yield from super().details(facts, about_people)
        if reason := about_people.get("reason"):
            yield f"reason: {reason}"


@dataclass(frozen=True, kw_only=True)
class CorrectionDeclined(CorrectionEvent, sentence="Refused a correction"):
    """`person_id` is who asked for it. `why` may be about somebody, so it can be erased."""

    named_as: ClassVar[Mapping[str, str]] = {"person_id": "asked for by {}"}

    person_id: UUID
    was: str = ""
    now: str = ""
    why: str = personal()

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        """An older line does not say from what to what."""
        if facts.get("was"):
            yield f"from {facts['was']} to {facts['now']}"
        if why := about_people.get("why"):
            yield f"reason: {why}"


@dataclass(frozen=True, kw_only=True)
class CorrectionCancelled(CorrectionEvent, sentence="Cancelled a correction before it was confirmed"):
    """By whoever asked for it: the record stays as it is."""

    was: str
    now: str

    @classmethod
    def details(cls, facts: EventFacts, _about_people: Mapping[str, str]) -> Iterable[str]:
        yield f"from {facts['was']} to {facts['now']}"


@dataclass(frozen=True, kw_only=True)
class RowCorrected(CorrectionEvent, sentence="Corrected a record about someone"):
    """What it was and is stands in the part of the trail that can be erased."""

    person_id: UUID | None  # None of an invoice, which is about nobody
    was: str = personal()
    now: str = personal()

    @classmethod
    def details(cls, _facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        if about_people:
            yield f"was {about_people.get('was', 'empty')}, now {about_people.get('now', 'empty')}"


@dataclass(frozen=True, kw_only=True)
class PrivateRowCorrected(RowCorrected, sentence="Corrected a private record about someone", by_staff=True):
    """The same of what no page of the trail says about anybody, like whether they were at a meeting."""
