"""Reactions: what else must change, above, when something happened below. Same transaction, in this order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from portal.access.roles import DEPUTE, MENTOR
from portal.accounts.events import AccountDisabled, AccountErased, InvitationAccepted
from portal.boards.events import AppointmentEnded, OfferAccepted, RoleEnded
from portal.capability import gathered
from portal.check_in import actions as check_ins
from portal.check_in import queries as check_in_queries
from portal.check_in.events import ApologiesUndone, AttendanceConfirmed
from portal.core.clock import london_day
from portal.core.events import Event
from portal.deputes.events import NominationWithdrawn
from portal.expenses.claims import actions as claims_actions
from portal.expenses.events import ClaimBegun
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.emails import AboutMeeting
from portal.meetings.events import (
    DeputeCannotCome,
    DeputeStandsDown,
    DeputeStandsIn,
    MeetingAdjourned,
    MeetingCancelled,
    MeetingMoved,
    MeetingNotHeld,
    SittingCancelled,
    StandInUndone,
)
from portal.mentoring.pairs import actions as mentoring
from portal.notifications import bundling, outbox, still_true
from portal.papers.events import MinutesPublished, PapersPublished, PaperWithdrawn
from portal.papers.preparing import actions as preparing_actions
from portal.papers.reading import actions as reading
from portal.replacement_care.events import CareEnded
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests import queries as requests_queries
from portal.role_profiles.stepping_down import actions as stepping_down
from portal.support_meetings import actions as support_meetings
from portal.training.events import PlaceBooked, PlaceFree, PlaceGivenUp, SessionCancelled, SessionChanged
from portal.training.sessions import queries as sessions_queries
from portal.training.sessions.rules import BOOKED, ON_WAITING_LIST

Happened = TypeVar("Happened", bound=Event)


def _note_attendance(event: AttendanceConfirmed) -> None:
    _note_who_came(event.meeting_id)


def _note_attendance_of(event: ClaimBegun) -> None:
    """A claim may begin after the clerk has said who came."""
    if event.meeting_id:
        _note_who_came(event.meeting_id)


def _note_who_came(meeting_id: UUID) -> None:
    meeting = meeting_queries.meeting_by_id(meeting_id)
    claims_actions.note_attendance(meeting.board_id, meeting.id, check_in_queries.confirmed_there(meeting))


def _care_follows(event: MeetingMoved) -> None:
    """Whoever asked for care at a meeting that moved is asked again, about the same hours around it."""
    care.follow_meeting(meeting_queries.meeting_by_id(event.meeting_id), event.was_at)


def _care_once_more(event: MeetingAdjourned) -> None:
    """What was asked for the first sitting stays; the same is proposed for the next."""
    care.ask_for_next_sitting(meeting_queries.meeting_by_id(event.meeting_id), event.was_at)


def _call_off_sitting(event: SittingCancelled) -> None:
    care.call_off_on(meeting_queries.meeting_by_id(event.meeting_id), london_day(event.was_at))


def _call_off_what_stood_around(event: MeetingCancelled) -> None:
    """What stood around a meeting goes with it: care, the support meeting, what was to be announced."""
    meeting = meeting_queries.meeting_by_id(event.meeting_id)
    care.call_off_with_meeting(meeting)
    support_meetings.call_off(meeting)
    preparing_actions.drop_announcements(meeting.id)


def _care_of_depute_ends(event: DeputeStandsDown | DeputeCannotCome | StandInUndone) -> None:
    """Whoever no longer stands in, and is not asked in their own right or for another rep, needs nobody."""
    meeting = meeting_queries.meeting_by_id(event.meeting_id)
    if not check_in_queries.is_asked(meeting, event.person_id):
        care.call_off_for_meeting(meeting, event.person_id)


def _claim_care(event: CareEnded) -> None:
    """What a rep paid for care stands on a claim of theirs, to be sent when they like."""
    if event.rep_paid:
        one = requests_queries.request_by_id(event.board_id, event.request_id)
        claims_actions.draft_care(one.person_id, one.board_id, one.meeting_id, one.title, one.span, one.cost or 0)


def _care_still_needed(event: DeputeStandsIn) -> None:
    """A rep whose depute goes may need nobody; care that their apologies cancelled is not asked about."""
    care.ask_if_still_needed(meeting_queries.meeting_by_id(event.meeting_id), event.on_behalf_of_id)


def _care_for_training(event: PlaceBooked | PlaceFree) -> None:
    """Whoever has a place, and said that somebody must care meanwhile, has asked for care."""
    if event.needs_care:
        one = sessions_queries.session_by_id(event.board_id, event.session_id)
        of = (event.booking_id, event.board_id, event.person_id, one.title)
        care.ask_for_training(*of, one.starts_at, one.ends_at, is_online=bool(one.link) and not one.place)


def _care_follows_training(event: SessionChanged) -> None:
    session = sessions_queries.session_by_id(event.board_id, event.session_id)
    hours = (session.starts_at, session.ends_at)
    for one in sessions_queries.bookings(session):
        if one.status == BOOKED and one.needs_care:
            care.follow_training(one.id, one.person_id, (event.was_at, event.was_until), hours)


def _care_ends_with_training(event: SessionCancelled) -> None:
    for one in sessions_queries.bookings(sessions_queries.session_by_id(event.board_id, event.session_id)):
        if one.status in (BOOKED, ON_WAITING_LIST):
            care.call_off_for_training(one.person_id, one.id)


def _stand_down(event: RoleEnded) -> None:
    if event.role == DEPUTE:
        meetings.end_stand_ins_of(event.person_id)
    if event.role == MENTOR and event.board_id:
        mentoring.leave_board(event.board_id, event.person_id)


def _forget_everywhere(event: AccountErased) -> None:
    """Each capability removes what it keeps for somebody whose account is gone."""
    for capability in gathered().capabilities:
        if capability.forget:
            capability.forget(event.person_id)


@dataclass(frozen=True)
class Reaction(Generic[Happened]):
    """One row: an event, and the action that it sets off."""

    event: type[Happened]
    action: Callable[[Happened], object]

    def to(self, event: Event) -> None:
        if isinstance(event, self.event):
            self.action(event)


def _look_again(event: AboutMeeting) -> None:
    """Emails that wait may say what is no longer so. It comes first: then each new email knows what was not sent."""
    still_true.look_again(event.meeting_id)


# fmt: off
REACTIONS = (
    Reaction(InvitationAccepted,  lambda event: bundling.send_what_waited(event.person_id)),
    Reaction(OfferAccepted,       lambda event: bundling.send_what_waited(event.person_id)),
    Reaction(RoleEnded,           _stand_down),
    Reaction(AppointmentEnded,    stepping_down.close_with_appointment),
    Reaction(AccountDisabled,     lambda event: mentoring.leave_everywhere(event.person_id)),
    Reaction(AccountErased,       _forget_everywhere),
    Reaction(MeetingMoved,        _care_follows),
    Reaction(MeetingAdjourned,    _care_once_more),
    Reaction(SittingCancelled,    _call_off_sitting),
    Reaction(MeetingCancelled,    _call_off_what_stood_around),
    Reaction(PlaceBooked,         _care_for_training),
    Reaction(PlaceFree,           _care_for_training),
    Reaction(PlaceGivenUp,        lambda event: care.call_off_for_training(event.person_id, event.booking_id)),
    Reaction(SessionChanged,      _care_follows_training),
    Reaction(SessionCancelled,    _care_ends_with_training),
    Reaction(DeputeStandsDown,    _care_of_depute_ends),
    Reaction(DeputeCannotCome,    _care_of_depute_ends),
    Reaction(StandInUndone,       _care_of_depute_ends),
    Reaction(CareEnded,           _claim_care),
    Reaction(AttendanceConfirmed, _note_attendance),
    Reaction(ClaimBegun,          _note_attendance_of),
    Reaction(NominationWithdrawn, lambda event: reading.close_notes(event.on_behalf_of_id, event.meetings)),
    Reaction(ApologiesUndone,     lambda event: outbox.take_out(event.undo_id)),
    Reaction(MeetingMoved,         _look_again),
    Reaction(MeetingCancelled,     _look_again),
    Reaction(MeetingNotHeld,       _look_again),
    Reaction(DeputeStandsDown,     _look_again),
    Reaction(DeputeCannotCome,     _look_again),
    Reaction(PapersPublished,      _look_again),
    Reaction(PaperWithdrawn,       _look_again),
    Reaction(MinutesPublished,     _look_again),
    Reaction(DeputeStandsIn,      _care_still_needed),
    Reaction(DeputeStandsIn,      lambda event: check_ins.ask_depute(event.meeting_id, event.person_id)),
    Reaction(DeputeCannotCome,    lambda event: check_ins.ask_rep_again(event.meeting_id, event.on_behalf_of_id)),
)
# fmt: on


def react(event: Event) -> None:
    """Do what the table says for this event."""
    for reaction in REACTIONS:
        reaction.to(event)
