"""Every change to meetings, agendas and stand-ins."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID, uuid4

from portal.boards.models import Group
from portal.core import clock
from portal.core.calendar import moment
from portal.core.changes import Changes
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import assign, save_unless_changed
from portal.meetings import queries
from portal.meetings.agendas.numbering import renumber, renumber_with
from portal.meetings.agendas.told import forget_words_if_restricted, item_changed, item_removed
from portal.meetings.events import (
    AgendaChanged,
    DeputeCannotCome,
    DeputeStandsDown,
    DeputeStandsIn,
    MeetingAdjourned,
    MeetingCancelled,
    MeetingMoved,
    MeetingNotHeld,
    MeetingScheduled,
    SittingCancelled,
    StandInUndone,
    TimesEvent,
)
from portal.meetings.models import AgendaItem, Meeting, Sitting, StandIn
from portal.meetings.rules import (
    CANCELLED,
    NOT_HELD,
    PLANNED,
    has_opened,
    sits_again,
    why_agenda_fixed,
    why_not_ended,
    why_not_moved,
    why_order_fixed,
)


class Settled(ValueError):
    """What is on record of a meeting does not change any more; the message says why, and what to do."""


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
        opened_on=meets_on,
        starts_at=moment(meets_on, hour),
        place=place,
        link=link,
        called_at=clock.now(),
    )
    db.session.add(meeting)
    db.session.flush()
    record(MeetingScheduled(board_id=group.board_id, meeting_id=meeting.id))
    return meeting


def change(meeting: Meeting, version: int, meets_on: date, hour: time, place: str, link: str, kind: str) -> None:
    """Raises Settled, EditConflict, and NoSuchHour when the clocks skip that hour."""
    starts_at = moment(meets_on, hour)
    _refuse(why_not_moved(meeting, clock.now()))
    if starts_at <= clock.now():
        raise Settled("That day or hour is over. Enter one that is still to come")
    opened_on = meeting.opened_on if sits_again(meeting) else meets_on
    was_at, was_place = meeting.starts_at, meeting.place
    when = {"meets_on": meets_on, "opened_on": opened_on, "starts_at": starts_at}
    if not (changed := save_unless_changed(meeting, version, **when, place=place, link=link, kind=kind)):
        return
    db.session.refresh(meeting, ["target_days"])
    if changed.keys() & {"starts_at", "place", "link"}:
        record(MeetingMoved(**_times(meeting, was_at, changed), was_place=was_place, version=meeting.version))
    else:
        record(AgendaChanged(board_id=meeting.board_id, meeting_id=meeting.id, **AgendaChanged.says(changed)))


def _times(meeting: Meeting, was_at: datetime, changed: Changes) -> Typed:
    return {"board_id": meeting.board_id, "meeting_id": meeting.id, "was_at": was_at, **TimesEvent.says(changed)}


def _refuse(why: str) -> None:
    if why:
        raise Settled(why)


def cancel(meeting: Meeting, version: int, reason: str) -> None:
    """Before it begins. Of a meeting that was adjourned only the next sitting goes. Raises Settled, EditConflict."""
    _refuse(why_not_moved(meeting, clock.now()))
    if sits_again(meeting):
        _end_sitting(meeting, version, reason)
    else:
        save_unless_changed(meeting, version, status=CANCELLED, reason=reason)
        record(MeetingCancelled(board_id=meeting.board_id, meeting_id=meeting.id))


def adjourn(meeting: Meeting, version: int, meets_on: date, hour: time, reason: str) -> None:
    """A meeting that has begun sits again on another day; its first day stays the one that its papers were due for.

    Raises Settled, EditConflict and NoSuchHour.
    """
    _refuse(why_not_ended(meeting, clock.now()))
    starts_at, was_at = moment(meets_on, hour), meeting.starts_at
    _refuse("Enter a day after today" if meets_on <= clock.today() else "")
    of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
    sitting = Sitting(**of, held_on=meeting.meets_on, starts_at=was_at, reason=reason)
    changed = save_unless_changed(meeting, version, meets_on=meets_on, starts_at=starts_at, reason=reason)
    db.session.add(sitting)
    record(MeetingAdjourned(**_times(meeting, was_at, changed), version=meeting.version))


def mark_not_held(meeting: Meeting, version: int, reason: str) -> None:
    """On its day: it should have begun, and did not take place. Raises Settled and EditConflict."""
    _refuse(why_not_ended(meeting, clock.now()))
    if sits_again(meeting):
        _end_sitting(meeting, version, reason)
    else:
        save_unless_changed(meeting, version, status=NOT_HELD, reason=reason)
        record(MeetingNotHeld(board_id=meeting.board_id, meeting_id=meeting.id))


def _end_sitting(meeting: Meeting, version: int, reason: str) -> None:
    """A meeting that was adjourned does not sit again on that day: it was held on the days on which it sat."""
    was_at, last = meeting.starts_at, queries.sittings(meeting.id)[-1]
    changes = save_unless_changed(meeting, version, meets_on=last.held_on, starts_at=last.starts_at, reason=reason)
    db.session.delete(last)
    record(SittingCancelled(**_times(meeting, was_at, changes)))


@records_nothing("the correction is recorded")
def correct_day(meeting: Meeting, day: date) -> None:
    """The day on which a meeting was held was wrong on record. Raises NoSuchHour."""
    if not sits_again(meeting):
        meeting.starts_at = moment(day, meeting.starts_at.astimezone(clock.LONDON).time())
        meeting.meets_on = day
    for first in queries.sittings(meeting.id)[:1]:
        first.held_on = day
    meeting.opened_on, meeting.version = day, meeting.version + 1
    db.session.flush()
    db.session.refresh(meeting, ["target_days"])


@records_nothing("the correction is recorded")
def correct_held(meeting: Meeting, is_held: bool) -> None:
    """Whether a meeting was held was wrong on record."""
    meeting.status, meeting.version = PLANNED if is_held else NOT_HELD, meeting.version + 1
    db.session.flush()


@records_nothing("who came is recorded")
def mark_attendance_recorded(meeting: Meeting) -> None:
    """It is on record who came: from now on the meeting was held."""
    meeting.attendance_at = meeting.attendance_at or clock.now()


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


def add_item(meeting: Meeting, once: UUID | None = None, **typed: object) -> AgendaItem:
    """Add an item at the end, numbered by its place if by nothing else. Sent twice it is one. Raises Settled."""
    if once and (there := db.session.get(AgendaItem, once)):
        return there
    _refuse(why_agenda_fixed(meeting))
    item = AgendaItem(
        id=once or uuid4(),
        board_id=meeting.board_id,
        group_id=meeting.group_id,
        meeting_id=meeting.id,
        position=queries.last_position(meeting.id) + 1,
        added_on=clock.today(),
        is_number_typed=bool(typed.get("number")),
        **typed,
    )
    db.session.add(item)
    db.session.flush()
    renumber_with(item)
    record(item_changed(item, done="added"))
    return item


def change_item(item: AgendaItem, **typed: object) -> None:
    """Once the meeting has begun, whether an item has a paper is on record. Raises Settled."""
    _refuse(why_agenda_fixed(item.meeting))
    if has_opened(item.meeting, clock.now()) and typed.get("is_verbal", item.is_verbal) != item.is_verbal:
        raise Settled("The meeting has begun, so it stays on record whether this item has a paper")
    if "number" in typed:
        typed |= {"is_number_typed": bool(typed["number"]), "number": typed["number"] or item.number}
    was = item.number
    if changed := assign(item, **typed):
        renumber_with(item) if "number" in changed else renumber(item.meeting_id)
        forget_words_if_restricted(item, changed)
        record(item_changed(item, {**changed, "number": (was, item.number)}))


def move_item(item: AgendaItem, step: int) -> None:
    """One place up (-1) or down (+1); at the end of the list nothing happens. Raises Settled."""
    _refuse(why_order_fixed(item.meeting, clock.now()))
    order = list(queries.items(item.meeting_id))
    there = (here := order.index(item)) + step
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        for position, one in enumerate(order, start=1):
            one.position = position
        was = item.number
        renumber(item.meeting_id)
        record(item_changed(item, {"number": (was, item.number)}, done="moved"))


def remove_item(item: AgendaItem) -> None:
    """Take an item that nobody has seen yet off the agenda, before the meeting begins. Raises Settled."""
    if has_opened(item.meeting, clock.now()):
        raise Settled("The meeting has begun, so its agenda stays as it was")
    db.session.delete(item)
    record(item_removed(item))
    renumber(item.meeting_id)


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
    of = {"board_id": row.board_id, "meeting_id": row.meeting_id}
    record(DeputeStandsDown(**of, person_id=row.person_id, on_behalf_of_id=row.on_behalf_of_id))


def end_stand_ins_of(person_id: UUID) -> None:
    """Somebody is no longer a depute: they stand in at no meeting to come."""
    for row in queries.coming_stand_ins(person_id, clock.today()):
        end_stand_in(row)
