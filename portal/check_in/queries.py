"""Finding check-ins: one's own, by a mailed link, of a meeting, and what was said last time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, SQLColumnExpression, exists, or_, select
from sqlalchemy.orm import aliased, joinedload
from sqlalchemy.sql.base import ExecutableOption

from portal.access.permissions import ATTENDANCE_CORRECT
from portal.accounts.models import Person
from portal.boards import queries as boards
from portal.boards.models import Appointment
from portal.check_in.models import CheckIn, CheckInUndo
from portal.check_in.rules import CAME, CAME_ONLINE, IN_PERSON, NO, NOT_AT_ALL, ONLINE, SAME, was_there
from portal.check_in.rules import absent_running as running
from portal.core import clock
from portal.core.values import Typed
from portal.deputes import queries as deputes
from portal.deputes.models import Nomination
from portal.deputes.rules import CONFIRMED
from portal.expenses.claims.drafting import CheckInAnswer
from portal.infra.database import db
from portal.infra.kept import Counted
from portal.infra.name_order import by_name
from portal.infra.sight import Sight, seen_with
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting, StandIn
from portal.meetings.rules import PLANNED, is_over
from portal.replacement_care.requests.usual import usual


def by_link(check_in_id: UUID, generation: str) -> CheckIn | None:
    """What a mailed link is about, while its meeting is ahead and the link has not been replaced."""
    statement = select(CheckIn).where(CheckIn.id == check_in_id).options(*everything())
    found: CheckIn | None = db.session.scalar(statement)
    if found is None or found.person.disabled_at or generation != str(found.generation):
        return None
    return found if is_ahead(found.meeting) and is_asked(found.meeting, found.person_id) else None


def everyone_asked(meeting: Meeting) -> set[UUID]:
    """Who sits on the meeting's group, or stands in at it."""
    reps = boards.reps_of_group(meeting.board_id, meeting.group_id, meeting.meets_on)
    return {*reps, *(row.person_id for row, _, _ in meetings.stand_ins(meeting.id))}


def everyone_who_answered(meeting_id: UUID) -> set[UUID]:
    """Who has said whether they come."""
    statement = select(CheckIn.person_id).where(CheckIn.meeting_id == meeting_id, CheckIn.answered_at.is_not(None))
    return set(db.session.scalars(statement.order_by(CheckIn.person_id)))


def everyone_going(meeting: Meeting) -> set[UUID]:
    """The same without the reps for whom a depute goes: nothing that follows from going is asked of them."""
    instead = {row.on_behalf_of_id: row.person_id for row, _, _ in meetings.stand_ins(meeting.id)}
    return {*(everyone_asked(meeting) - instead.keys()), *instead.values()}


def is_asked(meeting: Meeting, person_id: UUID) -> bool:
    return person_id in everyone_asked(meeting)


def stand_in_of(meeting: Meeting, person_id: UUID) -> StandIn | None:
    """By what somebody stands in at a meeting; None for a rep of its group, and for anybody else."""
    if person_id in boards.reps_of_group(meeting.board_id, meeting.group_id, meeting.meets_on):
        return None
    return next((row for row, _, _ in meetings.stand_ins(meeting.id) if row.person_id == person_id), None)


def who_said_no(meeting_id: UUID) -> set[UUID]:
    """Who has said that they cannot come, also where they were asked again since."""
    statement = select(CheckIn.person_id).where(CheckIn.meeting_id == meeting_id, CheckIn.coming == NO)
    return set(db.session.scalars(statement.order_by(CheckIn.person_id)))


def deputes_to_call(rep_id: UUID, meeting: Meeting) -> list[Nomination]:
    """Who may go for a rep, whoever said that they cannot last."""
    found, said_no = deputes.deputes_of(rep_id, meeting.group_id, meeting.id), who_said_no(meeting.id)
    return sorted(found, key=lambda one: one.person_id in said_no)


def depute_who_cannot(rep_id: UUID | SQLColumnExpression[UUID]) -> ScalarSelect[str]:
    """As a part of a statement on meetings: the depute of this rep who was to go, and said that they cannot."""
    theirs, fitting = (
        aliased(CheckIn),
        or_(Nomination.only_meeting_id.is_(None), Nomination.only_meeting_id == Meeting.id),
    )
    said = (theirs.meeting_id == Meeting.id, theirs.coming == NO, theirs.answered_for == Meeting.meets_on)
    is_of_rep = (Nomination.board_id == Meeting.board_id, Nomination.group_id == Meeting.group_id, fitting)
    statement = select(Nomination.name).join(theirs, theirs.person_id == Nomination.person_id)
    statement = statement.where(*said, *is_of_rep, Nomination.on_behalf_of_id == rep_id)
    newest = statement.where(Nomination.status == CONFIRMED).order_by(theirs.answered_at.desc(), Nomination.id)
    return newest.limit(1).correlate(Meeting).scalar_subquery()


