"""Every change to a request for care by the rep or with their meeting: asked, changed, agreed, called off, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import update

from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import EditConflict, assign, changes
from portal.meetings.models import Meeting
from portal.replacement_care.events import (
    CareAgreed,
    CareAsked,
    CareAskedAgain,
    CareCancelled,
    CareEnded,
    CareNobodyCame,
    CareTextsRemoved,
    CareToAgree,
)
from portal.replacement_care.models import CareRequest, event_ids
from portal.replacement_care.requests import queries
from portal.replacement_care.requests.asked import times_of
from portal.replacement_care.requests.earlier_times import NOT_BEFORE, same_times, when_changed
from portal.replacement_care.requests.journeys import asked_anew, usual_one_way
from portal.replacement_care.requests.rules import (
    ARRANGED,
    ARRANGING,
    ASKED,
    CANCELLED,
    CANNOT,
    MEETING,
    NO_MEETING,
    NO_SITTING,
    OFFICER,
    OPEN,
    REP,
    TOLD,
    TOOK_PLACE,
    TRAINING,
    Span,
    around,
    may_become,
    moved,
)
from portal.replacement_care.requests.usual import usual

USUAL = ("place", "who", "estimate", "kind")


def ask(request_id: UUID, board_id: UUID, person_id: UUID, asked_by_id: UUID, span: Span, typed: Typed) -> CareRequest:
    """A new request. The same id twice, from a form sent twice, is one. One for a day that is over took place."""
    found = queries.own_request_by_id(person_id, request_id)
    if found is not None:
        return found
    one = CareRequest(id=request_id, board_id=board_id, person_id=person_id, asked_by_id=asked_by_id)
    one.status, one.asked_at, one.version, one.title, one.what = ASKED, clock.now(), 1, "", MEETING
    save(one, span, typed)
    db.session.add(one)
    db.session.flush()
    record(CareAsked(**event_ids(one), **times_of(one)))
    if span.day < clock.today():
        end(one, one.version, TOOK_PLACE, was_own_budget=False, cost=one.estimate)
    return one


@records_nothing("whoever asks or changes records it")
def save(care: CareRequest, span: Span, typed: Typed) -> None:
    assign(care, **span.kept(), **typed)


@records_nothing("whoever moves it records what came of it")
def move(care: CareRequest, version: int, status: str, **values: object) -> None:
    """The next state, in one UPDATE that two at once cannot both win. Raises EditConflict."""
    if not may_become(care.status, status):
        raise EditConflict
    statement = update(CareRequest).where(
        CareRequest.id == care.id, CareRequest.version == version, CareRequest.status == care.status
    )
    if rows_changed(statement.values(status=status, version=version + 1, **values)) != 1:
        raise EditConflict
    db.session.refresh(care, ["status", "version", *values])


def ask_for_meeting(meeting: Meeting, person_id: UUID, note: str = "", is_online: bool | None = None) -> CareRequest:
    """What a check-in asks for: as last time, or with its own words. One for each meeting and person.

    One that is there is left as it is; where it cannot be provided, words ask anew. The words of one that was cancelled
    ask for the same again, for how they come now: `is_online`, if that is known.
    """
    found = queries.for_meeting(person_id, meeting.id)
    if found is not None and not (note and found.status == CANNOT):
        return found
    before = queries.cancelled_for(person_id, meeting) if note else None
    again = {meeting.id: before} if before and before.note == note else {}
    like = again.get(meeting.id) if note else usual(person_id, meeting.board_id)
    as_it_was = {name: getattr(like, name) for name in USUAL} if like else {}
    anew = asked_anew(person_id, [meeting], again, is_online)[meeting.id]
    of: Typed = {"what": MEETING, "meeting_id": meeting.id, "title": meeting.group.name, "note": note}
    of["is_worked_out"] = anew.is_worked_out
    return ask(uuid4(), meeting.board_id, person_id, person_id, anew.span, {**as_it_was, **of})


def ask_for_training(
    booking_id: UUID,
    board_id: UUID,
    person_id: UUID,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    is_online: bool = False,
) -> None:
    """Care with a place at training, for its hours, and the usual journey to where it is. The request has the id of
    the booking.

    Where and what kind nobody was asked, so it is left open.
    """
    span = around(starts_at, ends_at, 0 if is_online else usual_one_way(person_id, board_id))
    if queries.own_request_by_id(person_id, booking_id) is None:
        of: Typed = {"what": TRAINING, "title": title, "is_worked_out": True}
        ask(booking_id, board_id, person_id, person_id, span, of)


def follow_training(
    booking_id: UUID, person_id: UUID, was: tuple[datetime, datetime], now: tuple[datetime, datetime]
) -> None:
    """The session moved, or lasts longer: the same hours around it, also where the rep chose their own."""
    found = queries.own_request_by_id(person_id, booking_id)
    if found is not None and found.status in OPEN:
        longer_by = (now[1] - now[0]) - (was[1] - was[0])
        span = moved(found.span, was[0], now[0], longer_by)
        if span != found.span:
            change(found, found.version, span, {})


def call_off_for_training(person_id: UUID, booking_id: UUID) -> None:
    """The place was given up, or the session is cancelled."""
    found = queries.own_request_by_id(person_id, booking_id)
    if found is not None and found.status in OPEN:
        cancel(found, found.version)


def ask_if_still_needed(meeting: Meeting, person_id: UUID) -> None:
    """Somebody goes instead of a rep, who is asked about their care. A change of theirs is first the officer's."""
    for one in queries.of_meeting(meeting.board_id, meeting.id):
        if one.person_id == person_id and not one.to_agree:
            move(one, one.version, one.status, to_agree=REP)
            record(CareToAgree(**event_ids(one)))


