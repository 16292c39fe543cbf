"""What a rep, or whoever stands in, is asked themselves: whether they come, and what they can still undo."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, exists, or_, select

from portal.access.permissions import CHECK_IN_ANSWER, CHECK_IN_UNDO
from portal.boards.models import Appointment, Board, Group
from portal.check_in.models import CheckIn, CheckInUndo
from portal.check_in.outdated import answered_for, is_outdated
from portal.check_in.queries import depute_who_cannot, may_change_until
from portal.check_in.rules import (
    ONLINE_NOW,
    is_asked_by,
    needs_answer,
)
from portal.core.clock import london_day
from portal.core.text import hour_words, no_sooner, short_day_words
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import UNSAID, Line
from portal.meetings.models import Meeting
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
    is_outdated: bool | None = False  # they come in person to what is online only by now

    @property
    def has_moved(self) -> bool:
        """Whether they answered for the day on which it met before."""
        return self.answered_for is not None and needs_answer(self.answered_for, self.meets_on)

    def is_asked(self, today: date) -> bool:
        """By email, or because the time of asking has come: whoever was appointed after that has had no email yet."""
        is_at_once = bool(self.is_outdated) or self.has_moved
        return is_at_once or self.asked_at is not None or is_asked_by(self.meets_on, self.check_in_days, today)

    @property
    def since(self) -> date:
        if self.is_outdated or self.has_moved:
            return date.min
        asked_on = self.meets_on - timedelta(days=self.check_in_days)
        return london_day(self.asked_at) if self.asked_at else asked_on


def _own(who: Whoever) -> Rows:
    """Whose depute goes has nothing to answer."""
    of_meeting = (Meeting.board_id, Meeting.id.label("meeting_id"), Group.name.label("group_name"), Meeting.meets_on)
    said = (
        Meeting.starts_at,
        CheckIn.asked_at,
        answered_for(),
        depute_who_cannot(who.id).label("depute_out"),
    )
    theirs = (CheckIn.board_id == Meeting.board_id, CheckIn.meeting_id == Meeting.id, CheckIn.person_id == who.id)
    sits = exists().where(
        Appointment.board_id == Meeting.board_id,
        Appointment.group_id == Meeting.group_id,
        Appointment.person_id == who.id,
        Meeting.meets_on.between(Appointment.from_on, Appointment.until_on),
    )
    until = may_change_until(who.id, who.now).label("changes_until")
    return (
        select(*of_meeting, *said, Board.check_in_days, until, is_outdated().label("is_outdated"))
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
            if asked.answered_for and not asked.depute_out:
                words = f"Your answer was for {short_day_words(asked.answered_for)}"
            if asked.is_outdated:
                words = f"{ONLINE_NOW}."
            if asked.changes_until:
                who = "Your depute" if asked.depute_out else "The rep"
                words = f"{who} may still undo their apologies until {hour_words(no_sooner(asked.changes_until))}"
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
        until = f"Until {hour_words(said.ends_at)}"
        yield Line(date.min, title, until, where, day_is=UNSAID, is_brief=True, apart=hour)


OWN = ToDo("check-in to answer", Whom.THEMSELVES, Own, _own, first_page=Says("check_in.signed_in", _answer))
UNDO = ToDo("apologies to undo", Whom.THEMSELVES, Undoable, _undoable, first_page=Says("check_in.undo", _undo))
