"""What officers see of mentoring, who fits whom, and what the clock looks for. Never what a pair said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.access.permissions import MENTORS_ARRANGE
from portal.access.roles import Viewer
from portal.boards.models import Appointment, Group
from portal.core import clock
from portal.core.names import name_key
from portal.infra.database import db
from portal.infra.name_order import by_name
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.mentoring.models import Mentor, MentoringPulse, MentoringSession, MentorRequest, Pair
from portal.mentoring.pairs.queries import mentors, places, with_names
from portal.mentoring.rules import (
    ENDED,
    FIRST_PULSE_DAYS,
    LOW,
    MAY_MENTOR_AFTER,
    PROPOSED,
    RUNNING,
    TAKES_A_PLACE,
    WAITING,
    Match,
    in_common,
    talk_to_record,
)


@seen_with(MENTORS_ARRANGE)
def mentor_to_change(sight: Sight, mentor_id: UUID) -> Mentor | None:
    """A mentor of an officer's board."""
    limits = sight.of(Mentor)
    statement = select(Mentor).where(Mentor.id == mentor_id, Mentor.left_at.is_(None), limits)
    return db.session.scalar(statement.options(joinedload(Mentor.person)))


@seen_with(MENTORS_ARRANGE)
def request_to_match(sight: Sight, request_id: UUID) -> MentorRequest | None:
    """A request on an officer's board."""
    limits = sight.of(MentorRequest)
    statement = select(MentorRequest).where(MentorRequest.id == request_id, limits)
    return db.session.scalar(statement.options(joinedload(MentorRequest.person)))


def requests_of_board(board_id: UUID) -> Sequence[MentorRequest]:
    """Who waits for a mentor on a board, the longest first."""
    statement = select(MentorRequest).where(MentorRequest.board_id == board_id, MentorRequest.status == WAITING)
    statement = statement.options(joinedload(MentorRequest.person))
    return db.session.scalars(statement.order_by(MentorRequest.waits_since, MentorRequest.id)).all()


def proposed_for(board_id: UUID) -> dict[UUID, Pair]:
    """The match that waits for an answer, by the request it is for."""
    statement = select(Pair).where(Pair.board_id == board_id, Pair.status == PROPOSED).order_by(Pair.id)
    return {one.mentor_request_id: one for one in db.session.scalars(with_names(statement))}


@dataclass(frozen=True)
class PairSeen:
    """What an officer sees of a pair: that they met, and when next. Never what was said."""

    pair: Pair
    sessions: int
    last_on: date | None

    @property
    def to_record(self) -> date | None:
        """The day on which they were to talk, where no talk is recorded since."""
        return talk_to_record(self.pair.next_on, self.last_on, clock.today())


def pairs_of_board(board_id: UUID) -> list[PairSeen]:
    """The running pairs of a board, by the name of who is mentored."""
    met = (
        select(MentoringSession.pair_id, func.count(MentoringSession.id), func.max(MentoringSession.held_on))
        .where(MentoringSession.board_id == board_id)
        .group_by(MentoringSession.pair_id)
        .order_by(MentoringSession.pair_id)
    )
    by_pair = {pair_id: (number, last) for pair_id, number, last in db.session.execute(met)}
    statement = select(Pair).where(Pair.board_id == board_id, Pair.status == RUNNING).order_by(Pair.id)
    seen = [PairSeen(one, *by_pair.get(one.id, (0, None))) for one in db.session.scalars(with_names(statement))]
    return sorted(seen, key=lambda one: name_key(one.pair.person.name))


def ended_of_board(board_id: UUID, since: datetime) -> Sequence[Pair]:
    """The pairs of a board that ended of late, the last first."""
    statement = select(Pair).where(Pair.board_id == board_id, Pair.status == ENDED, Pair.ended_at >= since)
    return db.session.scalars(with_names(statement.order_by(Pair.ended_at.desc(), Pair.id))).all()


def flags(person: Viewer, board_id: UUID) -> Sequence[MentoringPulse]:
    """Low answers that nobody looked after, but for those of a pair that this officer is one of."""
    statement = _low(board_id).where(Pair.mentor_id != person.id, Pair.person_id != person.id)
    return db.session.scalars(statement.order_by(MentoringPulse.answered_at, MentoringPulse.id)).all()


def _low(board_id: UUID) -> Select[MentoringPulse]:
    statement = (
        select(MentoringPulse)
        .join(MentoringPulse.pair)
        .where(MentoringPulse.board_id == board_id, MentoringPulse.score <= LOW, MentoringPulse.seen_at.is_(None))
    )
    return statement.options(
        contains_eager(MentoringPulse.pair).joinedload(Pair.person),
        contains_eager(MentoringPulse.pair).joinedload(Pair.mentor),
        joinedload(MentoringPulse.person),
    )


