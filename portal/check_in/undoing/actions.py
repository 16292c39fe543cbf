"""Saying that one cannot come, and undoing it within ten minutes: the answer, the depute and care are as they were."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete

from portal.check_in import queries
from portal.check_in.events import ApologiesUndone, RepCannotCome
from portal.check_in.models import CheckIn, CheckInUndo
from portal.check_in.rules import DEPUTE, NO, needs_answer, tell_at, undo_until
from portal.check_in.undoing import queries as undoing
from portal.core import clock
from portal.core.values import Typed
from portal.deputes import queries as deputes
from portal.infra.database import db
from portal.infra.unit_of_work import hold_emails, record, records_nothing
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.models import Meeting, StandIn
from portal.replacement_care.requests import actions as requests
from portal.replacement_care.requests.queries import open_for
from portal.replacement_care.undoing import actions as care

ANSWER = ("coming", "care", "printed")
MOMENTS = ("answered_at", "emergency_at")


class NoDepute(Exception):
    """No depute of the rep has agreed to go to this meeting."""


@dataclass(frozen=True)
class Undone:
    """Who had acted meanwhile and is asked again: people by id. `gone_instead`: somebody else goes for the rep now.
    `others_chose`: somebody else chose a depute, so that staff have heard of the apologies.

    What others answered since stays: `answered` is the rep who did, `cannot` the depute who cannot go any more.
    """

    asked_again: frozenset[UUID | None] = frozenset()
    told: frozenset[UUID] = frozenset()
    gone_instead: bool = False
    others_chose: bool = False
    answered: UUID | None = None
    cannot: UUID | None = None


def cannot_come(check_in: CheckIn, meeting: Meeting) -> bool:
    """One press: apologies are sent, the depute is called, care is called off. True when a depute goes.

    A second press changes nothing and tells nobody again.
    """
    if check_in.emergency_at and check_in.answered_for == meeting.meets_on:
        return check_in.coming == DEPUTE
    is_depute = queries.stand_in_of(meeting, check_in.person_id) is not None
    send_apologies(check_in, meeting, DEPUTE if not is_depute and _depute_of(check_in, meeting) else NO)
    return check_in.coming == DEPUTE


def send_apologies(check_in: CheckIn, meeting: Meeting, coming: str) -> None:
    """NO, or DEPUTE: whoever was to come is told in ten minutes, at once where the meeting is near. Raises NoDepute.

    Until then it can be undone. A depute who cannot go stands in no longer.
    """
    own = queries.stand_in_of(meeting, check_in.person_id)
    called = _depute_of(check_in, meeting) if coming == DEPUTE else None
    if coming == DEPUTE and called is None:
        raise NoDepute
    undo, before = _remember(check_in, meeting, own), _stand_in_for(meeting, check_in.person_id)
    _settle_depute(check_in, meeting, own, called)
    if before is not None:
        _call_off_care_of(undo, meeting, before.person_id)
    undo.was = {**undo.was, "called": called.hex if called else undo.was["called"]}
    check_in.coming, check_in.care, check_in.printed = coming, NO, False
    check_in.answered_at = check_in.emergency_at = clock.now()
    check_in.answered_for = meeting.meets_on
    _call_off_care(undo, meeting)
    if own is None:  # of a depute, the rep and the officers have been told
        of = {"board_id": meeting.board_id, "meeting_id": meeting.id, "person_id": check_in.person_id}
        record(RepCannotCome(**of, depute=coming == DEPUTE))
    db.session.flush()
    hold_emails(undo.id, undo.emails_at)


def _depute_of(check_in: CheckIn, meeting: Meeting) -> UUID | None:
    """Whoever goes for them already, else the depute who agreed to."""
    if queries.stand_in_of(meeting, check_in.person_id):
        return None
    if there := _stand_in_for(meeting, check_in.person_id):
        return there.person_id
    found = queries.deputes_to_call(check_in.person_id, meeting)
    return found[0].person_id if found else None


@records_nothing("that apologies were sent is recorded")
def _remember(check_in: CheckIn, meeting: Meeting, own: StandIn | None) -> CheckInUndo:
    """How it was before. A second change within the ten minutes is undone together with the first."""
    now, found = clock.now(), undoing.undo_of(check_in.id)
    if found is not None and found.ends_at <= now:
        db.session.delete(found)
        db.session.flush()
        found = None
    if found is None:
        of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
        found = CheckInUndo(**of, person_id=check_in.person_id, check_in_id=check_in.id, created_at=now)
        found.emails_at, found.was = tell_at(now, meeting.starts_at), _as_it_is(check_in, meeting, own)
        found.words = "{}"
    found.ends_at = undo_until(now)
    db.session.add(found)
    return found


def _as_it_is(check_in: CheckIn, meeting: Meeting, own: StandIn | None) -> Typed:
    moments = {name: at.isoformat() if (at := getattr(check_in, name)) else None for name in MOMENTS}
    answered_for = check_in.answered_for.isoformat() if check_in.answered_for else None
    before = _stand_in_for(meeting, check_in.person_id)
    return {
        **{name: getattr(check_in, name) for name in ANSWER},
        **moments,
        "answered_for": answered_for,
        "starts_at": meeting.starts_at.isoformat(),
        "stood_in_for": own.on_behalf_of_id.hex if own else None,
        "stand_in": before.person_id.hex if before else None,
        "called": None,
        "requests": [],
        "others_at": _answered_at(meeting, own.on_behalf_of_id if own else before.person_id if before else None),
    }


def _answered_at(meeting: Meeting, person_id: UUID | None) -> str | None:
    """When whoever else this is about answered: by which it is seen that they have answered since."""
    one = queries.check_in(meeting.id, person_id) if person_id else None
    return one.answered_at.isoformat() if one and one.answered_at else None


def _answer_since(row: CheckInUndo, meeting: Meeting, person_id: UUID) -> str:
    """What somebody else has answered since the apologies, where that holds; '' where they have not."""
    one = queries.check_in(meeting.id, person_id)
    if one is None or needs_answer(one.answered_for, meeting.meets_on):
        return ""
    is_older = "others_at" in row.was and _answered_at(meeting, person_id) == row.was["others_at"]
    return "" if is_older else one.coming


def _stand_in_for(meeting: Meeting, rep_id: UUID) -> StandIn | None:
    return next((row for row, _, _ in meeting_queries.stand_ins(meeting.id) if row.on_behalf_of_id == rep_id), None)


def _settle_depute(check_in: CheckIn, meeting: Meeting, own: StandIn | None, called: UUID | None) -> None:
    if own is not None:
        meetings.depute_cannot_come(own)
    elif called is not None:
        meetings.let_stand_in(meeting, called, check_in.person_id)
    elif there := _stand_in_for(meeting, check_in.person_id):
        meetings.end_stand_in(there)


@records_nothing("that care is called off is recorded")
def _call_off_care(undo: CheckInUndo, meeting: Meeting) -> None:
    """The words of what is called off wait in the undo, sealed, and go with it."""
    was, words = care.set_aside(meeting, undo.person_id)
    undo.was = {**undo.was, "requests": [*undo.was["requests"], *was]}
    undo.words = json.dumps({**json.loads(undo.words), **words})


@records_nothing("that care is called off is recorded")
def _call_off_care_of(undo: CheckInUndo, meeting: Meeting, depute_id: UUID) -> None:
    """Of a depute who stood in until these apologies."""
    if not queries.is_asked(meeting, depute_id):
        was = [{**one, "person_id": depute_id.hex} for one in care.call_off(meeting, depute_id)]
        undo.was = {**undo.was, "requests_of_depute": [*undo.was.get("requests_of_depute", []), *was]}


@records_nothing("that care is restored or called off is recorded")
def _restore_care_of_depute(row: CheckInUndo, meeting: Meeting, was_at: datetime, is_told: bool) -> None:
    """As it was, for a depute who stands in again. Of another it stays called off, and nobody misses the email."""
    for one in row.was.get("requests_of_depute", []):
        is_asked = queries.is_asked(meeting, UUID(hex=one["person_id"]))
        if is_asked or not is_told:
            care.restore([one], {}, meeting, was_at, is_told)
        if not is_asked:
            requests.call_off_for_meeting(meeting, UUID(hex=one["person_id"]))


def undo(row: CheckInUndo, check_in: CheckIn, meeting: Meeting) -> Undone:
    """Everything as it was before. Whoever has heard of it or acted on it is told, and asked again; nobody else."""
    is_told, was = row.emails_at <= clock.now(), row.was
    result, acted = _restore_depute(row, meeting, is_told), []
    was_at = datetime.fromisoformat(was["starts_at"])
    _restore_care_of_depute(row, meeting, was_at, is_told)
    if not result.gone_instead:
        _restore_answer(check_in, was)
        acted = care.restore(was["requests"], json.loads(row.words), meeting, was_at, is_told)
    of = {"board_id": row.board_id, "meeting_id": row.meeting_id, "person_id": row.person_id, "undo_id": row.id}
    told = is_told or result.gone_instead or result.others_chose
    rep_id = UUID(hex=was["stood_in_for"]) if was["stood_in_for"] else None
    record(ApologiesUndone(**of, is_told=told, on_behalf_of_id=rep_id))
    db.session.delete(row)
    db.session.flush()
    return replace(result, asked_again=result.asked_again | set(acted))


@records_nothing("that apologies were undone is recorded")
def _restore_answer(check_in: CheckIn, was: Typed) -> None:
    check_in.coming, check_in.care, check_in.printed = (was[name] for name in ANSWER)
    check_in.answered_at, check_in.emergency_at = (_moment(was[name]) for name in MOMENTS)
    check_in.answered_for = date.fromisoformat(was["answered_for"]) if was["answered_for"] else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _restore_depute(row: CheckInUndo, meeting: Meeting, is_told: bool) -> Undone:
    if row.was["stood_in_for"]:
        return _stand_in_again(row, meeting, UUID(hex=row.was["stood_in_for"]))
    there, before = _stand_in_for(meeting, row.person_id), _hex(row.was["stand_in"])
    if there is not None and there.person_id == before:
        return Undone()
    result = _let_go(row, there, is_told) if there else Undone()
    if before and _answer_since(row, meeting, before) == NO:
        return replace(result, cannot=before)
    if before and deputes.may_stand_in(before, row.person_id, meeting):
        db.session.flush()
        (meetings.let_stand_in if is_told else meetings.undo_standing_down)(meeting, before, row.person_id)
    return result


def _let_go(row: CheckInUndo, there: StandIn, is_told: bool) -> Undone:
    """The depute is not needed. One who said that they come, or whom somebody else chose, is told."""
    others_chose = there.person_id != _hex(row.was["called"])
    acted = others_chose or _has_answered(there, row) or _has_asked_for_care(there, row)
    (meetings.end_stand_in if acted or is_told else meetings.undo_call)(there)
    return Undone(told=frozenset({there.person_id}) if acted else frozenset(), others_chose=others_chose)


def _stand_in_again(row: CheckInUndo, meeting: Meeting, rep_id: UUID) -> Undone:
    """The depute goes after all, unless somebody else does: another depute, or the rep, who has answered since."""
    there = _stand_in_for(meeting, rep_id)
    if there is not None and there.person_id == row.person_id:  # somebody called them again
        return Undone()
    if there is not None or not deputes.may_stand_in(row.person_id, rep_id, meeting):
        return Undone(gone_instead=True)
    if _answer_since(row, meeting, rep_id):
        return Undone(gone_instead=True, answered=rep_id)
    meetings.undo_standing_down(meeting, row.person_id, rep_id)
    return Undone()


def _hex(text: str | None) -> UUID | None:
    return UUID(hex=text) if text else None


def _has_answered(stand_in: StandIn, row: CheckInUndo) -> bool:
    """Whether a depute who was called has said that they come."""
    one = queries.check_in(row.meeting_id, stand_in.person_id)
    return bool(one and one.answered_at and one.answered_at >= row.created_at)


def _has_asked_for_care(stand_in: StandIn, row: CheckInUndo) -> bool:
    """Whether a depute who was called needs somebody for it: they know that they are to go."""
    return any(one.asked_at >= row.created_at for one in open_for(stand_in.person_id, row.meeting_id))


@records_nothing("nobody undid it, and what was done is recorded")
def forget_over() -> int:
    """What can be undone no longer goes, and the words with it, although nobody looks."""
    found = undoing.over(clock.now())
    for row in found:
        db.session.delete(row)
    db.session.flush()
    return len(found)


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    db.session.execute(delete(CheckInUndo).where(CheckInUndo.person_id == person_id))