def call_off_for_meeting(meeting: Meeting, person_id: UUID) -> None:
    """Nobody is needed at a meeting any more: the rep does not come, or needs nobody."""
    for one in queries.of_meeting(meeting.board_id, meeting.id):
        if one.person_id == person_id:
            cancel(one, one.version)


@records_nothing("whoever changes it records that")
def keep_hours(care: CareRequest, version: int) -> None:
    """The rep has looked at what the portal filled in, and it is theirs from now on."""
    if care.version == version:
        care.is_worked_out = False


def change(care: CareRequest, version: int, span: Span, typed: Typed) -> bool:
    """The rep needs something else: the officer looks again. False when it is what they asked for before.

    Raises EditConflict.
    """
    if care.version == version and not changes(care, **span.kept(), **typed):
        return False
    taken = ARRANGING if care.officer_id else ASKED
    unaccepted = care.was_span if care.to_agree == OFFICER else None
    earlier = {**when_changed(care.span, span, clock.now(), unaccepted), "times_changed_at": clock.now()}
    is_same = same_times(care.span, span)
    if is_same and unaccepted is None:
        earlier |= NOT_BEFORE  # those of an earlier change, which everybody has agreed to
    is_reworded = bool({"note", "why_late", "kind"} & changes(care, **typed).keys())
    move(care, version, taken, to_agree=OFFICER if care.officer_id else "", **earlier)
    save(care, span, typed)
    db.session.flush()
    record(CareAskedAgain(**event_ids(care), is_reworded=is_reworded, **({} if is_same else times_of(care))))
    return True


def agree(care: CareRequest, version: int, who: str, **price: int | None) -> None:
    """Yes to what the other side changed. Raises EditConflict, also when not `who` (REP or OFFICER) is asked.

    What was arranged before the rep changed it is arranged again; after its meeting moved, the officer looks anew.
    `price` is what the new times cost, where the price that is kept is that of the earlier ones.
    """
    if care.to_agree != who:
        raise EditConflict
    was_arranged = care.status == ARRANGING and care.arranged_at is not None
    looked_at = {"is_worked_out": False} if who == REP else {}
    earlier = NOT_BEFORE if who == REP and care.wanted_span else {}  # the rep agrees to other times than asked
    move(care, version, ARRANGED if was_arranged else care.status, to_agree="", **looked_at, **earlier, **price)
    record(CareAgreed(**event_ids(care)))


