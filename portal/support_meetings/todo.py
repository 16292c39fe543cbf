"""The support meetings that reps, and deputes who stand in, are to be at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import POINTS_BRING
from portal.boards.models import Group
from portal.core.clock import london_day
from portal.core.text import short_day_words, time_and_place_words
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import ON, Line
from portal.meetings.models import Meeting
from portal.meetings.queries import has_depute
from portal.meetings.rules import PLANNED
from portal.support_meetings.models import SupportMeeting
from portal.support_meetings.rules import SUPPORT_LASTS

SHOWN_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Invited:
    """A support meeting that is not over, before a meeting of somebody's."""

    board_id: UUID
    meeting_id: UUID
    group_name: str
    meets_on: date
    starts_at: datetime
    place: str
    link: str


def _invited(who: Whoever) -> Rows:
    """Whose depute goes need not come."""
    of_meeting = (Meeting.board_id, Meeting.id.label("meeting_id"), Group.name.label("group_name"), Meeting.meets_on)
    return (
        select(*of_meeting, SupportMeeting.starts_at, SupportMeeting.place, SupportMeeting.link)
        .select_from(SupportMeeting)
        .join(Meeting, Meeting.id == SupportMeeting.meeting_id)
        .join(Group, Group.id == Meeting.group_id)
        .where(SupportMeeting.starts_at > who.now - SUPPORT_LASTS, SupportMeeting.starts_at < who.now + SHOWN_AHEAD)
        .where(Meeting.status == PLANNED, who.within(POINTS_BRING, Meeting), ~has_depute(who.id))
    )


def _come(found: Sequence[Invited], _today: date) -> Iterator[Line]:
    for one in found:
        title = f"Support meeting for {one.group_name}"
        words = time_and_place_words(one.starts_at, None, one.place, one.link)
        where, apart = {"meeting_id": one.meeting_id}, f", before {short_day_words(one.meets_on)}"
        yield Line(london_day(one.starts_at), title, words, where, day_is=ON, apart=apart)


TO_COME = ToDo(
    "support meetings to come to", Whom.THEMSELVES, Invited, _invited, first_page=Says("support_meetings.show", _come)
)
TODO = (TO_COME,)
