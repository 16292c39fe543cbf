"""Undoing that care was called off with apologies: the words of the rep wait elsewhere, and come back unseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import update

from portal.core.values import Typed
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import record, records_nothing
from portal.meetings.models import Meeting
from portal.replacement_care.events import CareAsked, CareAskedAgain, CareRestored
from portal.replacement_care.models import CareRequest, event_ids
from portal.replacement_care.requests import queries
from portal.replacement_care.requests.actions import cancel, follow
from portal.replacement_care.requests.asked import times_of
from portal.replacement_care.requests.rules import ARRANGING, ASKED, CANCELLED

OF_REP = ("note", "why_late")  # what the rep wrote


@records_nothing("that each is called off is recorded")
def set_aside(meeting: Meeting, person_id: UUID) -> tuple[list[Typed], dict[str, dict[str, str]]]:
    """Call off the requests of somebody around a meeting: how each was, and its words, which are taken out of it."""
    was, words = call_off(meeting, person_id), {}
    for one in was:
        care = queries.request_by_id(meeting.board_id, UUID(hex=one["id"]))
        words[one["id"]] = {name: getattr(care, name) for name in OF_REP}
        _write(care, dict.fromkeys(OF_REP, ""))
    return was, words


@records_nothing("that each is called off is recorded")
def call_off(meeting: Meeting, person_id: UUID) -> list[Typed]:
    """The same, for somebody whom the apologies of another send home: their words stay where they are."""
    was = []
    for one in queries.of_meeting(meeting.board_id, meeting.id):
        if one.person_id == person_id:
            before = {"id": one.id.hex, "status": one.status, "to_agree": one.to_agree}
            cancel(one, one.version)
            was.append({**before, "version": one.version})
    return was


@records_nothing("whoever calls it off or restores it records that")
def _write(care: CareRequest, words: Mapping[str, str]) -> None:
    for name, text in words.items():
        setattr(care, name, text)
    db.session.flush()


def restore(
    was: Sequence[Typed], words: Mapping[str, Mapping[str, str]], meeting: Meeting, was_at: datetime, is_told: bool
) -> list[UUID | None]:
    """The requests as they were. Of those on which somebody has acted, the officer who is asked again, if any."""
    acted = []
    for before in was:
        care = queries.request_by_id(meeting.board_id, UUID(hex=before["id"]))
        own = words.get(before["id"], {})
        if _restored(care, before):
            _write(care, own)
            record((CareAskedAgain if is_told else CareRestored)(**event_ids(care)))
        else:
            care = _ask_anew(care, own)
            acted.append(care.officer_id)
        if meeting.starts_at != was_at:
            follow(care, meeting, was_at)
    return acted


def _restored(care: CareRequest, before: Typed) -> bool:
    """Whether nobody has touched it since it was called off, in one UPDATE that two at once cannot both win."""
    statement = update(CareRequest).where(
        CareRequest.id == care.id, CareRequest.version == before["version"], CareRequest.status == CANCELLED
    )
    values = {"status": before["status"], "to_agree": before["to_agree"], "ended_at": None}
    if rows_changed(statement.values(version=before["version"] + 1, **values)) != 1:
        return False
    db.session.refresh(care, ["version", *values])
    return True


def _ask_anew(care: CareRequest, words: Mapping[str, str]) -> CareRequest:
    """Somebody has acted on it, by telling the provider or keeping a cost: that stays, and the officer is asked again.

    The new request is the same in all that the rep asked for.
    """
    asked = ("kind", "place", "who", "estimate", "what", "title", "meeting_id", "on_day", "starts_at", "ends_at")
    own = {
        name: getattr(care, name)
        for name in (*asked, *OF_REP, "travel_minutes", "is_worked_out", "asked_by_id", "officer_id", "person_id")
    }
    again = CareRequest(id=uuid4(), board_id=care.board_id, version=1, asked_at=care.asked_at)
    again.status = ARRANGING if care.officer_id else ASKED
    for name, value in {**own, **words}.items():
        setattr(again, name, value)
    db.session.add(again)
    db.session.flush()
    record(CareAsked(**event_ids(again), **times_of(again)))
    return again
