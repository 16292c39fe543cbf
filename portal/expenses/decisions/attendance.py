"""What the portal knows of whether somebody was where they claim for: at a meeting or training, or that it cannot know.

What is said of a mentoring talk or a training record of somebody's own is theirs, and approvers do not read it: of
those they are told that the portal cannot say.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import select

from portal.boards.models import Appointment, Group
from portal.core.calendar import moment
from portal.expenses.decisions.rules import NO_MEETING, NO_TRAINING, of_training
from portal.expenses.models import Claim
from portal.infra.database import db
from portal.support_meetings.models import SupportMeeting
from portal.training.models import AwarenessDelivered, AwarenessSession, Booking, TrainingSession

NOT_RECORDED = (
    "The portal does not record who goes to events, support meetings, mentoring talks or talks with carers. It does "
    "not know if they were there."
)


def known_of(claim: Claim) -> list[str]:
    """Sentences for whoever decides; of a meeting that nobody confirmed a banner of its own says more."""
    if claim.what == "meeting":
        return _of_meeting(claim)
    if claim.what == "training":
        return [*_of_training(claim), *_of_awareness(claim)] or [NO_TRAINING]
    return [*_of_support(claim), NOT_RECORDED]


def _of_meeting(claim: Claim) -> list[str]:
    if claim.meeting_id is None:
        return [NO_MEETING]
    return ["The clerk recorded that they were at this meeting."] if claim.is_attendance_confirmed else []


def _of_training(claim: Claim) -> list[str]:
    """The sessions of the board's that day for which they had a place, or waited for one."""
    first, end = _day_of(claim)
    statement = (
        select(TrainingSession.title, Booking.status)
        .join(Booking, Booking.session_id == TrainingSession.id)
        .where(TrainingSession.board_id == claim.board_id, Booking.board_id == claim.board_id)
        .where(Booking.person_id == claim.person_id, TrainingSession.cancelled_at.is_(None))
        .where(TrainingSession.starts_at >= first, TrainingSession.starts_at < end)
        .order_by(TrainingSession.starts_at, TrainingSession.id)
    )
    return [of_training(title, status) for title, status in db.session.execute(statement)]


def _of_awareness(claim: Claim) -> list[str]:
    """Whether the board recorded that they delivered Carer Awareness that day."""
    statement = (
        select(AwarenessSession.id)
        .join(AwarenessDelivered, AwarenessDelivered.session_id == AwarenessSession.id)
        .where(AwarenessSession.board_id == claim.board_id, AwarenessSession.held_on == claim.happened_on)
        .where(AwarenessDelivered.person_id == claim.person_id, AwarenessSession.withdrawn_on.is_(None))
    )
    found = db.session.scalar(statement.order_by(AwarenessSession.id).limit(1))
    return ["Carer Awareness: recorded that they delivered it."] if found else []


def _of_support(claim: Claim) -> list[str]:
    """The support meetings of that day for the groups on which they had a seat."""
    day, (first, end) = claim.happened_on, _day_of(claim)
    statement = (
        select(Group.name)
        .join(SupportMeeting, SupportMeeting.group_id == Group.id)
        .join(Appointment, Appointment.group_id == Group.id)
        .where(SupportMeeting.board_id == claim.board_id, Group.board_id == claim.board_id)
        .where(SupportMeeting.starts_at >= first, SupportMeeting.starts_at < end)
        .where(Appointment.board_id == claim.board_id, Appointment.person_id == claim.person_id)
        .where(Appointment.from_on <= day, Appointment.until_on >= day)
    )
    names = db.session.scalars(statement.distinct().order_by(Group.name))
    return [f"There was a support meeting for {name} on this day." for name in names]


def _day_of(claim: Claim) -> tuple[datetime, datetime]:
    """When its day began and ended."""
    return moment(claim.happened_on, time(0)), moment(claim.happened_on + timedelta(days=1), time(0))
