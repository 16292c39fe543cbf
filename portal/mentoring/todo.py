"""What mentoring wants of people, and where each rep of a board stands. Never what a pair said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, exists, func, or_, select

from portal.access.permissions import DESK_READ, MENTORING_OWN, MENTORS_ARRANGE
from portal.accounts.models import Person
from portal.boards.models import Board
from portal.core.clock import london_day
from portal.core.text import count_words, short_day_words
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom, together
from portal.infra.todo_line import ON, SINCE, UNSAID, Line, several_late
from portal.mentoring.models import MentoringPulse, MentoringSession, MentorRequest, Pair
from portal.mentoring.rules import (
    ASKED_ABOUT_TALK_FOR,
    LOW,
    PROPOSED,
    RUNNING,
    WAITING,
    pulse_to_answer,
    weeks_unanswered,
)

SHOWN_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Proposed:
    """A pair that an officer proposed, to one of the two who has not answered."""

    board_id: UUID
    proposed_at: datetime


def _proposed(who: Whoever) -> Rows:
    unanswered = or_(
        and_(Pair.person_id == who.id, Pair.person_said_at.is_(None)),
        and_(Pair.mentor_id == who.id, Pair.mentor_said_at.is_(None)),
    )
    rows = select(Pair.board_id, Pair.proposed_at)
    return rows.where(who.may(MENTORING_OWN), Pair.status == PROPOSED, unanswered)


def _answer_match(found: Sequence[Proposed], _today: date) -> Iterator[Line]:
    for pair in found:
        words = "You do not need to give a reason"
        yield Line(
            london_day(pair.proposed_at),
            "Tell us if you’d like to go ahead with a mentoring match",
            words,
            day_is=SINCE,
        )


@dataclass(frozen=True)
class Running:
    """A pair of somebody's; `answered_on` is the day of the last question that they answered."""

    board_id: UUID
    pair_id: UUID
    other: str
    began_on: date | None
    answered_on: date | None


def _own_pairs(who: Whoever, *columns: SQLColumnExpression[date | None]) -> Rows:
    """Somebody's own pairs that run, with the name of the other one."""
    other_id = case((Pair.person_id == who.id, Pair.mentor_id), else_=Pair.person_id)
    of_pair = (Pair.board_id, Pair.id.label("pair_id"), Person.name.label("other"))
    statement = select(*of_pair, *columns).join(Person, Person.id == other_id)
    is_own = or_(Pair.person_id == who.id, Pair.mentor_id == who.id)
    return statement.where(who.may(MENTORING_OWN), Pair.status == RUNNING, is_own)


def _running(who: Whoever) -> Rows:
    answered = select(func.max(MentoringPulse.asked_on)).where(
        MentoringPulse.pair_id == Pair.id, MentoringPulse.person_id == who.id
    )
    return _own_pairs(who, Pair.began_on, answered.correlate(Pair).scalar_subquery().label("answered_on"))


def _answer_pulse(found: Sequence[Running], today: date) -> Iterator[Line]:
    for pair in found:
        if pair.began_on and (asked_on := pulse_to_answer(pair.began_on, pair.answered_on, today)):
            title, words = f"Is mentoring helping you? {pair.other}", "One question. Takes 30 seconds"
            yield Line(asked_on, title, words, {"pair_id": pair.pair_id}, day_is=UNSAID)


@dataclass(frozen=True)
class Planned:
    """A pair of somebody's that planned to talk on a day."""

    board_id: UUID
    pair_id: UUID
    other: str
    next_on: date


def _planned(who: Whoever) -> Rows:
    """On a day that is over, and that recorded no talk since."""
    recorded = exists().where(
        MentoringSession.board_id == Pair.board_id,
        MentoringSession.pair_id == Pair.id,
        MentoringSession.held_on >= Pair.next_on,
    )
    is_over = (Pair.next_on < who.today, Pair.next_on >= who.today - ASKED_ABOUT_TALK_FOR)
    return _own_pairs(who, Pair.next_on).where(*is_over, ~recorded)


def _record_talk(found: Sequence[Planned], _today: date) -> Iterator[Line]:
    for pair in found:
        title = f"Did you talk with {pair.other} on {short_day_words(pair.next_on)}?"
        yield Line(pair.next_on, title, "Record it, or agree another date", {"pair_id": pair.pair_id}, day_is=UNSAID)


def _to_talk(who: Whoever) -> Rows:
    return _own_pairs(who, Pair.next_on).where(Pair.next_on >= who.today, Pair.next_on < who.today + SHOWN_AHEAD)


def _talk(found: Sequence[Planned], _today: date) -> Iterator[Line]:
    for pair in found:
        yield Line(pair.next_on, f"Mentoring talk with {pair.other}", where={"pair_id": pair.pair_id}, day_is=ON)


@dataclass(frozen=True)
class WithoutMentor:
    """Somebody who waits for a mentor, and no match is proposed yet."""

    board_id: UUID
    board: str
    person_id: UUID
    person_name: str
    request_id: UUID
    waits_since: datetime

    @property
    def since(self) -> date:
        return london_day(self.waits_since)

    def is_late(self, today: date) -> bool:
        return weeks_unanswered(self.since, today) > 0


