"""Reactions: what else must change, above, when something happened below. Same transaction, in this order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from portal.access.roles import DEPUTE, MENTOR
from portal.accounts.events import AccountDisabled, AccountErased
from portal.boards.events import RoleEnded
from portal.capability import gathered
from portal.check_in import actions as check_ins
from portal.check_in import queries as check_in_queries
from portal.check_in.events import AttendanceConfirmed
from portal.core.events import Event
from portal.expenses.claims import actions as claims_actions
from portal.expenses.events import ClaimBegun
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.events import DeputeStandsIn, MeetingAdjourned, MeetingCancelled, MeetingMoved
from portal.mentoring.pairs import actions as mentoring
from portal.papers.preparing import actions as preparing_actions
from portal.replacement_care.events import CareEnded
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests import queries as requests_queries
from portal.support_meetings import actions as support_meetings
from portal.training.events import PlaceBooked, PlaceFree, PlaceGivenUp, SessionCancelled, SessionChanged
from portal.training.sessions import queries as sessions_queries
from portal.training.sessions.rules import BOOKED, ON_WAITING_LIST


def _note_attendance(event: Any) -> None:
    meeting = meeting_queries.meeting_by_id(event.meeting_id)
    claims_actions.note_attendance(meeting.board_id, meeting.id, check_in_queries.confirmed_there(meeting))


def _note_attendance_of(event: Any) -> None:
    """A claim may begin after the clerk has said who came."""
    if event.meeting_id:
        _note_attendance(event)


def _care_follows(event: Any) -> None:
    """Whoever asked for care at a meeting that moved is asked again, about the same hours around it."""
    meeting = meeting_queries.meeting_by_id(event.meeting_id)
    was_at = getattr(event, "was_at", None)
    if was_at is None:  # adjourned: another day, the hour as it is now
        was_at = meeting.starts_at - (meeting.meets_on - event.was_on)
    care.follow_meeting(meeting, was_at)


def _claim_care(event: Any) -> None:
    """What a rep paid for care stands on a claim of theirs, to be sent when they like."""
    if event.rep_paid:
        one = requests_queries.request_by_id(event.board_id, event.request_id)
        claims_actions.draft_care(one.person_id, one.board_id, one.meeting_id, one.title, one.span, one.cost or 0)


def _care_for_training(event: Any) -> None:
    """Whoever has a place, and said that somebody must care meanwhile, has asked for care."""
    if event.needs_care:
        one = sessions_queries.session_by_id(event.board_id, event.session_id)
        of = (event.booking_id, event.board_id, event.person_id, one.title)
        care.ask_for_training(*of, one.starts_at, one.ends_at)


def _care_follows_training(event: Any) -> None:
    session = sessions_queries.session_by_id(event.board_id, event.session_id)
    hours = (session.starts_at, session.ends_at)
    for one in sessions_queries.bookings(session):
        if one.status == BOOKED and one.needs_care:
            care.follow_training(one.id, one.person_id, (event.was_at, event.was_until), hours)


def _care_ends_with_training(event: Any) -> None:
    for one in sessions_queries.bookings(sessions_queries.session_by_id(event.board_id, event.session_id)):
        if one.status in (BOOKED, ON_WAITING_LIST):
            care.call_off_for_training(one.person_id, one.id)


def _stand_down(event: Any) -> None:
    if event.role == DEPUTE:
        meetings.end_stand_ins_of(event.person_id)
    if event.role == MENTOR:
        mentoring.leave_board(event.board_id, event.person_id)


def _forget_everywhere(event: Any) -> None:
    """Each capability removes what it keeps for somebody whose account is gone."""
    for capability in gathered().capabilities:
        if capability.forget:
            capability.forget(event.person_id)


# fmt: off
REACTIONS: tuple[tuple[type[Event], Callable[[Any], None]], ...] = (
    (RoleEnded,        _stand_down),
    (AccountDisabled,  lambda event: mentoring.leave_everywhere(event.person_id)),
    (AccountErased,    _forget_everywhere),
    (MeetingMoved,     _care_follows),
    (MeetingAdjourned, _care_follows),
    (MeetingCancelled, lambda event: care.call_off_with_meeting(meeting_queries.meeting_by_id(event.meeting_id))),
    (PlaceBooked,      _care_for_training),
    (PlaceFree,        _care_for_training),
    (PlaceGivenUp,     lambda event: care.call_off_for_training(event.person_id, event.booking_id)),
    (SessionChanged,   _care_follows_training),
    (SessionCancelled, _care_ends_with_training),
    (MeetingCancelled, lambda event: support_meetings.call_off(meeting_queries.meeting_by_id(event.meeting_id))),
    (CareEnded,        _claim_care),
    (AttendanceConfirmed, _note_attendance),
    (ClaimBegun,       _note_attendance_of),
    (DeputeStandsIn,   lambda event: check_ins.ask_depute(event.meeting_id, event.person_id)),
    (MeetingCancelled, lambda event: preparing_actions.drop_announcements(event.meeting_id)),
)
# fmt: on


def react(event: Event) -> None:
    """Do what the table says for this event."""
    for happened, action in REACTIONS:
        if isinstance(event, happened):
            action(event)
