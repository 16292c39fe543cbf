"""Every change to meetings, agendas and stand-ins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from portal.boards.models import Group
from portal.core import clock
from portal.core.calendar import moment
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import save_unless_changed
from portal.meetings import queries
from portal.meetings.events import (
    AgendaChanged,
    DeputeCannotCome,
    DeputeStandsDown,
    DeputeStandsIn,
    MeetingAdjourned,
    MeetingCancelled,
    MeetingMoved,
    MeetingScheduled,
    StandInUndone,
)
from portal.meetings.models import AgendaItem, Meeting, StandIn
from portal.meetings.rules import CANCELLED, next_number


def schedule(
    group: Group, meets_on: date, hour: time, place: str = "", link: str = "", kind: str = "ordinary"
) -> Meeting:
    """Put a meeting on the calendar. Raises NoSuchHour when the clocks skip that hour."""
    meeting = Meeting(
        board_id=group.board_id,
        group_id=group.id,
        kind=kind,
        meets_on=meets_on,
        first_meets_on=meets_on,
        starts_at=moment(meets_on, hour),
        place=place,
        link=link,
        called_at=clock.now(),
    )
    db.session.add(meeting)
    db.session.flush()
    record(MeetingScheduled(board_id=group.board_id, meeting_id=meeting.id))
    return meeting


def schedule_several(group: Group, days: Sequence[date], hour: time, place: str, link: str, kind: str) -> list[Meeting]:
    """A year of dates at the same hour and place. Raises NoSuchHour before anything is saved."""
    for day in days:
        moment(day, hour)
    return [schedule(group, day, hour, place, link, kind) for day in days]


def change(meeting: Meeting, version: int, meets_on: date, hour: time, place: str, link: str, kind: str) -> None:
    """Raises EditConflict, and NoSuchHour when the clocks skip that hour."""
    starts_at = moment(meets_on, hour)
    was_at, was_place = meeting.starts_at, meeting.place
    moved = (starts_at, place, link) != (meeting.starts_at, meeting.place, meeting.link)
    save_unless_changed(meeting, version, meets_on=meets_on, starts_at=starts_at, place=place, link=link, kind=kind)
    if moved:
        record(_moved(meeting, was_at, was_place))
    else:
        record(AgendaChanged(board_id=meeting.board_id, meeting_id=meeting.id))


def _moved(meeting: Meeting, was_at: datetime, was_place: str) -> MeetingMoved:
    return MeetingMoved(
        board_id=meeting.board_id,
        meeting_id=meeting.id,
        was_at=was_at,
        was_place=was_place,
        version=meeting.version,
    )


def cancel(meeting: Meeting, version: int, reason: str) -> None:
    save_unless_changed(meeting, version, status=CANCELLED, reason=reason)
    record(MeetingCancelled(board_id=meeting.board_id, meeting_id=meeting.id))


def adjourn(meeting: Meeting, version: int, meets_on: date, hour: time, reason: str) -> None:
    """The meeting goes on another day. Raises EditConflict and NoSuchHour."""
    was_on = meeting.meets_on
    save_unless_changed(meeting, version, meets_on=meets_on, starts_at=moment(meets_on, hour), reason=reason)
    record(MeetingAdjourned(board_id=meeting.board_id, meeting_id=meeting.id, was_on=was_on, version=meeting.version))


@records_nothing("the change it belongs to is recorded")
def touch(meeting: Meeting, version: int) -> None:
    """Take the next version without another change, so that a second press of the same button is refused."""
    save_unless_changed(meeting, version)


@records_nothing("publishing papers is recorded")
def mark_agenda_published(meeting: Meeting) -> list[AgendaItem]:
    """Show the agenda as it is now; returns the items that were not shown before."""
    meeting.agenda_published_at = meeting.agenda_published_at or clock.now()
    fresh = [item for item in queries.items(meeting.id) if item.published_at is None]
    for item in fresh:
        item.published_at = clock.now()
    return fresh


@records_nothing("publishing papers is recorded")
def mark_minutes_published(meeting: Meeting, approved: bool) -> None:
    meeting.minutes_published_at = meeting.minutes_published_at or clock.now()
    if approved:
        meeting.minutes_approved_at = meeting.minutes_approved_at or clock.now()


def add_item(meeting: Meeting, **typed: object) -> AgendaItem:
    """Add an item at the end; without a number the next whole one is proposed."""
    if not typed.get("number"):
        typed["number"] = next_number([item.number for item in queries.items(meeting.id)])
    item = AgendaItem(
        board_id=meeting.board_id,
        group_id=meeting.group_id,
        meeting_id=meeting.id,
        position=queries.last_position(meeting.id) + 1,
        **typed,
    )
    db.session.add(item)
    db.session.flush()
    record(AgendaChanged(board_id=meeting.board_id, meeting_id=meeting.id, item_id=item.id))
    return item


def change_item(item: AgendaItem, **typed: object) -> None:
    for name, value in typed.items():
        setattr(item, name, value)
    record(AgendaChanged(board_id=item.board_id, meeting_id=item.meeting_id, item_id=item.id))


def move_item(item: AgendaItem, step: int) -> None:
    """One place up (-1) or down (+1); at the end of the list nothing happens."""
    order = list(queries.items(item.meeting_id))
    here = order.index(item)
    there = here + step
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        for position, one in enumerate(order, start=1):
            one.position = position
        record(AgendaChanged(board_id=item.board_id, meeting_id=item.meeting_id, item_id=item.id))


def remove_item(item: AgendaItem) -> None:
    """Take an item that nobody has seen yet off the agenda."""
    db.session.delete(item)
    record(AgendaChanged(board_id=item.board_id, meeting_id=item.meeting_id, item_id=item.id))


def let_stand_in(meeting: Meeting, depute_id: UUID, rep_id: UUID) -> None:
    """B for A at this meeting, instead of whoever stood in for A before. Pressed twice, it happens once."""
    before = [row for row, _, _ in queries.stand_ins(meeting.id) if row.on_behalf_of_id == rep_id]
    if any(row.person_id == depute_id for row in before):
        return
    for row in before:
        end_stand_in(row)
    db.session.flush()
    _add_stand_in(meeting, depute_id, rep_id)
    record(
        DeputeStandsIn(board_id=meeting.board_id, meeting_id=meeting.id, person_id=depute_id, on_behalf_of_id=rep_id)
    )


def _add_stand_in(meeting: Meeting, depute_id: UUID, rep_id: UUID) -> None:
    of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
    db.session.add(StandIn(**of, person_id=depute_id, on_behalf_of_id=rep_id))


def undo_call(row: StandIn) -> None:
    """A depute was called and never heard of it: they stand in no more, and are not told."""
    db.session.delete(row)
    of = {"board_id": row.board_id, "meeting_id": row.meeting_id}
    record(StandInUndone(**of, person_id=row.person_id, on_behalf_of_id=row.on_behalf_of_id))


def undo_standing_down(meeting: Meeting, depute_id: UUID, rep_id: UUID) -> None:
    """A depute who said that they cannot go goes after all."""
    _add_stand_in(meeting, depute_id, rep_id)
    of = {"board_id": meeting.board_id, "meeting_id": meeting.id}
    record(StandInUndone(**of, person_id=depute_id, on_behalf_of_id=rep_id))


def depute_cannot_come(row: StandIn) -> None:
    """The depute cannot go after all: the rep and the officers are told."""
    db.session.delete(row)
    of = {"board_id": row.board_id, "meeting_id": row.meeting_id}
    record(DeputeCannotCome(**of, person_id=row.person_id, on_behalf_of_id=row.on_behalf_of_id))


def end_stand_in(row: StandIn) -> None:
    db.session.delete(row)
    record(
        DeputeStandsDown(
            board_id=row.board_id,
            meeting_id=row.meeting_id,
            person_id=row.person_id,
            on_behalf_of_id=row.on_behalf_of_id,
        )
    )


def end_stand_ins_of(person_id: UUID) -> None:
    """Somebody is no longer a depute: they stand in at no meeting to come."""
    for row in queries.coming_stand_ins(person_id, clock.today()):
        end_stand_in(row)
