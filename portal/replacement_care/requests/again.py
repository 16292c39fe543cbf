"""Asking again for what was cancelled, or cannot be provided: where its form is, and what it begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for

from portal.core import clock
from portal.replacement_care.requests import queries
from portal.replacement_care.requests.rules import CANCELLED, MEETING

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from portal.replacement_care.models import CareRequest


def again_address(care: CareRequest, meetings: Collection[UUID], boards: Collection[UUID]) -> str:
    """Where it can be asked for again; '' where it cannot. Care with a place at training comes with the place."""
    if care.what == MEETING:
        is_ahead = care.meeting_id in meetings
        return url_for("replacement_care.new", meeting=care.meeting_id) if is_ahead else ""
    if care.on_day < clock.today() or care.is_worked_out or care.board_id not in boards:
        return ""
    meeting_id = care.meeting_id if care.meeting_id in meetings else None
    again = care.id if care.status == CANCELLED else None
    return url_for("replacement_care.new", what=care.what, board=care.board_id, meeting=meeting_id, again=again)


def cancelled_before(person_id: UUID, request_id: UUID, board_id: UUID, what: str) -> CareRequest | None:
    """What somebody cancelled and asks for again, where it is for no meeting itself."""
    found = queries.own_request_by_id(person_id, request_id)
    if found is None or found.status != CANCELLED or found.is_worked_out:
        return None
    return found if what != MEETING and (found.board_id, found.what) == (board_id, what) else None


def may_ask_again(care: CareRequest, again_at: str) -> bool:
    """Whether what was cancelled is where a new request begins."""
    if not again_at or care.what != MEETING or care.meeting is None or care.meeting_id is None:
        return bool(again_at)
    newest = queries.cancelled_for(care.person_id, care.meeting)
    return newest is not None and newest.id == care.id and not queries.for_meeting(care.person_id, care.meeting_id)
