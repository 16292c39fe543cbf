"""Every change to support meetings and points, and a rep's answers after a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import save_unless_changed
from portal.meetings.models import Meeting
from portal.support_meetings import queries
from portal.support_meetings.events import (
    MeetingFeedbackGiven,
    PointKept,
    PointRemoved,
    SupportMeetingCalledOff,
    SupportMeetingSet,
)
from portal.support_meetings.models import MeetingFeedback, Point, SupportMeeting
from portal.support_meetings.rules import place_words


def _event_ids(meeting: Meeting) -> dict[str, UUID]:
    return {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}


def set_support(meeting: Meeting, version: int, starts_at: datetime, place: str, link: str) -> None:
    """A support meeting before a meeting, or another time or place for it. Raises EditConflict."""
    found = queries.support_of(meeting)
    was_at, was_place = (found.starts_at, place_words(found.place, found.link)) if found else (None, "")
    if found is None:
        where = {"starts_at": starts_at, "place": place, "link": link}
        db.session.add(SupportMeeting(**_event_ids(meeting), version=1, **where))
        db.session.flush()
    elif (found.starts_at, found.place, found.link) == (starts_at, place, link):
        return
    else:
        save_unless_changed(found, version, starts_at=starts_at, place=place, link=link)
    record(
        SupportMeetingSet(
            board_id=meeting.board_id, meeting_id=meeting.id, starts_at=starts_at, was_at=was_at, was_place=was_place
        )
    )


def call_off(meeting: Meeting) -> None:
    """There is no support meeting any more; the points stay."""
    found = queries.support_of(meeting)
    if found is not None:
        db.session.delete(found)
        db.session.flush()
        if found.starts_at > clock.now():
            at: Typed = {"board_id": meeting.board_id, "meeting_id": meeting.id, "starts_at": found.starts_at}
            record(SupportMeetingCalledOff(**at))


def keep_point(
    point_id: UUID, meeting: Meeting, person_id: UUID, item_id: UUID | None, is_brought: bool, text: str
) -> None:
    """A point for a meeting. The same id twice, from a form sent twice, is one."""
    if db.session.get(Point, point_id) is not None:
        return
    one = Point(id=point_id, **_event_ids(meeting), person_id=person_id, item_id=item_id, is_brought=is_brought)
    one.text, one.kept_at = text, clock.now()
    db.session.add(one)
    db.session.flush()
    record(PointKept(board_id=meeting.board_id, meeting_id=meeting.id, person_id=person_id))


def remove_point(point: Point) -> None:
    db.session.delete(point)
    record(PointRemoved(board_id=point.board_id, meeting_id=point.meeting_id, person_id=point.person_id))


def say_how_it_was(meeting: Meeting, person_id: UUID, answers: Mapping[str, str]) -> None:
    """Three answers; said again, the later ones count."""
    one = queries.how_it_was(meeting, person_id) or MeetingFeedback(**_event_ids(meeting), person_id=person_id)
    for question, answer in answers.items():
        setattr(one, question, answer)
    one.answered_at = clock.now()
    db.session.add(one)
    db.session.flush()
    record(MeetingFeedbackGiven(board_id=meeting.board_id, meeting_id=meeting.id, person_id=person_id))


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    """An account ended: its points and answers go. The trail has its line."""
    for model in (Point, MeetingFeedback):
        db.session.execute(delete(model).where(model.person_id == person_id))
