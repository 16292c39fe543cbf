"""What can have happened to mentors, requests for one, and pairs. No event holds a word that somebody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.events import BoardEvent


@dataclass(frozen=True, kw_only=True)
class MentorEvent(BoardEvent, abstract=True):
    """Something about one mentor."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentorOffered(MentorEvent, sentence="Offered to mentor", unnamed=True):
    """A rep would like to be one; an officer says yes."""


@dataclass(frozen=True, kw_only=True)
class MentorConfirmed(MentorEvent, sentence="Accepted an offer to mentor", by_staff=True):
    pass


@dataclass(frozen=True, kw_only=True)
class MentorAdded(MentorEvent, sentence="Added someone as a mentor", by_staff=True):
    """By an officer: nobody had offered. Whoever is new is invited, which is their one email."""


@dataclass(frozen=True, kw_only=True)
class MentorChanged(MentorEvent, sentence="Changed what a mentor offers", nobody=True, unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class MentorLeft(MentorEvent, sentence="A mentor stopped", unnamed=True):
    """Their pairs are with the officers now: whoever had them waits for another mentor."""

    pairs: int


@dataclass(frozen=True, kw_only=True)
class MentoringOffered(MentorEvent, sentence="Someone was asked if they would mentor", unnamed=True):
    """An occasion of the calendar: a year as a rep, and they are asked if they would help somebody new."""


@dataclass(frozen=True, kw_only=True)
class MentorRequestEvent(BoardEvent, abstract=True):
    """Something about somebody's request for a mentor."""

    request_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class MentorAskedFor(MentorRequestEvent, sentence="Asked for a mentor", unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class MentorRequestWithdrawn(MentorRequestEvent, sentence="Withdrew a request for a mentor", nobody=True, unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class MentorStillWanted(
    MentorRequestEvent, sentence="Officers were told that someone is waiting for a mentor", unnamed=True
):
    """An occasion of the calendar: for whole weeks nobody has answered."""

    weeks: int


@dataclass(frozen=True, kw_only=True)
class PairEvent(BoardEvent, abstract=True):
    """Something about a pair: the person who is mentored, and their mentor."""

    pair_id: UUID
    person_id: UUID
    mentor_id: UUID


@dataclass(frozen=True, kw_only=True)
class PairProposed(PairEvent, sentence="Asked two people if they agree to a mentoring match", by_staff=True):
    pass


@dataclass(frozen=True, kw_only=True)
class PairAnswered(PairEvent, sentence="Said yes to a match", nobody=True, own=True, unnamed=True):
    """One of the two said yes; the other is still asked."""


@dataclass(frozen=True, kw_only=True)
class PairBegan(PairEvent, sentence="Two people began mentoring", unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class PairDeclined(PairEvent, sentence="A match did not go ahead", unnamed=True):
    """One of the two said no. Nobody says why."""


@dataclass(frozen=True, kw_only=True)
class PairUnanswered(PairEvent, sentence="Officers were told that a match is waiting for an answer", unnamed=True):
    """An occasion of the calendar: for whole weeks one of the two has not answered."""

    weeks: int


@dataclass(frozen=True, kw_only=True)
class PairPlanned(PairEvent, sentence="Changed a mentoring plan", nobody=True, unnamed=True):
    """Aims, how often, until when, or the next day changed."""


@dataclass(frozen=True, kw_only=True)
class NextTalkChanged(PairEvent, sentence="Changed when a rep and their mentor will talk next", unnamed=True):
    """The day of the next talk was agreed, moved or given up: from which day to which, None being none."""

    was_on: date | None
    next_on: date | None


@dataclass(frozen=True, kw_only=True)
class SessionKept(PairEvent, sentence="Recorded a mentoring talk", nobody=True, unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class TalkChanged(PairEvent, sentence="Changed when a rep and their mentor talked", nobody=True, unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class SessionRemoved(PairEvent, sentence="Removed the record of a talk", nobody=True, unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class NoteKept(PairEvent, sentence="Shared a note of mentoring", nobody=True, own=True, unnamed=True):
    """A note for both of a pair. One that is only for its writer is recorded nowhere."""


@dataclass(frozen=True, kw_only=True)
class NoteRemoved(PairEvent, sentence="Removed a note of mentoring", nobody=True, own=True, unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class PairEnded(PairEvent, sentence="Mentoring ended", unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class PulseAnswered(PairEvent, sentence="Answered whether mentoring helps", nobody=True, own=True, unnamed=True):
    pass


@dataclass(frozen=True, kw_only=True)
class PulseLow(BoardEvent, sentence="Someone may have needed support with mentoring"):
    """An occasion of the calendar: somebody says that it hardly helps. It names nobody: others read the trail."""

    pulse_id: UUID


@dataclass(frozen=True, kw_only=True)
class PulseSeen(BoardEvent, sentence="Dealt with a low answer about mentoring", nobody=True):
    """An officer looked after a low answer. It names nobody, likewise."""

    pulse_id: UUID


@dataclass(frozen=True, kw_only=True)
class PulseDue(PairEvent, sentence="Someone was asked if mentoring helps", unnamed=True):
    """An occasion of the calendar: each of the two is asked if it helps. `asked_id` is which."""

    asked_id: UUID
    asked_on: date


@dataclass(frozen=True, kw_only=True)
class MentoringTomorrow(PairEvent, sentence="A mentoring pair were reminded of tomorrow’s conversation", unnamed=True):
    """An occasion of the calendar: the pair meets tomorrow."""

    next_on: date
