"""What people do about their own mentoring: ask, answer, plan, keep a session or a note, say if it helps, end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import EditConflict, assign, save_unless_changed
from portal.mentoring.events import (
    MentorAskedFor,
    MentorChanged,
    MentorLeft,
    MentorOffered,
    MentorRequestWithdrawn,
    NextTalkChanged,
    PairAnswered,
    PairBegan,
    PairDeclined,
    PairEnded,
    PairPlanned,
    PulseAnswered,
)
from portal.mentoring.models import (
    Mentor,
    MentoringNote,
    MentoringPulse,
    MentoringSession,
    MentorRequest,
    Pair,
    event_ids,
)
from portal.mentoring.pairs import queries
from portal.mentoring.pairs.queries import Side
from portal.mentoring.rules import DECLINED, ENDED, MATCHED, PROPOSED, REP, RUNNING, WAITING, WITHDRAWN


def ask_for_mentor(board_id: UUID, person_id: UUID, by_id: UUID, ways: Sequence[str], wish: str) -> MentorRequest:
    """A request, by the person or by an officer for them. Whoever waits already waits once."""
    if found := queries.waiting_request(board_id, person_id):
        return found
    one = MentorRequest(board_id=board_id, person_id=person_id, asked_by_id=by_id)
    one.ways, one.wish, one.status = list(ways), wish, WAITING
    one.asked_at = one.waits_since = clock.now()
    db.session.add(one)
    db.session.flush()
    record(MentorAskedFor(board_id=board_id, request_id=one.id, person_id=person_id))
    return one


def withdraw_request(request: MentorRequest) -> None:
    if request.status == WAITING:
        request.status = WITHDRAWN
        for pair in queries.open_pairs_of(request.person_id):
            if pair.mentor_request_id == request.id:
                pair.status, pair.ended_at = DECLINED, clock.now()
                record(PairDeclined(**event_ids(pair)))
        record(MentorRequestWithdrawn(board_id=request.board_id, request_id=request.id, person_id=request.person_id))


def _move(pair: Pair, before: str, status: str, **values: object) -> bool:
    """The next state, in one UPDATE that two at once cannot both win; whether it was won."""
    statement = update(Pair).where(Pair.id == pair.id, Pair.status == before).values(status=status, **values)
    if rows_changed(statement) != 1:
        return False
    db.session.refresh(pair, ["status", *values])
    return True


def say_yes(side: Side) -> None:
    """One of the two is for it; with both, the pair begins today. Said twice, it counts once."""
    pair = side.pair
    if pair.status != PROPOSED or side.has_said_yes:
        return
    if side.is_mentor:
        pair.mentor_said_at = clock.now()
    else:
        pair.person_said_at = clock.now()
    db.session.flush()
    if pair.mentor_said_at is None or pair.person_said_at is None:
        record(PairAnswered(**event_ids(pair)))
    elif _move(pair, PROPOSED, RUNNING, began_on=clock.today()):
        queries.request_of(pair.board_id, pair.mentor_request_id).status = MATCHED
        record(PairBegan(**event_ids(pair)))


def say_no(side: Side) -> None:
    """Not now, without a reason; the request waits for an officer again."""
    if _move(side.pair, PROPOSED, DECLINED, ended_at=clock.now()):
        queries.request_of(side.board_id, side.pair.mentor_request_id).waits_since = clock.now()
        record(PairDeclined(**event_ids(side.pair)))


def plan(side: Side, version: int, typed: Typed, own_aim: str) -> None:
    """Aims, how often, until when, and the next day. Raises EditConflict; only while the pair runs."""
    if side.pair.status != RUNNING:
        raise EditConflict
    was_on = side.pair.next_on
    is_changed = save_unless_changed(side.pair, version, **typed)
    tell_of_next_talk(side.pair, was_on)
    if not (assign(side.pair, own_aim=own_aim) or is_changed):
        return
    db.session.flush()
    record(PairPlanned(**event_ids(side.pair)))


@records_nothing("the same day as before is no news")
def tell_of_next_talk(pair: Pair, was_on: date | None) -> None:
    """Both are told of another day for their next talk than the one it was."""
    if pair.next_on != was_on:
        record(NextTalkChanged(**event_ids(pair), was_on=was_on, next_on=pair.next_on))


def answer_pulse(side: Side, asked_on: date, score: int, word: str) -> None:
    """How much it helps, once for each asking. Officers hear of a low answer on the next morning."""
    if queries.pulse_of(side.pair.id, side.person_id, asked_on) is not None:
        return
    one = MentoringPulse(board_id=side.board_id, pair_id=side.pair.id, person_id=side.person_id)
    one.asked_on, one.score, one.word, one.answered_at = asked_on, score, word, clock.now()
    db.session.add(one)
    db.session.flush()
    record(PulseAnswered(**event_ids(side.pair)))


def end(side: Side, achieved: str) -> None:
    """The two part well; what they achieved stays for both to read. Ended twice, it ends once."""
    if side.pair.status == RUNNING and _move(side.pair, RUNNING, ENDED, ended_at=clock.now(), next_on=None):
        side.pair.achieved = achieved
        db.session.flush()
        record(PairEnded(**event_ids(side.pair)))


def offer_to_mentor(board_id: UUID, person_id: UUID, typed: Typed) -> None:
    """A rep would like to mentor; an officer says yes. Offered twice, it is one offer."""
    found = queries.mentor_of_board(board_id, person_id)
    if found is not None and found.left_at is None:
        return
    one = found or Mentor(board_id=board_id, person_id=person_id)
    one.kind, one.created_at, one.confirmed_at, one.left_at = REP, clock.now(), None, None
    keep_offer(one, typed)
    db.session.add(one)
    db.session.flush()
    record(MentorOffered(board_id=board_id, person_id=person_id))


def keep_offer(mentor: Mentor, typed: Typed) -> int:
    """What a mentor offers, how many they can take, on hold or not.

    Whoever takes on nobody new has nothing new to answer: such matches go back to the officers. How many did.
    """
    if assign(mentor, **typed):
        record(MentorChanged(board_id=mentor.board_id, person_id=mentor.person_id))
    return _answer_not_now(mentor) if mentor.is_on_hold else 0


@records_nothing("each match records that it did not go ahead")
def _answer_not_now(mentor: Mentor) -> int:
    pairs = queries.pairs_of_mentor(mentor.board_id, mentor.person_id)
    asked = [one for one in pairs if one.status == PROPOSED and one.mentor_said_at is None]
    for pair in asked:
        say_no(Side(pair, mentor.person_id))
    return len(asked)


def leave(mentor: Mentor) -> None:
    """A mentor stops: each of their pairs ends, and whoever was mentored waits for an officer again."""
    mentor.left_at = clock.now()
    pairs = queries.pairs_of_mentor(mentor.board_id, mentor.person_id)
    for pair in pairs:
        _return_to_officer(pair)
    record(MentorLeft(board_id=mentor.board_id, person_id=mentor.person_id, pairs=len(pairs)))


def _return_to_officer(pair: Pair) -> None:
    pair.status, pair.ended_at, pair.next_on = (DECLINED if pair.began_on is None else ENDED), clock.now(), None
    request = queries.request_of(pair.board_id, pair.mentor_request_id)
    waits = queries.waiting_request(pair.board_id, pair.person_id)
    if waits is None:
        request.status = WAITING
    (waits or request).waits_since = clock.now()
    db.session.flush()


def leave_board(board_id: UUID, person_id: UUID) -> None:
    """The role of mentor ended on a board, whatever the reason."""
    mentor = queries.mentor_of_board(board_id, person_id)
    if mentor is not None and mentor.left_at is None:
        leave(mentor)


def leave_everywhere(person_id: UUID) -> None:
    """An account is closed: whoever was mentored by its owner is with the officers again."""
    for mentor in queries.mentors_everywhere(person_id):
        leave(mentor)


def _forget_words(person_id: UUID) -> None:
    """Aims, next steps and what was achieved, of every pair of somebody."""
    theirs = select(Pair.id).where(or_(Pair.person_id == person_id, Pair.mentor_id == person_id))
    ids = list(db.session.scalars(theirs.order_by(Pair.id)))
    db.session.execute(update(Pair).where(Pair.id.in_(ids)).values(sealed_own_aim="", sealed_achieved=""))
    met = update(MentoringSession).where(MentoringSession.pair_id.in_(ids))
    db.session.execute(met.values(sealed_next_step=""))


def forget_person(person_id: UUID) -> None:
    """An account ended: its pairs end, and every word of its owner goes. The trail has its line."""
    for pair in queries.open_pairs_of(person_id):
        if pair.mentor_id == person_id:
            _return_to_officer(pair)
        else:
            pair.status, pair.ended_at, pair.next_on = ENDED, clock.now(), None
            record(PairEnded(**event_ids(pair)))
    for request in queries.own_requests(person_id):
        request.status = WITHDRAWN
    _forget_words(person_id)
    for model in (MentoringNote, MentoringPulse):
        db.session.execute(delete(model).where(model.person_id == person_id))
    db.session.execute(update(MentorRequest).where(MentorRequest.person_id == person_id).values(sealed_wish=""))
    gone = update(Mentor).where(Mentor.person_id == person_id, Mentor.left_at.is_(None))
    db.session.execute(gone.values(left_at=clock.now()))
    no_words = {"offers": "", "place": ""}
    db.session.execute(update(Mentor).where(Mentor.person_id == person_id).values(no_words))
