"""Finding mentors, requests for one, and pairs as one of the two sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import MENTORING_OWN
from portal.access.roles import OFFICER, Viewer
from portal.boards import queries as boards
from portal.boards.models import Appointment
from portal.core.names import name_key
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with
from portal.mentoring.models import Mentor, MentoringNote, MentoringPulse, MentoringSession, MentorRequest, Pair
from portal.mentoring.rules import NEW_FOR, PROPOSED, RUNNING, TAKES_A_PLACE, WAITING, Places


@dataclass(frozen=True)
class Side:
    """A pair as one of its two sees it; nobody else has a side."""

    pair: Pair
    person_id: UUID

    @property
    def board_id(self) -> UUID:
        return self.pair.board_id

    @property
    def is_mentor(self) -> bool:
        return self.pair.mentor_id == self.person_id

    @property
    def other(self) -> str:
        return self.pair.person.name if self.is_mentor else self.pair.mentor.name

    @property
    def other_id(self) -> UUID:
        return self.pair.person_id if self.is_mentor else self.pair.mentor_id

    @property
    def called(self) -> str:
        """What the other one likes to be called."""
        return self.pair.person.called if self.is_mentor else self.pair.mentor.called

    @property
    def has_said_yes(self) -> bool:
        return (self.pair.mentor_said_at if self.is_mentor else self.pair.person_said_at) is not None


def with_names(statement: Select[Pair]) -> Select[Pair]:
    return statement.options(joinedload(Pair.person), joinedload(Pair.mentor))


@seen_with(MENTORING_OWN, whose=lambda side: (side.pair.person_id, side.pair.mentor_id))
def own_pair(sight: Sight, pair_id: UUID, for_whom: str = "") -> Side | None:
    """A pair that somebody is one of. For whom a note is stands in the address, and changes nothing here."""
    me = sight.person.id
    one = select(Pair).where(Pair.id == pair_id, or_(Pair.person_id == me, Pair.mentor_id == me))
    found = db.session.scalar(with_names(one))
    return Side(found, me) if found else None


def own_pairs(person: Viewer) -> list[Side]:
    """Every pair of somebody that was not declined, the newest first."""
    statement = select(Pair).where(or_(Pair.person_id == person.id, Pair.mentor_id == person.id))
    statement = statement.where(Pair.status.in_((*TAKES_A_PLACE, "ended")))
    found = db.session.scalars(with_names(statement.order_by(Pair.proposed_at.desc(), Pair.id)))
    return [Side(one, person.id) for one in found]


def boards_where_mentored(person_id: UUID) -> set[UUID]:
    """Where somebody has a mentor, is asked about one, or waits for one."""
    pairs = [one.board_id for one in open_pairs_of(person_id) if one.person_id == person_id]
    return {*pairs, *(one.board_id for one in own_requests(person_id))}


def running_of(person: Viewer, now: datetime) -> list[tuple[Side, datetime | None]]:
    """The pairs of somebody that run, each with when the other last shared a note, where that is new."""
    newest = select(func.max(MentoringNote.kept_at)).where(
        MentoringNote.board_id == Pair.board_id,
        MentoringNote.pair_id == Pair.id,
        MentoringNote.is_shared.is_(True),
        MentoringNote.person_id != person.id,
        MentoringNote.kept_at >= now - NEW_FOR,
    )
    statement = select(Pair, newest.scalar_subquery()).where(Pair.status == RUNNING)
    statement = statement.where(or_(Pair.person_id == person.id, Pair.mentor_id == person.id))
    statement = statement.options(joinedload(Pair.person), joinedload(Pair.mentor))
    rows = db.session.execute(statement.order_by(Pair.next_on, Pair.id))
    return [(Side(one, person.id), shared_at) for one, shared_at in rows]


def mentors_of(person_id: UUID) -> list[str]:
    """The names of whoever mentors somebody now."""
    statement = select(Pair).where(Pair.person_id == person_id, Pair.status == RUNNING)
    return [one.mentor.name for one in db.session.scalars(with_names(statement.order_by(Pair.began_on, Pair.id)))]


def pair_by_id(board_id: UUID, pair_id: UUID) -> Pair:
    return db.session.scalars(with_names(select(Pair).where(Pair.board_id == board_id, Pair.id == pair_id))).one()


def sessions(pair: Pair) -> Sequence[MentoringSession]:
    """How often a pair met, the latest first: for the two of them."""
    statement = select(MentoringSession).where(MentoringSession.pair_id == pair.id)
    return db.session.scalars(statement.order_by(MentoringSession.held_on.desc(), MentoringSession.id)).all()


def notes(side: Side) -> Sequence[MentoringNote]:
    """What one of a pair may read: what both share, and their own."""
    statement = select(MentoringNote).where(
        MentoringNote.pair_id == side.pair.id,
        or_(MentoringNote.is_shared.is_(True), MentoringNote.person_id == side.person_id),
    )
    return db.session.scalars(statement.order_by(MentoringNote.kept_at.desc(), MentoringNote.id)).all()


@seen_with(MENTORING_OWN)
def own_mentor(sight: Sight, mentor_id: UUID) -> Mentor | None:
    """What somebody offers as a mentor."""
    own = sight.of(Mentor)
    statement = select(Mentor).where(Mentor.id == mentor_id, Mentor.left_at.is_(None), own)
    return db.session.scalar(statement.options(joinedload(Mentor.person)))


def own_mentors(person: Viewer) -> Sequence[Mentor]:
    return mentors_everywhere(person.id)


def mentors_everywhere(person_id: UUID) -> Sequence[Mentor]:
    """Where somebody mentors, whoever asks."""
    statement = select(Mentor).where(Mentor.person_id == person_id, Mentor.left_at.is_(None))
    return db.session.scalars(statement.order_by(Mentor.id)).all()


def mentor_of_board(board_id: UUID, person_id: UUID) -> Mentor | None:
    """Also one who left and comes again."""
    return db.session.scalar(select(Mentor).where(Mentor.board_id == board_id, Mentor.person_id == person_id))


def mentor_for_update(mentor_id: UUID) -> Mentor:
    """A mentor, held against two officers who match them at once."""
    statement = select(Mentor).where(Mentor.id == mentor_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(statement).one()


def mentors(board_id: UUID) -> Sequence[Mentor]:
    """Everybody who mentors on a board, or would like to, by name."""
    statement = select(Mentor).where(Mentor.board_id == board_id, Mentor.left_at.is_(None))
    found = db.session.scalars(statement.options(joinedload(Mentor.person)).order_by(Mentor.id))
    return sorted(found, key=lambda one: name_key(one.person.name))


def places(board_id: UUID) -> dict[UUID, Places]:
    """How many pairs each mentor of a board has, and for how many more both are asked, by the mentor's person."""
    columns = (Pair.mentor_id, Pair.status, func.count(Pair.id))
    statement = select(*columns).where(Pair.board_id == board_id, Pair.status.in_(TAKES_A_PLACE))
    found: dict[UUID, Places] = defaultdict(Places)
    rows = db.session.execute(statement.group_by(Pair.mentor_id, Pair.status).order_by(Pair.mentor_id, Pair.status))
    for person_id, status, number in rows:
        found[person_id] = replace(found[person_id], **{"asked" if status == PROPOSED else "taken": number})
    return found