def _without_mentor(who: Whoever) -> Rows:
    of_person = (MentorRequest.person_id, Person.name.label("person_name"))
    of_request = (MentorRequest.id.label("request_id"), MentorRequest.waits_since)
    return (
        select(MentorRequest.board_id, Board.key.label("board"), *of_person, *of_request)
        .join(Person, Person.id == MentorRequest.person_id)
        .join(Board, Board.id == MentorRequest.board_id)
        .where(MentorRequest.status == WAITING, ~_is_proposed(), who.within(MENTORS_ARRANGE, MentorRequest))
    )


def _is_proposed() -> ColumnElement[bool]:
    return exists().where(
        Pair.board_id == MentorRequest.board_id, Pair.mentor_request_id == MentorRequest.id, Pair.status == PROPOSED
    )


def _find_mentors(found: Sequence[WithoutMentor], today: date) -> Iterator[Line]:
    for board, people in together(found, lambda person: person.board).items():
        first = min(person.since for person in people)
        title = f"Find a mentor for {count_words(len(people), 'person', 'people')}"
        late = sum(person.is_late(today) for person in people)
        words = several_late(late, len(people))
        yield Line(first, title, where={"board": board}, is_late=late > 0, late_words=words, day_is=SINCE)


def _find_mentor(found: Sequence[WithoutMentor], today: date) -> Iterator[Line]:
    for person in found:
        title, where = f"{person.person_name}: find a mentor", {"request_id": person.request_id}
        yield Line(person.since, title, where=where, is_late=person.is_late(today), day_is=SINCE)


@dataclass(frozen=True)
class LowPulse:
    """Somebody whose pair does not help them or their mentor, and nobody has looked after it."""

    board_id: UUID
    board: str
    person_name: str
    answered_at: datetime

    @property
    def since(self) -> date:
        return london_day(self.answered_at)


def _low_pulses(who: Whoever) -> Rows:
    """But of pairs that this officer is one of."""
    unseen = (MentoringPulse.score <= LOW, MentoringPulse.seen_at.is_(None))
    others = (Pair.person_id != who.id, Pair.mentor_id != who.id)
    of_person = (Board.key.label("board"), Person.name.label("person_name"))
    return (
        select(MentoringPulse.board_id, *of_person, MentoringPulse.answered_at)
        .join(Pair, and_(Pair.board_id == MentoringPulse.board_id, Pair.id == MentoringPulse.pair_id))
        .join(Person, Person.id == Pair.person_id)
        .join(Board, Board.id == MentoringPulse.board_id)
        .where(*unseen, *others, who.within(MENTORS_ARRANGE, MentoringPulse))
    )


def _have_a_word(found: Sequence[LowPulse], _today: date) -> Iterator[Line]:
    for board, pairs in together(found, lambda pair: pair.board).items():
        first = min(pair.since for pair in pairs)
        yield Line(first, "Someone may need support with mentoring", where={"board": board}, day_is=SINCE)


def _have_a_word_on_desk(found: Sequence[LowPulse], _today: date) -> Iterator[Line]:
    for pair in found:
        title = f"{pair.person_name}: may need support with mentoring"
        yield Line(pair.since, title, where={"board": pair.board}, day_is=SINCE)


@dataclass(frozen=True)
class Mentored:
    """A running pair of a rep, and the day on which they last met."""

    board_id: UUID
    person_id: UUID
    mentor_name: str
    began_on: date | None
    met_on: date | None


def _mentored(who: Whoever) -> Rows:
    met_on = select(func.max(MentoringSession.held_on)).where(
        MentoringSession.board_id == Pair.board_id, MentoringSession.pair_id == Pair.id
    )
    of_pair = (Pair.board_id, Pair.person_id, Person.name.label("mentor_name"), Pair.began_on)
    return (
        select(*of_pair, met_on.scalar_subquery().label("met_on"))
        .join(Person, Person.id == Pair.mentor_id)
        .where(Pair.status == RUNNING, who.within(DESK_READ, Pair))
    )


TO_ANSWER = ToDo(
    "match to answer", Whom.THEMSELVES, Proposed, _proposed, first_page=Says("mentoring.index", _answer_match)
)
HELPS = ToDo(
    "whether mentoring helps", Whom.THEMSELVES, Running, _running, first_page=Says("mentoring.pulse", _answer_pulse)
)
TO_TALK = ToDo("mentoring talk to come", Whom.THEMSELVES, Planned, _to_talk, first_page=Says("mentoring.pair", _talk))
TALK = ToDo("talk to record", Whom.THEMSELVES, Planned, _planned, first_page=Says("mentoring.pair", _record_talk))
WITHOUT_MENTOR = ToDo(
    "mentor to find",
    Whom.STAFF,
    WithoutMentor,
    _without_mentor,
    first_page=Says("mentoring.of_board", _find_mentors),
    desk=Says("mentoring.match", _find_mentor),
    in_table=True,
)
LOW_PULSE = ToDo(
    "pair that needs a word",
    Whom.STAFF,
    LowPulse,
    _low_pulses,
    first_page=Says("mentoring.of_board", _have_a_word),
    desk=Says("mentoring.of_board", _have_a_word_on_desk),
)
MENTORED = ToDo("pair of a rep", Whom.NOBODY, Mentored, _mentored, in_table=True)
TODO = (TO_ANSWER, HELPS, TO_TALK, TALK, WITHOUT_MENTOR, LOW_PULSE, MENTORED)