def may_change_until(
    who_id: UUID | SQLColumnExpression[UUID], now: datetime | BindParameter[datetime] | Counted
) -> ScalarSelect[datetime]:
    """As a part of a statement on meetings: until when the rep or depute of somebody may undo what this asks them."""
    for_rep = (
        exists()
        .where(StandIn.meeting_id == Meeting.id, StandIn.person_id == who_id)
        .where(StandIn.on_behalf_of_id == CheckInUndo.person_id)
    )
    of_depute = exists().where(
        Nomination.board_id == Meeting.board_id,
        Nomination.group_id == Meeting.group_id,
        Nomination.on_behalf_of_id == who_id,
        Nomination.person_id == CheckInUndo.person_id,
    )
    statement = select(CheckInUndo.emails_at).where(CheckInUndo.meeting_id == Meeting.id, or_(for_rep, of_depute))
    last = statement.where(CheckInUndo.emails_at > now).order_by(CheckInUndo.emails_at.desc(), CheckInUndo.id)
    return last.limit(1).correlate(Meeting).scalar_subquery()


def is_ahead(meeting: Meeting) -> bool:
    """Whether it still makes sense to say if one comes."""
    return meeting.status == PLANNED and not is_over(meeting.starts_at, clock.now())


def everything() -> tuple[ExecutableOption, ...]:
    """What a page about a check-in shows of it: the person, and the meeting with its board and group."""
    meeting = joinedload(CheckIn.meeting)
    return joinedload(CheckIn.person), meeting.joinedload(Meeting.board), meeting.joinedload(Meeting.group)


def check_in(meeting_id: UUID, person_id: UUID) -> CheckIn | None:
    statement = select(CheckIn).where(CheckIn.meeting_id == meeting_id, CheckIn.person_id == person_id)
    found: CheckIn | None = db.session.scalar(statement.options(*everything()))
    return found


def of_meeting(meeting_id: UUID) -> dict[UUID, CheckIn]:
    """The check-ins of a meeting, by person."""
    statement = select(CheckIn).where(CheckIn.meeting_id == meeting_id).options(joinedload(CheckIn.person))
    found = db.session.scalars(
        statement.join(Person, Person.id == CheckIn.person_id).order_by(by_name(Person.name), Person.id)
    )
    return {one.person_id: one for one in found}


@dataclass(frozen=True)
class Last:
    """Which earlier answer says what "as last time" is; None of what somebody has never said."""

    care: CheckIn | None = None
    travel: CheckIn | None = None
    printed: CheckIn | None = None


def last_answers(person_id: UUID, group_id: UUID, but_meeting: UUID) -> Last:
    """What somebody answered for the last meetings of a group: whoever could not come was asked nothing more.

    How they travel and where papers go is as they said it newest, also where that was of this meeting.
    """
    everything = _answered(person_id, group_id)
    found = [one for one in everything if one.meeting_id != but_meeting]
    newest = [one for one in everything if one.coming in (IN_PERSON, ONLINE)]
    came = [one for one in found if one.coming in (IN_PERSON, ONLINE)]
    is_called_off = bool(found) and found[0] not in came and usual(person_id, found[0].board_id)
    return Last(
        care=found[0] if is_called_off else next(iter(came), None),
        travel=next((one for one in newest if one.travel), None),
        printed=next(iter(newest), None),
    )


def care_as_last_time(last: CheckIn, meeting: Meeting) -> str:
    """SAME or NO: as it was before an emergency called it off."""
    was_called_off = last.emergency_at is not None and usual(last.person_id, meeting.board_id)
    return SAME if last.needs_care or was_called_off else NO


def _answered(person_id: UUID, group_id: UUID) -> Sequence[CheckIn]:
    """The newest first, as far back as "last time" can reach."""
    statement = select(CheckIn).where(
        CheckIn.person_id == person_id,
        CheckIn.group_id == group_id,
        CheckIn.answered_at.is_not(None),
    )
    return db.session.scalars(statement.order_by(CheckIn.answered_at.desc(), CheckIn.id).limit(12)).all()


def open_check_ins(person_id: UUID) -> Sequence[CheckIn]:
    """What somebody can still answer, for sending its links again."""
    statement = select(CheckIn).join(Meeting, Meeting.id == CheckIn.meeting_id)
    statement = statement.where(
        CheckIn.person_id == person_id, Meeting.starts_at > clock.now(), Meeting.status == PLANNED
    )
    return db.session.scalars(statement.order_by(Meeting.starts_at, CheckIn.id)).all()


def who_came(meeting: Meeting) -> list[UUID]:
    """Who was there, as far as the clerk confirmed it, else as they said before; a depute in the place of the rep."""
    instead = {row.on_behalf_of_id: row.person_id for row, _, _ in meetings.stand_ins(meeting.id)}
    answers = of_meeting(meeting.id)
    return [
        instead.get(person_id, person_id)
        for person_id in boards.reps_of_group(meeting.board_id, meeting.group_id, meeting.meets_on)
        if (one := answers.get(person_id)) and was_there(one.attended, one.coming)
    ]


