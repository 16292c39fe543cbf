"""Who hears by email what happened to a meeting; and the people and facts of a meeting for the emails of others."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from portal.boards import queries as boards
from portal.boards.emails import clerks_officers_and_administrators, name_of
from portal.capability import gathered
from portal.core import clock
from portal.core.clock import london_day
from portal.core.text import day_words, moment_words, short_date_words, short_day_words
from portal.infra.notification import Facts, Later, Notification, Reader, Recipient, each, the_person
from portal.infra.unit_of_work import acting
from portal.meetings import queries
from portal.meetings.events import (
    DeputeCannotCome,
    DeputeStandsDown,
    DeputeStandsIn,
    MeetingAdjourned,
    MeetingCancelled,
    MeetingComesSoon,
    MeetingEvent,
    MeetingMoved,
    MeetingNotHeld,
    MeetingScheduled,
    SittingCancelled,
)
from portal.meetings.invitations import begins, invitation, say_the_same, with_entry
from portal.meetings.models import Meeting
from portal.meetings.rules import is_called_late, sits_again
from portal.meetings.when_sent import CHANGED, meeting_of, unless_changed, unless_off, while_standing_in, why_off

CALLED = "meeting-called"
ANSWERS = "answers"  # of all, that no email keeps


class AboutMeeting(Protocol):
    """An event about a meeting, of whichever capability."""

    @property
    def meeting_id(self) -> UUID: ...


class OnBehalf(Protocol):
    """An event about somebody who stands in for a rep."""

    @property
    def on_behalf_of_id(self) -> UUID: ...


def reps_and_deputes(event: AboutMeeting) -> list[Recipient]:
    """Everyone who sits on the meeting's group today, and deputes who stand in at it."""
    meeting = queries.meeting_by_id(event.meeting_id)
    return each([*boards.reps_of_group(meeting.board_id, meeting.group_id, clock.today()), *_deputes(meeting)])


def _deputes(meeting: Meeting) -> list[UUID]:
    if meeting.minutes_published_at:
        return []
    return [row.person_id for row, _, _ in queries.stand_ins(meeting.id)]


def the_rep(event: OnBehalf) -> list[Recipient]:
    """For whom somebody stands in."""
    return [Recipient(event.on_behalf_of_id)]


def the_rep_unless_theirs(event: OnBehalf) -> list[Recipient]:
    """For whom somebody stands in, where it was not the rep who called them or let them go."""
    return [one for one in the_rep(event) if one.person_id != acting.get()]


def everyone_concerned(event: MeetingEvent) -> list[Recipient]:
    """Reps and deputes of a meeting, and all staff of the board who may read it, but whoever made the change.

    One rule for meetings and papers: what is new is told to whoever will be there; that something known has changed, to
    everyone who may read it, administrators too. Of a meeting to which nobody goes nobody is told.
    """
    going = reps_and_deputes(event)
    everyone = [*going, *clerks_officers_and_administrators(event)] if going else []
    return each(one.person_id for one in everyone if one.person_id != acting.get())


def reps_of_new_meeting(event: MeetingScheduled) -> list[Recipient]:
    meeting = queries.meeting_by_id(event.meeting_id)
    return [] if is_called_late(meeting.meets_on, clock.today()) else _reps_who_will_sit(meeting)


def reps_of_new_meeting_soon(event: MeetingScheduled) -> list[Recipient]:
    """Of a meeting so near that no email of tomorrow morning is early enough."""
    meeting = queries.meeting_by_id(event.meeting_id)
    return _reps_who_will_sit(meeting) if is_called_late(meeting.meets_on, clock.today()) else []


def _reps_who_will_sit(meeting: Meeting) -> list[Recipient]:
    """Reps who sit on the group now and on the day of the meeting, but whoever called it."""
    now, then = (
        boards.reps_of_group(meeting.board_id, meeting.group_id, on) for on in (clock.today(), meeting.meets_on)
    )
    return each(rep for rep in now if rep in then and rep != acting.get())


def of_meeting(event: AboutMeeting) -> Facts:
    return facts_of(queries.meeting_by_id(event.meeting_id))


def facts_of(meeting: Meeting) -> Facts:
    """What every email about a meeting says of it."""
    return {
        "meeting_id": meeting.id.hex,
        "board": meeting.board.short_name,
        "group": meeting.group.name,
        "where": _where(meeting),
        "date": short_date_words(meeting.meets_on),
        "day": short_day_words(meeting.meets_on),
        "when": moment_words(meeting.starts_at),
        "place": meeting.place,
        "link": meeting.link,
        "reason": meeting.reason,
    }


def _where(meeting: Meeting) -> str:
    """'Northfirth IJB' or 'Audit Committee (Northfirth)', for subjects."""
    group, board = meeting.group.name.replace("Integration Joint Board", "IJB"), meeting.board.short_name
    return group if board in group else f"{group} ({board})"


def called(event: MeetingScheduled) -> Facts | None:
    return _if_ahead(event)


def called_as_it_is(facts: Facts, _pace: int) -> Facts | str:
    """Whoever still has to hear of a new meeting hears of it as it is by then; its later sittings have their own."""
    meeting = meeting_of(facts)
    if meeting is None or why_off(facts):
        return why_off(facts) or facts
    now = {**facts, **facts_of(meeting), **with_entry(meeting)}
    return CHANGED if sits_again(meeting) else facts if say_the_same(facts, now) else now


