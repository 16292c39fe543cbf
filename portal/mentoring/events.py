"""What can have happened to mentors, requests for one, and pairs. No event holds a word that somebody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class MentorEvent(Event):
    """Something about one mentor."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentorOffered(MentorEvent):
    """A rep would like to be one; an officer says yes."""


@dataclass(frozen=True, kw_only=True)
class MentorConfirmed(MentorEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class MentorChanged(MentorEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class MentorLeft(MentorEvent):
    """Their pairs are with the officers now: whoever had them waits for another mentor."""

    pairs: int


@dataclass(frozen=True, kw_only=True)
class MentoringOffered(MentorEvent):
    """An occasion of the calendar: a year as a rep, and they are asked if they would help somebody new."""


@dataclass(frozen=True, kw_only=True)
class MentorRequestEvent(Event):
    """Something about somebody's request for a mentor."""

    request_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentorAskedFor(MentorRequestEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class MentorRequestWithdrawn(MentorRequestEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class MentorStillWanted(MentorRequestEvent):
    """An occasion of the calendar: for whole weeks nobody has answered."""

    weeks: int


@dataclass(frozen=True, kw_only=True)
class PairEvent(Event):
    """Something about a pair: the person who is mentored, and their mentor."""

    pair_id: UUID
    person_id: UUID
    mentor_id: UUID


@dataclass(frozen=True, kw_only=True)
class PairProposed(PairEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PairAnswered(PairEvent):
    """One of the two said yes; the other is still asked."""


@dataclass(frozen=True, kw_only=True)
class PairBegan(PairEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PairDeclined(PairEvent):
    """One of the two said no. Nobody says why."""


@dataclass(frozen=True, kw_only=True)
class PairUnanswered(PairEvent):
    """An occasion of the calendar: for whole weeks one of the two has not answered."""

    weeks: int


@dataclass(frozen=True, kw_only=True)
class PairPlanned(PairEvent):
    """Aims, how often, until when, or the next day changed."""


@dataclass(frozen=True, kw_only=True)
class SessionKept(PairEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class NoteKept(PairEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class NoteRemoved(PairEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PairEnded(PairEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PulseAnswered(PairEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PulseLow(Event):
    """An occasion of the calendar: somebody says that it hardly helps. It names nobody: others read the trail."""

    pulse_id: UUID


@dataclass(frozen=True, kw_only=True)
class PulseSeen(Event):
    """An officer looked after a low answer. It names nobody, likewise."""

    pulse_id: UUID


@dataclass(frozen=True, kw_only=True)
class PulseDue(PairEvent):
    """An occasion of the calendar: each of the two is asked if it helps. `asked_id` is which."""

    asked_id: UUID
    asked_on: date


@dataclass(frozen=True, kw_only=True)
class MentoringTomorrow(PairEvent):
    """An occasion of the calendar: the pair meets tomorrow."""

    next_on: date
