"""The journey that is put around the times of a meeting or training: the usual one, and none to what is online."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import and_, or_, select

from portal.capability import gathered
from portal.infra.database import db
from portal.meetings.models import Meeting
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.rules import (
    CANCELLED,
    MEETING,
    Span,
    lacks_journey,
    proposed,
    with_journey,
    without_journey,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def usual_one_way(person_id: UUID, board_id: UUID) -> int:
    """In minutes: as in the last request for a meeting of a board to which one travels, and that was not cancelled."""
    is_online_only = and_(Meeting.link != "", Meeting.place == "")
    own = (CareRequest.person_id == person_id, CareRequest.board_id == board_id, CareRequest.what == MEETING)
    statement = (
        select(CareRequest.travel_minutes)
        .outerjoin(Meeting, Meeting.id == CareRequest.meeting_id)
        .where(*own, CareRequest.status != CANCELLED, or_(CareRequest.meeting_id.is_(None), ~is_online_only))
        .order_by((CareRequest.place == "").asc(), CareRequest.asked_at.desc(), CareRequest.id)
    )
    return (db.session.scalar(statement.limit(1)) or 0) // 2


def attended_online(person_id: UUID, meetings: Iterable[Meeting]) -> set[UUID]:
    """Of some meetings, those to which somebody does not travel: as they said, else those that are online only."""
    found = list(meetings)
    ids = [one.id for one in found]
    asked = [one.online_at for one in gathered().capabilities if one.online_at and ids]
    said = {key: is_online for online_at in asked for key, is_online in online_at(person_id, ids).items()}
    return {one.id for one in found if said.get(one.id, one.is_online_only)}


@dataclass(frozen=True)
class Anew:
    """The times that "the same as last time" asks for; `adds_journey`: the usual one is new to what the rep typed."""

    span: Span
    is_worked_out: bool = True
    adds_journey: bool = False


def asked_anew(
    person_id: UUID,
    meetings: Collection[Meeting],
    before: Mapping[UUID, CareRequest],
    online: bool | None = None,
) -> dict[UUID, Anew]:
    """By meeting, the times that are asked for now: the one rule for what pages say and for what is saved.

    `before` are those that were cancelled, by meeting. Times that the rep typed stay as they were; those that the
    portal worked out are worked out anew, for how the rep comes now. `online`: whether they come so, if it is known.
    """
    at_home = attended_online(person_id, meetings) if online is None else {one.id for one in meetings if online}
    usual = {key: usual_one_way(person_id, key) for key in {one.board_id for one in meetings if one.id not in at_home}}
    return {one.id: _anew(one, before.get(one.id), usual.get(one.board_id, 0), one.id in at_home) for one in meetings}


def _anew(meeting: Meeting, before: CareRequest | None, usual: int, is_at_home: bool) -> Anew:
    if before is None or before.is_worked_out:
        one_way = usual or (before.travel_minutes // 2 if before else 0)
        return Anew(proposed(meeting.starts_at, 0 if is_at_home else one_way))
    if is_at_home or before.travel_minutes:
        return Anew(without_journey(before.span) if is_at_home else before.span, is_worked_out=False)
    travelled = replace(before.span, travel_minutes=2 * usual)
    if not lacks_journey(travelled, meeting.starts_at):
        return Anew(before.span, is_worked_out=False)
    return Anew(with_journey(travelled, meeting.starts_at), is_worked_out=False, adds_journey=True)