def is_moved_near(event: MeetingMoved) -> bool:
    return is_called_late(queries.meeting_by_id(event.meeting_id).meets_on, clock.today())


def moved(event: MeetingMoved) -> Facts | None:
    """And for each whose answer was for the day before: that they need to answer again."""
    facts = _if_ahead(event, was=moment_words(event.was_at), was_place=event.was_place)
    return facts and {**facts, ANSWERS: _answered_before(event.meeting_id)}


def _answered_before(meeting_id: UUID) -> Facts:
    asked = [one.answered_before for one in gathered().capabilities if one.answered_before]
    return {key.hex: short_day_words(day) for before in asked for key, day in before(meeting_id).items()}


def comes_soon(event: MeetingComesSoon) -> Facts:
    return {**of_meeting(event), **_still_due(event.meeting_id)}


def soon_when_sent(facts: Facts, pace: int) -> Facts | str:
    """With what is not here yet by then."""
    now = unless_changed(facts, pace)
    meeting = meeting_of(facts)
    return now if meeting is None or isinstance(now, str) else {**now, **_still_due(meeting.id)}


def _still_due(meeting_id: UUID) -> Facts:
    said = [one.still_due(meeting_id) for one in gathered().capabilities if one.still_due]
    return {"still_due": " ".join(filter(None, said))}


def own_answer(_event: MeetingMoved, facts: Facts, reader: Reader) -> Facts:
    return {ANSWERS: {}, "answer_was": facts[ANSWERS].get(reader.id.hex, "")}


def adjourned(event: MeetingAdjourned) -> Facts | None:
    return _if_ahead(event, was=day_words(london_day(event.was_at)))


def cancelled(event: MeetingCancelled) -> Facts | None:
    return _if_ahead(event)


def sitting_cancelled(event: SittingCancelled) -> Facts | None:
    """Told while that day is not over: somebody may be on the way."""
    if london_day(event.was_at) < clock.today():
        return None
    entry = with_entry(queries.meeting_by_id(event.meeting_id))
    return {**of_meeting(event), **entry, "was": day_words(london_day(event.was_at))}


def _if_ahead(event: MeetingEvent, **more: str) -> Facts | None:
    """Nobody is told of a change to a meeting that is over."""
    meeting = queries.meeting_by_id(event.meeting_id)
    return {**facts_of(meeting), **with_entry(meeting), **more} if meeting.starts_at > clock.now() else None


def stand_in(event: DeputeStandsIn | DeputeStandsDown | DeputeCannotCome) -> Facts:
    names = boards.people_named([event.on_behalf_of_id])
    return {**of_meeting(event), "rep": names.get(event.on_behalf_of_id, "the rep")}


def standing_in(event: DeputeStandsIn) -> Facts:
    entry = with_entry(queries.meeting_by_id(event.meeting_id))
    return {**stand_in(event), **entry, "depute_id": event.person_id.hex}


def about_depute(event: DeputeStandsIn | DeputeStandsDown | DeputeCannotCome) -> Facts:
    return {**stand_in(event), "depute": name_of(event.person_id)}


EMAILS = (
    Notification(
        MeetingScheduled,
        reps_of_new_meeting,
        CALLED,
        called,
        gathered=True,
        worth_days=14,
        calendar=invitation,
        until=begins,
        when_sent=called_as_it_is,
    ),
    Notification(
        MeetingScheduled,
        reps_of_new_meeting_soon,
        CALLED,
        called,
        at_once=True,
        worth_days=14,
        calendar=invitation,
        until=begins,
        when_sent=called_as_it_is,
    ),
    Notification(
        MeetingMoved,
        everyone_concerned,
        "meeting-moved",
        moved,
        own_answer,
        always=True,
        at_once=True,
        calendar=invitation,
        when_sent=unless_off,
        later=Later(CALLED, is_moved_near, CHANGED),
    ),
    Notification(
        MeetingAdjourned,
        everyone_concerned,
        "meeting-adjourned",
        adjourned,
        always=True,
        at_once=True,
        calendar=invitation,
    ),
    Notification(
        MeetingCancelled,
        everyone_concerned,
        "meeting-cancelled",
        cancelled,
        always=True,
        at_once=True,
        calendar=invitation,
        takes_back=CALLED,
    ),
    Notification(
        SittingCancelled,
        everyone_concerned,
        "sitting-cancelled",
        sitting_cancelled,
        always=True,
        at_once=True,
        calendar=invitation,
    ),
    Notification(MeetingNotHeld, everyone_concerned, "meeting-not-held", of_meeting, always=True, at_once=True),
    Notification(
        DeputeStandsIn,
        the_person,
        "stand-in",
        standing_in,
        always=True,
        calendar=invitation,
        until=begins,
        when_sent=while_standing_in,
    ),
    Notification(DeputeStandsIn, the_rep_unless_theirs, "depute-goes", about_depute, always=True, when_sent=unless_off),
    Notification(
        DeputeStandsDown, the_rep_unless_theirs, "depute-stays", about_depute, always=True, when_sent=unless_off
    ),
    Notification(
        MeetingComesSoon, reps_and_deputes, "meeting-soon", comes_soon, worth_days=2, when_sent=soon_when_sent
    ),
)
