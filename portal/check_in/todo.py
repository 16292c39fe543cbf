"""What check-ins want of people: reps say if they come, officers ask those who have not said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import CHECK_IN_ANSWER, DESK_READ
from portal.accounts.models import Person
from portal.boards.models import Group
from portal.check_in.models import CheckIn
from portal.check_in.rules import ANSWERS_AHEAD, is_time_to_call, needs_answer
from portal.core.clock import london_day
from portal.core.text import count_words, short_day_words
from portal.infra.kept import Whoever
from portal.infra.todo import Line, Rows, Says, ToDo, Whom
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED


@dataclass(frozen=True)
class Own:
    """What the email asked somebody about one coming meeting."""

    board_id: UUID
    meeting_id: UUID
    group_name: str
    meets_on: date
    asked_at: datetime
    answered_for: date | None


def _own(who: Whoever) -> Rows:
    of_meeting = (CheckIn.board_id, CheckIn.meeting_id, Group.name.label("group_name"), Meeting.meets_on)
    return (
        select(*of_meeting, CheckIn.asked_at, CheckIn.answered_for)
        .join(Meeting, Meeting.id == CheckIn.meeting_id)
        .join(Group, Group.id == CheckIn.group_id)
        .where(CheckIn.person_id == who.id, CheckIn.asked_at.is_not(None), who.within(CHECK_IN_ANSWER, CheckIn))
        .where(Meeting.meets_on >= who.today, Meeting.status == PLANNED)
    )


def _answer(found: Sequence[Own], _today: date) -> Iterator[Line]:
    """It stands first until it is answered."""
    for asked in found:
        if needs_answer(asked.answered_for, asked.meets_on):
            title = f"Say if you are coming to {asked.group_name}"
            words = f"{short_day_words(asked.meets_on)}. Half a minute"
            yield Line(london_day(asked.asked_at), title, words, {"meeting_id": asked.meeting_id})


@dataclass(frozen=True)
class Asked:
    """What somebody was asked about a coming meeting, and answered."""

    board_id: UUID
    meeting_id: UUID
    meets_on: date
    person_id: UUID
    person_name: str
    answered_for: date | None
    coming: str

    @property
    def answer(self) -> str:
        """'' where nobody has answered, or the meeting has moved since."""
        return "" if needs_answer(self.answered_for, self.meets_on) else self.coming


def _asked(who: Whoever) -> Rows:
    of_meeting = (CheckIn.board_id, CheckIn.meeting_id, Meeting.meets_on)
    of_person = (CheckIn.person_id, Person.name.label("person_name"), CheckIn.answered_for, CheckIn.coming)
    return (
        select(*of_meeting, *of_person)
        .join(Meeting, Meeting.id == CheckIn.meeting_id)
        .join(Person, Person.id == CheckIn.person_id)
        .where(CheckIn.asked_at.is_not(None), who.within(DESK_READ, CheckIn), Meeting.status == PLANNED)
        .where(Meeting.meets_on.between(who.today, who.today + ANSWERS_AHEAD))
    )


def _call(found: Sequence[Asked], today: date) -> Iterator[Line]:
    for asked in found:
        if is_time_to_call(asked.answered_for, asked.meets_on, today):
            left = count_words((asked.meets_on - today).days, "day")
            where = {"meeting_id": asked.meeting_id}
            yield Line(today, f"{asked.person_name}: ask if they come, {left} left", where=where)


OWN = ToDo("check-in to answer", Whom.THEMSELVES, Own, _own, first_page=Says("check_in.signed_in", _answer))
ASKED = ToDo("check-in of a rep", Whom.STAFF, Asked, _asked, desk=Says("check_in.coming", _call), in_table=True)
TODO = (OWN, ASKED)
