"""What reps' own pages want of people: messages to read, and a rep who wants to stop to talk with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import ROLE_PROFILE_OWN, STEPPING_DOWN_SETTLE
from portal.accounts.models import Person
from portal.boards.models import Appointment, Group
from portal.core.clock import london_day
from portal.core.text import count_words, short_day_words
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import SINCE, Line
from portal.role_profiles.models import ProfileMessage, StepDownRequest
from portal.role_profiles.rules import MESSAGES_STAY_DAYS
from portal.role_profiles.stepping_down.rules import ASKED


@dataclass(frozen=True)
class Unread:
    """A message from the public that its rep has not marked as read."""

    board_id: UUID
    sent_at: datetime


def _unread(who: Whoever) -> Rows:
    since = who.now - timedelta(days=MESSAGES_STAY_DAYS)
    return select(ProfileMessage.board_id, ProfileMessage.sent_at).where(
        ProfileMessage.person_id == who.id,
        ProfileMessage.read_at.is_(None),
        ProfileMessage.sent_at > since,
        who.within(ROLE_PROFILE_OWN, ProfileMessage),
    )


def _read(found: Sequence[Unread], _today: date) -> Iterator[Line]:
    first = london_day(min(one.sent_at for one in found))
    title = f"Read {count_words(len(found), 'new message', 'new messages')} from the public"
    yield Line(first, title, f"Only you can read {'it' if len(found) == 1 else 'them'}", day_is=SINCE)


@dataclass(frozen=True)
class Stopping:
    """A rep who wants to leave a seat."""

    board_id: UUID
    step_down_id: UUID
    person_name: str
    group_name: str
    asked_at: datetime
    last_day_on: date


def _stopping(who: Whoever) -> Rows:
    names = (Person.name.label("person_name"), Group.name.label("group_name"))
    asked = (StepDownRequest.asked_at, StepDownRequest.last_day_on)
    return (
        select(StepDownRequest.board_id, StepDownRequest.id.label("step_down_id"), *names, *asked)
        .join(Person, Person.id == StepDownRequest.person_id)
        .join(Group, Group.id == StepDownRequest.group_id)
        .join(Appointment, Appointment.id == StepDownRequest.appointment_id)
        .where(StepDownRequest.status == ASKED, who.within(STEPPING_DOWN_SETTLE, StepDownRequest))
        .where(Appointment.until_on >= who.today)
    )


def _talk(found: Sequence[Stopping], _today: date) -> Iterator[Line]:
    for one in found:
        words = f"{one.group_name}. Would like to stop on {short_day_words(one.last_day_on)}"
        where = {"step_down_id": one.step_down_id}
        title = f"Talk with {one.person_name}, who wants to stop"
        yield Line(london_day(one.asked_at), title, words, where, day_is=SINCE)


def _talk_on_desk(found: Sequence[Stopping], _today: date) -> Iterator[Line]:
    for one in found:
        words = f"{one.person_name}: wants to stop on {short_day_words(one.last_day_on)}"
        where = {"step_down_id": one.step_down_id}
        yield Line(london_day(one.asked_at), words, one.group_name, where, day_is=SINCE)


MESSAGES = ToDo(
    "message from the public",
    Whom.THEMSELVES,
    Unread,
    _unread,
    first_page=Says("role_profiles.messages", _read, all_boards=True),
)
STOPPING = ToDo(
    "rep who wants to stop",
    Whom.STAFF,
    Stopping,
    _stopping,
    first_page=Says("role_profiles.settle_stop", _talk),
    desk=Says("role_profiles.settle_stop", _talk_on_desk),
)
TODO = (MESSAGES, STOPPING)