@seen_with(MENTORS_ARRANGE)
def flag(sight: Sight, pulse_id: UUID) -> MentoringPulse | None:
    """A low answer that an officer may look after; None for one of the pair itself."""
    limits = sight.of(MentoringPulse)
    statement = select(MentoringPulse).join(MentoringPulse.pair).where(MentoringPulse.id == pulse_id, limits)
    statement = statement.where(Pair.mentor_id != sight.person.id, Pair.person_id != sight.person.id)
    return db.session.scalar(statement.options(contains_eager(MentoringPulse.pair)))


def groups_of(board_id: UUID, people: Iterable[UUID], today: date) -> dict[UUID, list[str]]:
    """The groups on which people sit today, by person."""
    statement = (
        select(Appointment.person_id, Group.name)
        .join(Group, Group.id == Appointment.group_id)
        .where(Appointment.board_id == board_id, Appointment.person_id.in_(list(people)))
        .where(Appointment.from_on <= today, Appointment.until_on >= today)
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    for person_id, name in db.session.execute(statement.order_by(by_name(Group.name), Appointment.person_id)):
        found[person_id].append(name)
    return found


def matches(request: MentorRequest) -> list[tuple[Mentor, Match]]:
    """Every confirmed mentor of the board beside how they fit a request, who fits best first; never oneself.

    Those who cannot be asked come last, with why.
    """
    able = [one for one in mentors(request.board_id) if one.confirmed_at and one.person_id != request.person_id]
    load = places(request.board_id)
    groups = groups_of(request.board_id, [request.person_id, *(one.person_id for one in able)], clock.today())
    wanted = groups.get(request.person_id, [])
    found = []
    for one in able:
        common = [name for name in groups.get(one.person_id, []) if name in wanted]
        ways = in_common(one.ways, request.ways)
        fit = Match(one.person.name, load[one.person_id], one.most, one.is_on_hold, common, ways)
        says_other_ways = bool(one.ways and request.ways and not ways)
        found.append((one, replace(fit, has_joined=one.person.joined_at is not None, talks_otherwise=says_other_ways)))
    return sorted(found, key=lambda pair: pair[1].order)


def waiting_everywhere() -> Sequence[MentorRequest]:
    """On every board, requests that wait for an officer: nobody is asked yet. For the clock."""
    asked = exists().where(Pair.mentor_request_id == MentorRequest.id, Pair.status == PROPOSED)
    statement = select(MentorRequest).where(MentorRequest.status == WAITING, ~asked)
    statement = across_boards(statement.order_by(MentorRequest.board_id, MentorRequest.id), CrossBoardReason.CLOCK)
    return db.session.scalars(statement).all()


def pairs_everywhere(status: str) -> Sequence[Pair]:
    """On every board: for the clock."""
    statement = select(Pair).where(Pair.status == status).order_by(Pair.board_id, Pair.id)
    return db.session.scalars(across_boards(statement, CrossBoardReason.CLOCK)).all()


def pairs_for_pulse(today: date) -> Sequence[Pair]:
    return [
        one
        for one in pairs_everywhere(RUNNING)
        if one.began_on and one.began_on <= today - timedelta(days=FIRST_PULSE_DAYS)
    ]


def low_everywhere(since: datetime) -> Sequence[MentoringPulse]:
    """On every board, low answers of late that nobody looked after: for the clock."""
    statement = select(MentoringPulse).where(
        MentoringPulse.score <= LOW, MentoringPulse.seen_at.is_(None), MentoringPulse.answered_at > since
    )
    statement = across_boards(statement.order_by(MentoringPulse.board_id, MentoringPulse.id), CrossBoardReason.CLOCK)
    return db.session.scalars(statement).all()


def reps_for_a_year(today: date) -> list[tuple[UUID, UUID]]:
    """(board, person) of every rep whose first appointment on the board began a year ago.

    Nobody who mentors there, and nobody who is mentored there or waits for it.
    """
    first = func.min(Appointment.from_on)
    mentored = exists().where(
        Pair.board_id == Appointment.board_id,
        Pair.person_id == Appointment.person_id,
        Pair.status.in_(TAKES_A_PLACE),
    )
    waits = exists().where(
        MentorRequest.board_id == Appointment.board_id,
        MentorRequest.person_id == Appointment.person_id,
        MentorRequest.status == WAITING,
    )
    mentors_there = exists().where(Mentor.board_id == Appointment.board_id, Mentor.person_id == Appointment.person_id)
    statement = (
        select(Appointment.board_id, Appointment.person_id)
        .where(~mentors_there, ~mentored, ~waits)
        .group_by(Appointment.board_id, Appointment.person_id)
        .having(and_(first <= today - MAY_MENTOR_AFTER, func.max(Appointment.until_on) >= today))
        .order_by(Appointment.board_id, Appointment.person_id)
    )
    return [(board, person) for board, person in db.session.execute(across_boards(statement, CrossBoardReason.CLOCK))]
