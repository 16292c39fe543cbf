"""What papers want of people: reps read them, clerks publish them and the minutes, officers ask for what is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, exists, func, not_, select
from sqlalchemy.orm import aliased

from portal.access.permissions import EMAILS_RESEND, MEETINGS_MANAGE, NOTES_WRITE, PAPERS_PREPARE
from portal.accounts.models import Person
from portal.boards.models import Group
from portal.boards.rules import MOST_TARGET_DAYS
from portal.core.text import count_words, hour_words, minutes_words, short_day_words
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import UNSAID, Line
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.queries import has_depute
from portal.meetings.rules import PLANNED
from portal.papers.models import Paper, Reading
from portal.papers.notice.rules import MINUTES_DUE_AFTER_DAYS, minutes_due_on, target_day
from portal.papers.preparing.queries import has_no_minutes, needs_paper
from portal.papers.preparing.rules import (
    MINUTES_CHASED,
    PREPARE_AHEAD,
    is_ready,
    last_working_day_words,
    missing_words,
)
from portal.papers.reading.queries import PAPERS_AND_PAGES, in_sight, only_unread
from portal.papers.reading.rules import reading_minutes


@dataclass(frozen=True)
class Unread:
    """The published papers of a coming meeting that somebody has not marked as read."""

    board_id: UUID
    meeting_id: UUID
    group_name: str
    meets_on: date
    starts_at: datetime
    papers: int
    pages: int
    minutes_per_page: int


def _unread(who: Whoever) -> Rows:
    """Whose depute goes need not read them."""
    of_meeting = (
        Meeting.board_id,
        Meeting.id.label("meeting_id"),
        Group.name.label("group_name"),
        Meeting.meets_on,
        Meeting.starts_at,
    )
    rows = (
        select(*of_meeting, *PAPERS_AND_PAGES, Person.minutes_per_page)
        .select_from(Paper)
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .join(Group, Group.id == Meeting.group_id)
        .join(Person, Person.id == who.id)
        .where(Meeting.meets_on >= who.today, Meeting.status == PLANNED, who.within(NOTES_WRITE, Meeting))
        .where(~has_depute(who.id))
    )
    return only_unread(rows, who).group_by(*of_meeting, Person.minutes_per_page)


def _read(found: Sequence[Unread], _today: date) -> Iterator[Line]:
    for meeting in found:
        minutes = minutes_words(reading_minutes(meeting.pages, meeting.minutes_per_page))
        papers, where = count_words(meeting.papers, "paper"), {"meeting_id": meeting.meeting_id}
        title = f"Read {papers} for {meeting.group_name}, {short_day_words(meeting.meets_on)}"
        words = f"{count_words(meeting.pages, 'page')}, about {minutes}"
        apart = f", {hour_words(meeting.starts_at)}"
        yield Line(meeting.meets_on, title, words, where, day_is=UNSAID, apart=apart)


@dataclass(frozen=True)
class Withdrawn:
    """A withdrawn paper of a coming meeting, and since when there is another in its place, if there is."""

    board_id: UUID
    meeting_id: UUID
    group_name: str
    meets_on: date
    title: str
    replaced_on: date | None


def _withdrawn(who: Whoever) -> Rows:
    """Until the meeting, or until the paper in its place is marked as read. Whose depute goes need not know."""
    instead = aliased(Paper)
    is_instead = (instead.in_place_of_id == Paper.id, instead.withdrawn_at.is_(None))
    replaced_on = select(func.max(instead.first_published_on)).where(*is_instead)
    is_read = exists().where(Reading.paper_id == instead.id, Reading.person_id == who.id, *is_instead)
    return (
        select(
            Meeting.board_id,
            Meeting.id.label("meeting_id"),
            Group.name.label("group_name"),
            Meeting.meets_on,
            Paper.title,
            replaced_on.correlate(Paper).scalar_subquery().label("replaced_on"),
        )
        .select_from(Paper)
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .join(Group, Group.id == Meeting.group_id)
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .where(Paper.withdrawn_at.is_not(None), in_sight(who), ~is_read)
        .where(Meeting.meets_on >= who.today, Meeting.status == PLANNED, who.within(NOTES_WRITE, Meeting))
        .where(~has_depute(who.id))
    )


def _know(found: Sequence[Withdrawn], _today: date) -> Iterator[Line]:
    for paper in found:
        came = "No other paper has been published in its place yet"
        if paper.replaced_on:
            came = f"A replacement paper was published on {short_day_words(paper.replaced_on)}"
        title = f"A paper for {paper.group_name}, {short_day_words(paper.meets_on)}, was withdrawn: {paper.title}"
        yield Line(paper.meets_on, title, came, {"meeting_id": paper.meeting_id}, day_is=UNSAID)


DUE_SOON = timedelta(days=7)  # officers hear of papers by email before they are late, and read of them here from then


@dataclass(frozen=True)
class Prepared:
    """A coming meeting, and how far its papers are."""

    board_id: UUID
    meeting_id: UUID
    group_name: str
    opened_on: date
    target_days: int
    is_agenda_published: bool
    missing: int

    @property
    def target(self) -> date:
        return target_day(self.opened_on, self.target_days)

    @property
    def is_ready(self) -> bool:
        return is_ready(self.is_agenda_published, self.missing)

    @property
    def missing_words(self) -> str:
        return missing_words(self.is_agenda_published, self.missing)


def _prepared(who: Whoever, until: timedelta) -> Rows:
    missing = select(func.count(AgendaItem.id)).where(AgendaItem.meeting_id == Meeting.id, needs_paper())
    return (
        select(
            Meeting.board_id,
            Meeting.id.label("meeting_id"),
            Group.name.label("group_name"),
            Meeting.opened_on,
            Meeting.target_days.label("target_days"),
            Meeting.agenda_published_at.is_not(None).label("is_agenda_published"),
            missing.correlate(Meeting).scalar_subquery().label("missing"),
        )
        .join(Group, Group.id == Meeting.group_id)
        .where(Meeting.opened_on.between(who.today, who.today + until), Meeting.status == PLANNED)
    )


def _to_prepare(who: Whoever) -> Rows:
    return _prepared(who, PREPARE_AHEAD).where(who.within(PAPERS_PREPARE, Meeting))


def _publish(found: Sequence[Prepared], today: date) -> Iterator[Line]:
    for meeting in found:
        if meeting.is_ready:
            continue
        title = f"Publish papers for {meeting.group_name}, {short_day_words(meeting.opened_on)}"
        missing = f"Missing: {meeting.missing_words}{last_working_day_words(meeting.target, today)}"
        yield Line(meeting.target, title, missing, {"meeting_id": meeting.meeting_id}, for_day=meeting.opened_on)


def _to_ask_for(who: Whoever) -> Rows:
    """Officers publish nothing but are answerable for the target; whoever is the clerk too is told as clerk."""
    told_as_clerk = and_(who.within(PAPERS_PREPARE, Meeting), Meeting.opened_on <= who.today + PREPARE_AHEAD)
    rows = _prepared(who, timedelta(days=MOST_TARGET_DAYS))
    return rows.where(who.within(EMAILS_RESEND, Meeting), not_(told_as_clerk))


def _ask_for(found: Sequence[Prepared], today: date) -> Iterator[Line]:
    for meeting in found:
        if today >= meeting.target - DUE_SOON and not meeting.is_ready:
            is_late, day = today > meeting.target, short_day_words(meeting.opened_on)
            yield Line(
                meeting.target,
                f"{'Ask the clerk for the papers of' if is_late else 'Papers are due for'} {meeting.group_name}, {day}",
                f"Missing: {meeting.missing_words}{last_working_day_words(meeting.target, today)}",
                {"meeting_id": meeting.meeting_id},
                for_day=meeting.opened_on,
            )


@dataclass(frozen=True)
class Held:
    """A meeting that was held, and whose draft minutes are not published."""

    board_id: UUID
    meeting_id: UUID
    group_name: str
    met_on: date


def _without_minutes(who: Whoever) -> Rows:
    of_meeting = (Meeting.board_id, Meeting.id.label("meeting_id"), Group.name.label("group_name"))
    return (
        select(*of_meeting, Meeting.meets_on.label("met_on"))
        .join(Group, Group.id == Meeting.group_id)
        .where(Meeting.meets_on.between(who.today - MINUTES_CHASED, who.today - timedelta(days=1)))
        .where(Meeting.status == PLANNED, has_no_minutes(), who.within(MEETINGS_MANAGE, Meeting))
    )


def _minutes(found: Sequence[Held], _today: date) -> Iterator[Line]:
    for meeting in found:
        due = minutes_due_on(meeting.met_on)
        title = f"Publish draft minutes of {meeting.group_name}, {short_day_words(meeting.met_on)}"
        words = f"Due {count_words(MINUTES_DUE_AFTER_DAYS, 'day')} after the meeting"
        yield Line(due, title, words, {"meeting_id": meeting.meeting_id})


MEETING = "papers.meeting"
TO_READ = ToDo("papers to read", Whom.THEMSELVES, Unread, _unread, first_page=Says(MEETING, _read))
TO_KNOW = ToDo("papers withdrawn", Whom.THEMSELVES, Withdrawn, _withdrawn, first_page=Says(MEETING, _know))
TO_PUBLISH = ToDo("papers to publish", Whom.STAFF, Prepared, _to_prepare, first_page=Says(MEETING, _publish))
TO_ASK_FOR = ToDo(
    "papers to ask for",
    Whom.STAFF,
    Prepared,
    _to_ask_for,
    first_page=Says(MEETING, _ask_for),
    desk=Says(MEETING, _ask_for),
)
MINUTES = ToDo("minutes to publish", Whom.STAFF, Held, _without_minutes, first_page=Says(MEETING, _minutes))
TODO = (TO_READ, TO_KNOW, TO_PUBLISH, TO_ASK_FOR, MINUTES)