def confirmed_there(meeting: Meeting) -> list[UUID]:
    """Who was there as the clerk confirmed it; a depute in the place of the rep."""
    instead = {row.on_behalf_of_id: row.person_id for row, _, _ in meetings.stand_ins(meeting.id)}
    answers = of_meeting(meeting.id)
    return [instead.get(key, key) for key, one in answers.items() if one.attended in (CAME, CAME_ONLINE)]


def online_at(person_id: UUID, meeting_ids: Collection[UUID]) -> dict[UUID, bool]:
    """Of those of some meetings to which somebody said that they come, whether it is online. One that they come to
    without travelling is not among them.
    """
    said = (CheckIn.person_id == person_id, CheckIn.meeting_id.in_(meeting_ids))
    statement = select(CheckIn.meeting_id, CheckIn.coming).where(*said, CheckIn.coming.in_((IN_PERSON, ONLINE)))
    statement = statement.where(CheckIn.travel != NOT_AT_ALL)
    rows = db.session.execute(statement.order_by(CheckIn.meeting_id))
    return {key: coming == ONLINE for key, coming in rows}


def said_before(meeting_id: UUID, person_id: UUID) -> CheckInAnswer | None:
    """What somebody answered about travel and care, for drafting their claim."""
    one = check_in(meeting_id, person_id)
    if one is None or one.answered_at is None or one.coming not in (IN_PERSON, ONLINE):
        return None
    return CheckInAnswer(one.coming == IN_PERSON, one.travel, one.needs_care)


ATTENDANCE_COUNTED = timedelta(days=3 * 365)


def _counts(today: date) -> tuple[ColumnElement[bool], ...]:
    """Attendance that is on record, of a meeting that took place lately enough to be counted."""
    return CheckIn.attended != "", Meeting.meets_on >= today - ATTENDANCE_COUNTED, Meeting.status == PLANNED


def absent_running(board_id: UUID, today: date) -> dict[tuple[UUID, UUID], int]:
    """At how many meetings running each rep of a board was not there, by (group, person), as far as confirmed.

    A meeting that did not take place counts nobody, whatever was recorded of it before.
    """
    statement = (
        select(CheckIn.group_id, CheckIn.person_id, CheckIn.attended)
        .join(Meeting, Meeting.id == CheckIn.meeting_id)
        .join(Appointment, (Appointment.person_id == CheckIn.person_id) & (Appointment.group_id == CheckIn.group_id))
        .where(CheckIn.board_id == board_id, *_counts(today))
        .where(Meeting.meets_on.between(Appointment.from_on, Appointment.until_on), Appointment.until_on >= today)
        .order_by(CheckIn.group_id, CheckIn.person_id, Meeting.starts_at.desc(), CheckIn.id)
    )
    found: dict[tuple[UUID, UUID], list[str]] = defaultdict(list)
    for group_id, person_id, attended in db.session.execute(statement):
        found[group_id, person_id].append(attended)
    return {key: running(attended) for key, attended in found.items()}


def attendance_recorded(board_id: UUID, today: date) -> list[tuple[date, date | None]]:
    """(met on, recorded on) of who came, of the meetings of a board for as long as attendance is counted."""
    statement = select(Meeting.meets_on, CheckIn.attendance_on).join(Meeting, Meeting.id == CheckIn.meeting_id)
    statement = statement.where(CheckIn.board_id == board_id, *_counts(today))
    rows = db.session.execute(statement.order_by(Meeting.meets_on, CheckIn.id))
    return [(met, recorded) for met, recorded in rows]


def wanting_print(meeting: Meeting) -> list[CheckIn]:
    """Who goes and wants the papers by post, by name."""
    going = everyone_going(meeting)
    return [one for one in of_meeting(meeting.id).values() if one.printed and one.person_id in going]


def one_of_meeting(meeting_id: UUID, check_in_id: UUID) -> CheckIn | None:
    return db.session.scalar(select(CheckIn).where(CheckIn.meeting_id == meeting_id, CheckIn.id == check_in_id))


@seen_with(ATTENDANCE_CORRECT)
def attendance(sight: Sight, check_in_id: UUID) -> CheckIn | None:
    """What there is to correct of whether somebody came; nothing, while it is not on record."""
    one = (CheckIn.id == check_in_id, sight.of(CheckIn))
    found: CheckIn | None = db.session.scalar(select(CheckIn).where(*one).options(*everything()))
    return found


def page_of_attendance(check_in_id: UUID) -> tuple[str, Typed]:
    """Where staff see whether somebody came."""
    return "check_in.coming", {"meeting_id": db.session.get_one(CheckIn, check_in_id).meeting_id.hex}
