"""The journey that is put around the times of a meeting or training: the usual one, and none to what is online."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import and_, or_, select

from portal.capability import gathered
from portal.infra.database import db
from portal.meetings.models import Meeting
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.rules import CANCELLED, MEETING, Span, proposed, without_journey

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


def asked_anew(person_id: UUID, meetings: Collection[Meeting], own: Iterable[CareRequest]) -> dict[UUID, Span]:
    """By meeting, the times that "the same as last time" asks for: for this meeting, where that was cancelled.

    `own` are the requests of the person.
    """
    found, at_home = times_proposed(person_id, meetings), attended_online(person_id, meetings)
    days = {one.id: one.meets_on for one in meetings}
    cancelled = [one for one in own if one.status == CANCELLED and one.what == MEETING and one.meeting_id in days]
    for one in sorted(cancelled, key=lambda one: (one.ended_at or one.asked_at, one.id)):
        if one.meeting_id and one.on_day == days[one.meeting_id]:
            found[one.meeting_id] = without_journey(one.span) if one.meeting_id in at_home else one.span
    return found


def around_meeting(person_id: UUID, meeting: Meeting, is_online: bool = False) -> Span:
    """The times that are proposed for a meeting, with the usual journey where somebody travels to it."""
    return times_proposed(person_id, [meeting], {meeting.id} if is_online else ())[meeting.id]


def times_proposed(person_id: UUID, meetings: Collection[Meeting], online: Collection[UUID] = ()) -> dict[UUID, Span]:
    """The same of several, by meeting. `online` are those of which it is known already."""
    at_home = attended_online(person_id, meetings) | set(online)
    boards = {one.board_id for one in meetings if one.id not in at_home}
    usual = {key: usual_one_way(person_id, key) for key in boards}
    return {one.id: proposed(one.starts_at, 0 if one.id in at_home else usual[one.board_id]) for one in meetings}
