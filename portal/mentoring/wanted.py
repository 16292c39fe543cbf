"""What mentoring wants of people, and where each rep of a board stands. Never what a pair said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, or_, select

from portal.access.decide import reach
from portal.access.permissions import MENTORING_OWN, MENTORS_ARRANGE
from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.infra.scope import within
from portal.infra.wanted import wants
from portal.mentoring.models import MentoringPulse, MentoringSession, MentorRequest, Pair
from portal.mentoring.rules import LOW, PROPOSED, RUNNING, WAITING

MATCH, PULSE = "match", "pulse"
MENTOR_WANTED, LOW_PULSE, PAIR = "mentor_wanted", "low_pulse", "pair"


def of_person(person: Viewer) -> Iterator[Select[Any]]:
    """Matches to answer and pairs to be asked about; for officers, who waits and who is not well."""
    if reach(person, MENTORING_OWN):
        unanswered = or_(
            and_(Pair.person_id == person.id, Pair.person_said_at.is_(None)),
            and_(Pair.mentor_id == person.id, Pair.mentor_said_at.is_(None)),
        )
        matches = wants(MATCH, Pair.id, Pair.board_id, moment=Pair.proposed_at)
        yield matches.where(Pair.status == PROPOSED, unanswered)
        answered = (
            select(func.max(MentoringPulse.asked_on))
            .where(MentoringPulse.pair_id == Pair.id, MentoringPulse.person_id == person.id)
            .scalar_subquery()
        )
        running = wants(PULSE, Pair.id, Pair.board_id, day=Pair.began_on, other_day=answered)
        yield running.where(Pair.status == RUNNING, or_(Pair.person_id == person.id, Pair.mentor_id == person.id))
    if arranges := reach(person, MENTORS_ARRANGE):
        yield _wanted().where(within(arranges, MentorRequest))
        yield _low(person).where(within(arranges, MentoringPulse))


def _wanted() -> Select[Any]:
    """Who waits for a mentor, and nobody is asked yet."""
    asked = exists().where(
        Pair.board_id == MentorRequest.board_id, Pair.mentor_request_id == MentorRequest.id, Pair.status == PROPOSED
    )
    of = {"person_id": MentorRequest.person_id, "moment": MentorRequest.waits_since, "name": Person.name}
    rows = wants(MENTOR_WANTED, MentorRequest.id, MentorRequest.board_id, **of)
    return rows.join(Person, Person.id == MentorRequest.person_id).where(MentorRequest.status == WAITING, ~asked)


def _low(person: Viewer) -> Select[Any]:
    """Low answers that nobody looked after, but of pairs that this officer is one of."""
    of = {"person_id": Pair.person_id, "moment": MentoringPulse.answered_at, "name": Person.name}
    rows = wants(LOW_PULSE, MentoringPulse.id, MentoringPulse.board_id, **of)
    rows = rows.join(Pair, and_(Pair.board_id == MentoringPulse.board_id, Pair.id == MentoringPulse.pair_id))
    rows = rows.join(Person, Person.id == Pair.person_id)
    others = (Pair.person_id != person.id, Pair.mentor_id != person.id)
    return rows.where(MentoringPulse.score <= LOW, MentoringPulse.seen_at.is_(None), *others)


def of_board(person: Viewer, board_id: UUID) -> Iterator[Select[Any]]:
    """The running pairs of a board with the day they last met, who waits, and who is not well."""
    last = (
        select(func.max(MentoringSession.held_on))
        .where(MentoringSession.board_id == Pair.board_id, MentoringSession.pair_id == Pair.id)
        .scalar_subquery()
    )
    of = {"person_id": Pair.person_id, "day": last, "other_day": Pair.began_on, "name": Person.name}
    pairs = wants(PAIR, Pair.id, Pair.board_id, **of).join(Person, Person.id == Pair.mentor_id)
    yield pairs.where(Pair.board_id == board_id, Pair.status == RUNNING)
    yield _wanted().where(MentorRequest.board_id == board_id)
    yield _low(person).where(MentoringPulse.board_id == board_id)
