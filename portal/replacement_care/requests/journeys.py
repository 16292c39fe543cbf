"""The journey that is put around the times of a meeting or training: the usual one, and none to what is online."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.capability import gathered
from portal.infra.database import db
from portal.meetings.models import Meeting
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.agenda_end import agenda_ends
from portal.replacement_care.requests.rules import (
    MEETING,
    OPEN,
    Span,
    lacks_journey,
    proposed,
    with_journey,
    without_journey,
)
from portal.replacement_care.requests.usual import LAST_FIRST, may_be_last


def usual_one_way(person_id: UUID, board_id: UUID) -> int:
    """In minutes: as in the last request with a journey, for a meeting of a board, that was not cancelled.

    One without a journey, as it was attended online or its journey was taken out, says nothing of the usual one.
    """
    statement = select(CareRequest.travel_minutes).where(may_be_last(person_id, board_id))
    statement = statement.where(CareRequest.travel_minutes > 0).order_by(*LAST_FIRST)
    return (db.session.scalar(statement.limit(1)) or 0) // 2


def _online_said(person_id: UUID, meetings: Collection[Meeting]) -> dict[UUID, bool]:
    """Of some meetings, those to which somebody said that they come, and whether it is online."""
    ids = [one.id for one in meetings]
    asked = [one.online_at for one in gathered().capabilities if one.online_at and ids]
    return {key: is_online for online_at in asked for key, is_online in online_at(person_id, ids).items()}


def attended_online(person_id: UUID, meetings: Collection[Meeting]) -> set[UUID]:
    """Of some meetings, those to which somebody does not travel: that are online only, or to which they come online."""
    said = _online_said(person_id, meetings)
    return {one.id for one in meetings if one.is_online_only or said.get(one.id, False)}


def _without_any(care: CareRequest) -> Meeting | None:
    """The meeting of a request without a journey, to which somebody said that they come in person; else None."""
    meeting = care.meeting
    if meeting is None or care.what != MEETING or care.travel_minutes or care.on_day != meeting.meets_on:
        return None
    is_at_home = meeting.is_online_only or _online_said(care.person_id, [meeting]).get(meeting.id, True)
    return None if is_at_home or care.status not in OPEN else meeting


def journey_to_add(care: CareRequest) -> bool:
    """Whether nobody knows how long the journey takes that is missing from what somebody asked for."""
    meeting, asked = _without_any(care), care.wanted_span or care.span
    is_missing = meeting is not None and asked.starts_at >= meeting.starts_at
    return is_missing and not usual_one_way(care.person_id, care.board_id)


def journey_left_out(care: CareRequest) -> Span | None:
    """The times with the usual journey, where somebody said that they come in person and asked for none of it."""
    meeting, asked = _without_any(care), care.wanted_span or care.span
    if meeting is None:
        return None
    travelled = replace(asked, travel_minutes=2 * usual_one_way(care.person_id, care.board_id))
    is_left_out = bool(travelled.travel_minutes) and lacks_journey(travelled, meeting.starts_at)
    return with_journey(travelled, meeting.starts_at) if is_left_out else None


def holds_too_little(care: CareRequest) -> bool:
    """Whether the journey that the rep gave is not in the times that they asked for."""
    meeting, asked = care.meeting, care.wanted_span or care.span
    if meeting is None or care.what != MEETING or care.on_day != meeting.meets_on:
        return False
    return lacks_journey(replace(asked, travel_minutes=care.travel_minutes), meeting.starts_at)


def journey_facts(care: CareRequest) -> dict[str, object]:
    """What the page of a request says of its journey."""
    return {
        "lacks_journey": holds_too_little(care),
        "left_out": journey_left_out(care),
        "journey_to_add": journey_to_add(care),
        "at_home": without_journey(care.span) if care.travel_minutes else None,
    }


@dataclass(frozen=True)
class Anew:
    """The times that "the same as last time" asks for; `adds_journey`: the usual one is new to what the rep typed;
    `lacks_journey`: they may travel, and nobody knows how long that takes; `agenda_until`: so long it is made to last.
    """

    span: Span
    is_worked_out: bool = True
    adds_journey: bool = False
    lacks_journey: bool = False
    agenda_until: datetime | None = None


def asked_anew(
    person_id: UUID,
    meetings: Collection[Meeting],
    before: Mapping[UUID, CareRequest],
    online: bool | None = None,
) -> dict[UUID, Anew]:
    """By meeting, the times that are asked for now: the one rule for what pages say and for what is saved.

    `before` are those that were cancelled, by meeting. Times that the rep typed stay as they were; those that the
    portal worked out are worked out anew. A journey that was not in them is added for whoever says that they travel.
    `online`: whether they come so, if it is known.
    """
    said = _online_said(person_id, meetings) if online is None else {one.id: online for one in meetings}
    at_home = {one.id for one in meetings if one.is_online_only or said.get(one.id, False)}
    usual = {key: usual_one_way(person_id, key) for key in {one.board_id for one in meetings if one.id not in at_home}}
    goes = {one.id for one in meetings if one.id not in at_home and (one.id in said or one.id not in before)}
    until = agenda_ends(meetings)
    return {
        one.id: _anew(
            one,
            before.get(one.id),
            usual.get(one.board_id, 0) if one.id in goes else 0,
            one.id in at_home,
            until.get(one.id),
        )
        for one in meetings
    }


def _anew(
    meeting: Meeting, before: CareRequest | None, usual: int, is_at_home: bool, until: datetime | None = None
) -> Anew:
    if before is None or before.is_worked_out:
        one_way = 0 if is_at_home else (before.travel_minutes // 2 if before else 0) or usual
        lacks = not (one_way or is_at_home)
        return Anew(proposed(meeting.starts_at, one_way, until), lacks_journey=lacks, agenda_until=until)
    if is_at_home or before.travel_minutes:
        return Anew(without_journey(before.span) if is_at_home else before.span, is_worked_out=False)
    travelled = replace(before.span, travel_minutes=2 * usual)
    if not lacks_journey(travelled, meeting.starts_at):
        return Anew(before.span, is_worked_out=False)
    return Anew(with_journey(travelled, meeting.starts_at), is_worked_out=False, adds_journey=True)
