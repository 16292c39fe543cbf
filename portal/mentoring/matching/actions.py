"""What officers do: keep the list of mentors, match two people, and look after a pair that is not well."""

from __future__ import annotations

from uuid import UUID

from portal.access.roles import MENTOR
from portal.accounts.models import Person
from portal.boards import queries as board_queries
from portal.boards.models import Board
from portal.boards.people import actions as people_actions
from portal.boards.people import queries as people_queries
from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import EditConflict
from portal.mentoring.events import MentorAdded, MentorConfirmed, PairProposed, PulseSeen
from portal.mentoring.models import Mentor, MentoringPulse, MentorRequest, Pair, event_ids
from portal.mentoring.pairs import actions as pairs_actions
from portal.mentoring.pairs import queries as pairs_queries
from portal.mentoring.rules import PROPOSED, WAITING, has_room


class CannotMatch(EditConflict):
    """The mentor has no room any more, or somebody else matched this person meanwhile."""


def add_mentor(board: Board, name: str, email: str, kind: str, typed: Typed) -> Mentor:
    """Somebody by their email: invited if they are new, and a mentor at once."""
    person = people_actions.invite_to_role(board, name, email, MENTOR)
    found = pairs_queries.mentor_of_board(board.id, person.id)
    one = found or Mentor(board_id=board.id, person_id=person.id)
    one.kind, one.created_at, one.left_at = kind, clock.now(), None
    db.session.add(one)
    _confirm(one, MentorAdded)
    pairs_actions.keep_offer(one, typed)
    return one


def confirm_offer(mentor: Mentor) -> None:
    """Yes to a rep who would like to mentor."""
    if mentor.confirmed_at is None:
        person = db.session.get_one(Person, mentor.person_id)
        people_actions.give_role(board_queries.board_by_id(mentor.board_id), person, MENTOR)
        _confirm(mentor, MentorConfirmed)


def _confirm(mentor: Mentor, event: type[MentorAdded | MentorConfirmed]) -> None:
    mentor.confirmed_at = clock.now()
    db.session.flush()
    record(event(board_id=mentor.board_id, person_id=mentor.person_id))


@records_nothing("leaving and the end of the role are recorded")
def remove_mentor(mentor: Mentor) -> None:
    """A mentor is one no more: their pairs come back to the officers, and the role ends."""
    pairs_actions.leave(mentor)
    for held in people_queries.staff(mentor.board_id, clock.today()):
        if held.person_id == mentor.person_id and held.role == MENTOR:
            people_actions.end_role(held)


def propose(request: MentorRequest, mentor_id: UUID, officer_id: UUID) -> Pair:
    """Ask both if they want to be a pair; an officer who is the mentor has said yes. Raises CannotMatch."""
    mentor = pairs_queries.mentor_for_update(mentor_id)
    busy = pairs_queries.pairs_of_mentor(mentor.board_id, mentor.person_id)
    able = mentor.board_id == request.board_id and mentor.confirmed_at is not None and mentor.left_at is None
    asked = any(
        one.mentor_request_id == request.id and one.status == PROPOSED
        for one in pairs_queries.open_pairs_of(request.person_id)
    )
    if not able or asked or mentor.person_id == request.person_id or request.status != WAITING:
        raise CannotMatch
    if db.session.get_one(Person, mentor.person_id).joined_at is None:
        raise CannotMatch
    if not has_room(len(busy), mentor.most, mentor.is_on_hold):
        raise CannotMatch
    pair = Pair(board_id=request.board_id, person_id=request.person_id, mentor_id=mentor.person_id)
    pair.mentor_request_id, pair.status, pair.proposed_at, pair.version = request.id, PROPOSED, clock.now(), 1
    pair.mentor_said_at = clock.now() if mentor.person_id == officer_id else None
    db.session.add(pair)
    db.session.flush()
    record(PairProposed(**event_ids(pair)))
    return pair


def look_after(flag: MentoringPulse) -> None:
    """An officer has taken up a low answer."""
    if flag.seen_at is None:
        flag.seen_at = clock.now()
        record(PulseSeen(board_id=flag.board_id, pulse_id=flag.id))