def cancel(care: CareRequest, version: int, why: str = "") -> None:
    """`why`: what it was for does not take place. Raises EditConflict for what has ended."""
    was_arranged = care.arranged_at is not None
    move(care, version, CANCELLED, to_agree="", ended_at=clock.now())
    record(CareCancelled(**event_ids(care), was_arranged=was_arranged, why=why))


def end(care: CareRequest, version: int, status: str, was_own_budget: bool, cost: int | None) -> None:
    """It took place or did not, and who paid. `cost` is what the rep paid first. Raises EditConflict.

    An answer may be changed for a while. What was paid is on a claim since the first, and is not put there again.
    """
    assert status in TOLD  # noqa: S101 - a mistake of ours
    if care.why_settled:
        raise EditConflict
    rep_paid = status == TOOK_PLACE and cost is not None and not care.is_paid_by_board and not care.is_on_claim
    kept = {"cost": cost} if rep_paid else {}
    ended_at = care.ended_at if care.status in TOLD else clock.now()
    move(care, version, status, to_agree="", ended_at=ended_at, was_own_budget=was_own_budget, **kept)
    record(CareEnded(**event_ids(care), status=status, rep_paid=rep_paid))
    if care.nobody_came:
        record(CareNobodyCame(**event_ids(care)))


def follow_meeting(meeting: Meeting, was_at: datetime) -> None:
    """A meeting moved: the same hours around it are proposed, and everybody is asked again."""
    for one in queries.of_meeting(meeting.board_id, meeting.id):
        follow(one, meeting, was_at)


def follow(care: CareRequest, meeting: Meeting, was_at: datetime) -> None:
    """One request moves with its meeting."""
    span = moved(care.span, was_at, meeting.starts_at)
    if span != care.span:
        earlier = when_changed(care.span, span, clock.now())
        taken = ARRANGING if care.officer_id else ASKED
        move(care, care.version, taken, to_agree=REP, arranged_at=None, **earlier)
        save(care, replace(span, travel_minutes=care.travel_minutes), {})
        db.session.flush()
        record(CareToAgree(**event_ids(care)))
        record(CareAskedAgain(**event_ids(care), **times_of(care)))


def ask_for_next_sitting(meeting: Meeting, was_at: datetime) -> None:
    """A meeting was adjourned: whoever has care for this sitting is asked whether they need the same for the next."""
    for one in queries.of_meeting(meeting.board_id, meeting.id):
        span = moved(one.span, was_at, meeting.starts_at)
        typed: Typed = {name: getattr(one, name) for name in (*USUAL, "note", "what", "meeting_id", "title")}
        again = ask(uuid4(), one.board_id, one.person_id, one.person_id, span, typed)
        again.to_agree = REP
        db.session.flush()
        record(CareToAgree(**event_ids(again)))


def call_off_on(meeting: Meeting, day: date) -> None:
    """A meeting does not sit again on a day: nobody needs care for it."""
    for one in queries.of_meeting(meeting.board_id, meeting.id):
        if one.on_day == day:
            cancel(one, one.version, NO_SITTING)


def call_off_with_meeting(meeting: Meeting) -> None:
    for one in queries.of_meeting(meeting.board_id, meeting.id):
        cancel(one, one.version, NO_MEETING)


def remove_texts(board_id: UUID, request_ids: list[UUID]) -> None:
    """Take the words out of requests whose day is long over."""
    old = update(CareRequest).where(CareRequest.board_id == board_id, CareRequest.id.in_(request_ids))
    db.session.execute(old.values({f"sealed_{name}": "" for name in queries.TEXTS}))
    record(CareTextsRemoved(board_id=board_id, requests=len(request_ids)))


def forget_person(person_id: UUID) -> None:
    """An account ended: what is open is called off, and every word goes. The trail has its line."""
    for one in queries.open_of_person(person_id):
        cancel(one, one.version)
    words = {f"sealed_{name}": "" for name in (*queries.TEXTS, "kind")}
    db.session.execute(update(CareRequest).where(CareRequest.person_id == person_id).values(words))
