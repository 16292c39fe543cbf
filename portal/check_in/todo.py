"""What check-ins want of people: reps say if they come, officers ask those who have not said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from portal.access.permissions import ATTENDANCE_CONFIRM, CHECK_IN_ANSWER, CHECK_IN_UNDO, DESK_READ, PACKS_POST
from portal.accounts.models import Person
from portal.boards.models import Appointment, Board, Group
from portal.check_in.models import CheckIn, CheckInUndo
from portal.check_in.queries import depute_who_cannot, may_change_until
from portal.check_in.rules import ANSWERS_AHEAD, DEPUTE, POST_AHEAD, is_asked_by, is_time_to_call, needs_answer, post_by
from portal.core.clock import london_day
from portal.core.text import count_words, hour_words, no_sooner, short_day_words
from portal.deputes.rules import as_depute
from portal.expenses.decisions.rules import ATTENDANCE_WANTED
from portal.infra.kept import Whoever
from portal.infra.occasions import FiredOccasion, key_in_statement
from portal.infra.todo import SINCE, UNSAID, Line, Rows, Says, ToDo, Whom
from portal.meetings.models import Meeting, StandIn
from portal.meetings.queries import has_depute
from portal.meetings.rules import PLANNED


@dataclass(frozen=True)
class Own:
    """What somebody is asked about one coming meeting."""

    board_id: UUID
    meeting_id: UUID
    group_name: str
    meets_on: date
    starts_at: datetime
    asked_at: datetime | None
    answered_for: date | None
    depute_out: str | None = None  # the name of a depute who was to go, and cannot
    check_in_days: int = 0
    changes_until: datetime | None = None  # what this asks may be undone until then

    def is_asked(self, today: date) -> bool:
        """By email, or because the time of asking has come: whoever was appointed after that has had no email yet."""
        return self.asked_at is not None or is_asked_by(self.meets_on, self.check_in_days, today)

    @property
    def since(self) -> date:
        asked_on = self.meets_on - timedelta(days=self.check_in_days)
        return london_day(self.asked_at) if self.asked_at else asked_on


def _own(who: Whoever) -> Rows:
    """Whose depute goes has nothing to answer."""
    of_meeting = (Meeting.board_id, Meeting.id.label("meeting_id"), Group.name.label("group_name"), Meeting.meets_on)
    said = (Meeting.starts_at, CheckIn.asked_at, CheckIn.answered_for, depute_who_cannot(who.id).label("depute_out"))
    theirs = (CheckIn.board_id == Meeting.board_id, CheckIn.meeting_id == Meeting.id, CheckIn.person_id == who.id)
    sits = exists().where(
        Appointment.board_id == Meeting.board_id,
        Appointment.group_id == Meeting.group_id,
        Appointment.person_id == who.id,
        Meeting.meets_on.between(Appointment.from_on, Appointment.until_on),
    )
    until = may_change_until(who.id, who.now).label("changes_until")
    return (
        select(*of_meeting, *said, Board.check_in_days, until)
        .select_from(Meeting)
        .join(Group, Group.id == Meeting.group_id)
        .join(Board, Board.id == Meeting.board_id)
        .outerjoin(CheckIn, and_(*theirs))
        .where(or_(CheckIn.asked_at.is_not(None), sits), who.within(CHECK_IN_ANSWER, Meeting))
        .where(Meeting.meets_on >= who.today, Meeting.status == PLANNED, ~has_depute(who.id))
    )


def _answer(found: Sequence[Own], today: date) -> Iterator[Line]:
    """It stands first until it is answered."""
    for asked in found:
        if asked.is_asked(today) and needs_answer(asked.answered_for, asked.meets_on):
            day = short_day_words(asked.meets_on)
            title = f"Tell us if you’re coming: {asked.group_name}, {day}"
            if asked.depute_out:
                title = f"{asked.depute_out} can’t go. Are you coming to {asked.group_name} on {day}?"
            words, where = "You can request care and papers by post there too", {"meeting_id": asked.meeting_id}
            if asked.changes_until:
                words = f"This may still change until {hour_words(no_sooner(asked.changes_until))}"
            yield Line(asked.since, title, words, where, day_is=UNSAID, apart=f", {hour_words(asked.starts_at)}")


@dataclass(frozen=True)
class Undoable:
    """What somebody can still undo: that they cannot come."""

    board_id: UUID
    check_in_id: UUID
    group_name: str
    starts_at: datetime
    ends_at: datetime


def _undoable(who: Whoever) -> Rows:
    of_meeting = (Group.name.label("group_name"), Meeting.starts_at)
    return (
        select(CheckInUndo.board_id, CheckInUndo.check_in_id, *of_meeting, CheckInUndo.ends_at)
        .join(Meeting, Meeting.id == CheckInUndo.meeting_id)
        .join(Group, Group.id == CheckInUndo.group_id)
        .where(CheckInUndo.person_id == who.id, who.within(CHECK_IN_UNDO, CheckInUndo), Meeting.status == PLANNED)
        .where(CheckInUndo.ends_at > who.now, Meeting.starts_at > who.now)
    )


def _undo(found: Sequence[Undoable], _today: date) -> Iterator[Line]:
    """It stands first, as it does not last."""
    for said in found:
        title = f"Undo your apologies for {said.group_name}, {short_day_words(london_day(said.starts_at))}"
        where, hour = {"check_in_id": said.check_in_id}, f", {hour_words(said.starts_at)}"
        yield Line(date.min, title, f"Until {hour_words(said.ends_at)}", where, day_is=UNSAID, apart=hour)


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

    def answer(self, today: date) -> str | None:
        """'' where an answer is missing, or the meeting has moved since; None before the time of asking has come."""
        if self.has_depute:
            return DEPUTE
        if not needs_answer(self.answered_for, self.meets_on):
            return self.coming or ""
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
    said = (CheckIn.asked_at, CheckIn.answered_for, CheckIn.coming)
    depute = has_depute(who_goes.person_id).label("has_depute")
    return (
        select(*of_meeting, who_goes.person_id, Person.name.label("person_name"), *said, Board.check_in_days, depute)
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
            where = {"meeting_id": asked.meeting_id}
            yield Line(today, f"{named(asked.person_name)}: ask if they’re coming, {left} left", where=where)


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
class Wanted:
    """A meeting of which an approver asked who came, and nobody has recorded it."""

    board_id: UUID
    meeting_id: UUID
    group_name: str
    meets_on: date
    asked_at: datetime


def _wanted(who: Whoever) -> Rows:
    of_meeting = (Meeting.board_id, Meeting.id.label("meeting_id"), Group.name.label("group_name"), Meeting.meets_on)
    return (
        select(*of_meeting, FiredOccasion.fired_at.label("asked_at"))
        .join(Group, Group.id == Meeting.group_id)
        .join(FiredOccasion, FiredOccasion.key == key_in_statement(ATTENDANCE_WANTED, Meeting.id))
        .where(Meeting.attendance_at.is_(None), Meeting.status == PLANNED, who.within(ATTENDANCE_CONFIRM, Meeting))
    )


def _record(found: Sequence[Wanted], _today: date) -> Iterator[Line]:
    for meeting in found:
        title = f"Record attendance: {meeting.group_name}, {short_day_words(meeting.meets_on)}"
        words, where = "Someone at your board needs to know who came", {"meeting_id": meeting.meeting_id}
        yield Line(london_day(meeting.asked_at), title, words, where, day_is=SINCE)


OWN = ToDo("check-in to answer", Whom.THEMSELVES, Own, _own, first_page=Says("check_in.signed_in", _answer))
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
WANTED = ToDo("attendance to record", Whom.STAFF, Wanted, _wanted, first_page=Says("check_in.attendance", _record))
UNDO = ToDo("apologies to undo", Whom.THEMSELVES, Undoable, _undoable, first_page=Says("check_in.undo", _undo))
TODO = (OWN, UNDO, TO_POST, WANTED, ASKED, ASKED_DEPUTE)
