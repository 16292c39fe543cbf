"""What check-ins want of staff: officers ask those who have not said if they come, clerks post papers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from portal.access.permissions import ATTENDANCE_CONFIRM, DESK_READ, PACKS_POST
from portal.accounts.models import Person
from portal.boards.models import Appointment, Board, Group
from portal.boards.queries import is_still_theirs
from portal.check_in.models import CheckIn
from portal.check_in.outdated import answered_for, said_instead_of
from portal.check_in.own_todo import OWN, UNDO
from portal.check_in.rules import (
    ANSWERS_AHEAD,
    DEPUTE,
    NO_DEPUTE,
    POST_AHEAD,
    RECORDED_WITHIN,
    answer_of_depute,
    is_asked_by,
    is_time_to_call,
    needs_answer,
    post_by,
)
from portal.core.clock import london_day
from portal.core.text import count_words, short_day_words
from portal.deputes.rules import as_depute
from portal.expenses.decisions.rules import ATTENDANCE_WANTED
from portal.infra.kept import Whoever
from portal.infra.occasions import FiredOccasion, key_in_statement
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import SINCE, Line
from portal.meetings.models import Meeting, StandIn
from portal.meetings.queries import has_depute
from portal.meetings.rules import PLANNED


@dataclass(frozen=True)
class Asked:
    """A rep and a coming meeting of their group, and what they answered. None answered who was not asked yet."""

    board_id: UUID
    meeting_id: UUID
    meets_on: date
    person_id: UUID
    person_name: str
    asked_at: datetime | None
    answered_for: date | None
    coming: str | None
    check_in_days: int
    has_depute: bool
    depute_said: str | None

    def answer(self, today: date) -> str | None:
        """'' where an answer is missing, or the meeting has moved since; None before the time of asking has come."""
        if self.has_depute:
            return answer_of_depute(self.depute_said or "")
        if not needs_answer(self.answered_for, self.meets_on):
            return NO_DEPUTE if self.coming == DEPUTE else self.coming or ""
        return "" if self.asked_at or is_asked_by(self.meets_on, self.check_in_days, today) else None


def _asked(who: Whoever) -> Rows:
    """Whoever sits there on the day of the meeting counts from their first day on, asked or not."""
    of_group = and_(Meeting.board_id == Appointment.board_id, Meeting.group_id == Appointment.group_id)
    sits = (Appointment.from_on <= who.today, Meeting.meets_on.between(Appointment.from_on, Appointment.until_on))
    return _of_meeting(who, Appointment, of_group).where(who.within(DESK_READ, Appointment), *sits)


def _asked_deputes(who: Whoever) -> Rows:
    """The same of whoever stands in at a meeting."""
    there = and_(Meeting.board_id == StandIn.board_id, Meeting.id == StandIn.meeting_id)
    return _of_meeting(who, StandIn, there).where(who.within(DESK_READ, StandIn))


def _of_meeting(who: Whoever, who_goes: type[Appointment | StandIn], to: ColumnElement[bool]) -> Rows:
    """Who goes to a coming meeting, with their answer where there is one."""
    answer = and_(
        CheckIn.board_id == Meeting.board_id,
        CheckIn.meeting_id == Meeting.id,
        CheckIn.person_id == who_goes.person_id,
    )
    of_meeting = (who_goes.board_id, Meeting.id.label("meeting_id"), Meeting.meets_on)
    said = (CheckIn.asked_at, answered_for(), CheckIn.coming)
    depute = (has_depute(who_goes.person_id).label("has_depute"), said_instead_of(who_goes.person_id))
    return (
        select(*of_meeting, who_goes.person_id, Person.name.label("person_name"), *said, Board.check_in_days, *depute)
        .select_from(who_goes)
        .join(Meeting, to)
        .join(Board, Board.id == Meeting.board_id)
        .join(Person, Person.id == who_goes.person_id)
        .outerjoin(CheckIn, answer)
        .where(Meeting.status == PLANNED, Meeting.meets_on.between(who.today, who.today + ANSWERS_AHEAD))
    )


def _call(found: Sequence[Asked], today: date, named: Callable[[str], str] = str) -> Iterator[Line]:
    for asked in found:
        if not asked.has_depute and is_time_to_call(asked.answered_for, asked.meets_on, today):
            left = count_words((asked.meets_on - today).days, "day")
            title = f"{named(asked.person_name)}: ask if they’re coming, {left} left"
            yield Line(today, title, where={"meeting_id": asked.meeting_id}, for_day=asked.meets_on)


def _call_depute(found: Sequence[Asked], today: date) -> Iterator[Line]:
    return _call(found, today, as_depute)


@dataclass(frozen=True)
class ToPost:
    """A coming meeting, and how many people still wait for its printed papers."""

    board_id: UUID
    meeting_id: UUID
    group_name: str
    meets_on: date
    opened_on: date
    target_days: int
    packs: int


def _to_post(who: Whoever) -> Rows:
    """Of whoever still goes: they sit on its group on the day, and no depute goes for them; or they stand in."""
    sits = exists().where(
        Appointment.board_id == CheckIn.board_id,
        Appointment.group_id == CheckIn.group_id,
        Appointment.person_id == CheckIn.person_id,
        Meeting.meets_on.between(Appointment.from_on, Appointment.until_on),
    )
    stands_in = exists().where(
        StandIn.board_id == CheckIn.board_id,
        StandIn.meeting_id == CheckIn.meeting_id,
        StandIn.person_id == CheckIn.person_id,
    )
    of_meeting = (CheckIn.board_id, CheckIn.meeting_id, Group.name.label("group_name"), Meeting.meets_on)
    days = (Meeting.opened_on, Meeting.target_days.label("target_days"))
    return (
        select(*of_meeting, *days, func.count(CheckIn.id).label("packs"))
        .join(Meeting, Meeting.id == CheckIn.meeting_id)
        .join(Group, Group.id == CheckIn.group_id)
        .where(CheckIn.printed.is_(True), CheckIn.posted_on.is_(None), who.within(PACKS_POST, CheckIn))
        .where(Meeting.meets_on >= who.today, Meeting.status == PLANNED)
        .where(or_(and_(sits, ~has_depute(CheckIn.person_id)), stands_in))
        .group_by(*of_meeting, Meeting.opened_on, Meeting.target_days)
    )


def _post(found: Sequence[ToPost], today: date) -> Iterator[Line]:
    for meeting in found:
        due = post_by(meeting.meets_on, meeting.target_days)
        if due - today <= POST_AHEAD:
            sets, day = count_words(meeting.packs, "set"), short_day_words(meeting.meets_on)
            title = f"Post {sets} of printed papers for {meeting.group_name}, {day}"
            yield Line(due, title, where={"meeting_id": meeting.meeting_id})


@dataclass(frozen=True)
class Unrecorded:
    """A meeting that took place, where of some rep nobody has recorded if they came."""

    board_id: UUID
    meeting_id: UUID
    group_name: str
    meets_on: date
    asked_at: datetime | None  # when an approver asked who came


def _unrecorded(who: Whoever) -> Rows:
    """From the day after; and once an approver has asked, until something is recorded."""
    of_meeting = (Meeting.board_id, Meeting.id.label("meeting_id"), Group.name.label("group_name"), Meeting.meets_on)
    asked = FiredOccasion.fired_at.is_not(None) & Meeting.attendance_at.is_(None)
    lately = Meeting.meets_on.between(who.today - RECORDED_WITHIN, who.today - timedelta(days=1))
    return (
        select(*of_meeting, FiredOccasion.fired_at.label("asked_at"))
        .join(Group, Group.id == Meeting.group_id)
        .outerjoin(FiredOccasion, FiredOccasion.key == key_in_statement(ATTENDANCE_WANTED, Meeting.id))
        .where(Meeting.status == PLANNED, who.within(ATTENDANCE_CONFIRM, Meeting))
        .where(or_(asked, and_(lately, _has_unrecorded_rep())))
    )


def _has_unrecorded_rep() -> ColumnElement[bool]:
    """As a part of a statement on meetings: a rep of its group on its day, of whom it is not on record."""
    of_rep = (CheckIn.meeting_id == Meeting.id, CheckIn.person_id == Appointment.person_id)
    is_recorded = exists().where(*of_rep, CheckIn.attended != "").correlate(Meeting, Appointment)
    sat = select(Appointment.id).join(Person, Person.id == Appointment.person_id)
    sat = sat.where(Appointment.board_id == Meeting.board_id, Appointment.group_id == Meeting.group_id)
    sat = sat.where(Meeting.meets_on.between(Appointment.from_on, Appointment.until_on))
    return sat.where(Person.disabled_at.is_(None), is_still_theirs(), ~is_recorded).correlate(Meeting).exists()


def _record(found: Sequence[Unrecorded], _today: date) -> Iterator[Line]:
    for meeting in found:
        title = f"Record attendance: {meeting.group_name}, {short_day_words(meeting.meets_on)}"
        since = london_day(meeting.asked_at) if meeting.asked_at else meeting.meets_on
        words = "Someone at your board needs to know who came" if meeting.asked_at else ""
        yield Line(since, title, words, {"meeting_id": meeting.meeting_id}, day_is=SINCE)


ASKED = ToDo(
    "check-in of a rep",
    Whom.STAFF,
    Asked,
    _asked,
    first_page=Says("check_in.coming", _call),
    desk=Says("check_in.coming", _call),
    in_table=True,
)
ASKED_DEPUTE = ToDo(
    "check-in of a depute",
    Whom.STAFF,
    Asked,
    _asked_deputes,
    first_page=Says("check_in.coming", _call_depute),
    desk=Says("check_in.coming", _call_depute),
)
TO_POST = ToDo("papers to post", Whom.STAFF, ToPost, _to_post, first_page=Says("check_in.to_post", _post))
UNRECORDED = ToDo(
    "attendance to record", Whom.STAFF, Unrecorded, _unrecorded, first_page=Says("check_in.attendance", _record)
)
TODO = (OWN, UNDO, TO_POST, UNRECORDED, ASKED, ASKED_DEPUTE)