def own_requests(person_id: UUID) -> Sequence[MentorRequest]:
    """Where somebody waits for a mentor."""
    statement = select(MentorRequest).where(MentorRequest.person_id == person_id, MentorRequest.status == WAITING)
    return db.session.scalars(statement.order_by(MentorRequest.asked_at, MentorRequest.id)).all()


@seen_with(MENTORING_OWN)
def own_request(sight: Sight, request_id: UUID) -> MentorRequest | None:
    own = sight.of(MentorRequest)
    return db.session.scalar(select(MentorRequest).where(MentorRequest.id == request_id, own))


def request_of(board_id: UUID, mentor_request_id: UUID) -> MentorRequest:
    one = select(MentorRequest).where(MentorRequest.board_id == board_id, MentorRequest.id == mentor_request_id)
    return db.session.scalars(one.options(joinedload(MentorRequest.person))).one()


def waiting_request(board_id: UUID, person_id: UUID) -> MentorRequest | None:
    statement = select(MentorRequest).where(MentorRequest.board_id == board_id, MentorRequest.person_id == person_id)
    return db.session.scalar(statement.where(MentorRequest.status == WAITING).order_by(MentorRequest.id).limit(1))


def pulse_by_id(board_id: UUID, pulse_id: UUID) -> MentoringPulse:
    """One answer with its pair, for emails."""
    one = (MentoringPulse.board_id == board_id, MentoringPulse.id == pulse_id)
    return db.session.scalars(select(MentoringPulse).where(*one).options(joinedload(MentoringPulse.pair))).one()


def officers_beside(pair: Pair) -> list[UUID]:
    """The officers of the board who are none of the two."""
    found = boards.staff_with_role(pair.board_id, [OFFICER])
    return [one for one in found if one not in (pair.person_id, pair.mentor_id)]


def officers_to_ask(board_id: UUID, person_id: UUID) -> list[str]:
    """The names of the officers who read what somebody writes who asks for a mentor."""
    found = boards.people_named([one for one in boards.staff_with_role(board_id, [OFFICER]) if one != person_id])
    return sorted(found.values(), key=name_key)


def pulse_of(pair_id: UUID, person_id: UUID, asked_on: date) -> MentoringPulse | None:
    one = (MentoringPulse.pair_id == pair_id, MentoringPulse.person_id == person_id)
    return db.session.scalar(select(MentoringPulse).where(*one, MentoringPulse.asked_on == asked_on))


def pairs_of_mentor(board_id: UUID, mentor_id: UUID) -> Sequence[Pair]:
    """What a mentor has, or is asked for."""
    statement = select(Pair).where(Pair.board_id == board_id, Pair.mentor_id == mentor_id)
    return db.session.scalars(statement.where(Pair.status.in_(TAKES_A_PLACE)).order_by(Pair.id)).all()


def said_yes_to(mentor: Mentor) -> list[str]:
    """The names of those to whom a mentor has said yes, and who have not answered yet."""
    waiting = (Pair.board_id == mentor.board_id, Pair.mentor_id == mentor.person_id, Pair.status == PROPOSED)
    statement = select(Pair).where(*waiting, Pair.mentor_said_at.is_not(None)).order_by(Pair.id)
    return sorted((one.person.name for one in db.session.scalars(with_names(statement))), key=name_key)


def open_pairs_of(person_id: UUID) -> Sequence[Pair]:
    """Every pair, on either side, that has not ended."""
    statement = select(Pair).where(or_(Pair.person_id == person_id, Pair.mentor_id == person_id))
    return db.session.scalars(statement.where(Pair.status.in_(TAKES_A_PLACE)).order_by(Pair.id)).all()


def first_appointments(person_id: UUID, today: date) -> dict[UUID, date]:
    """Since when somebody who sits on a board today has been a rep there, by board."""
    statement = (
        select(Appointment.board_id, func.min(Appointment.from_on))
        .where(Appointment.person_id == person_id)
        .group_by(Appointment.board_id)
        .having(func.max(Appointment.until_on) >= today)
        .order_by(Appointment.board_id)
    )
    return {board: first for board, first in db.session.execute(statement)}  # noqa: C416 - rows are not pairs to mypy
