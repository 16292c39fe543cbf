"""Who hears by email of papers that arrived, and of those that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.boards import queries as boards
from portal.boards.emails import clerks, clerks_and_officers, name_of, officers
from portal.core import clock
from portal.core.calendar import is_working_day, last_working_day_before
from portal.core.text import count_words, day_words, deadline_words, short_day_words
from portal.infra.notification import Facts, Notification, Recipient, each
from portal.meetings import queries as meetings
from portal.meetings.emails import facts_of, of_meeting, reps_and_deputes
from portal.meetings.models import Meeting
from portal.meetings.rules import last_day_of_minutes
from portal.meetings.when_sent import meeting_of, unless_off, why_off
from portal.papers.announced import (
    late_papers,
    late_when_sent,
    papers_published,
    papers_replaced,
    papers_when_sent,
    replaced_when_sent,
    time_to_read,
)
from portal.papers.corrected import corrected_when_sent, others_who_were_told, paper_corrected, those_one_may_read
from portal.papers.events import (
    CorrectedPaperPublished,
    MinutesDue,
    MinutesPublished,
    NotesHandedOver,
    PapersAnnounced,
    PapersDueSoon,
    PapersReplaced,
)
from portal.papers.notice import queries as notice_queries
from portal.papers.notice.rules import target_day
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing.rules import APPROVED, THE_AGENDA, missing_words
from portal.papers.withdrawing import queries as withdrawing_queries


def reps_of_group(event: MinutesPublished) -> list[Recipient]:
    meeting = meetings.meeting_by_id(event.meeting_id)
    return each(boards.reps_of_group(meeting.board_id, meeting.group_id, clock.today()))


def who_stood_in(event: MinutesPublished) -> list[Recipient]:
    """Deputes of that meeting, but those who sit on the group themselves by now."""
    reps = {one.person_id for one in reps_of_group(event)}
    return each(row.person_id for row, _, _ in meetings.stand_ins(event.meeting_id) if row.person_id not in reps)


def deputes_of_writer(event: NotesHandedOver) -> list[Recipient]:
    """Whoever stands in for the rep at the meeting, where a note is shared that was not before."""
    rows = [row for row, _, _ in meetings.stand_ins(event.meeting_id)] if event.new_notes else []
    return each(row.person_id for row in rows if row.on_behalf_of_id == event.on_behalf_of_id)


def notes_shared(event: NotesHandedOver) -> Facts:
    """That there are notes, and whose; no word of them, and no paper's title."""
    return {**of_meeting(event), "rep": name_of(event.on_behalf_of_id)}


def minutes_published(event: MinutesPublished) -> Facts | None:
    """Draft or approved minutes, and their pages. None where a newer file has taken their place.

    And of minutes in place of withdrawn ones: everyone who was told of these hears of them in an email of its own.
    """
    found = preparing_queries.version_by_id(event.version_id)
    if found is None or found.withdrawal_id or (found.number == 1 and found.paper.in_place_of_id):
        return None
    return {
        **of_meeting(event),
        "paper_id": event.paper_id.hex,
        "version_id": event.version_id.hex,
        "is_approved": found.paper.stage == APPROVED,
        "is_new_version": found.number > 1,
        "pages": count_words(found.pages, "page"),
        "until": "",
    }


def minutes_when_sent(facts: Facts, _pace: int) -> Facts | str:
    """Of a draft nobody hears any more once there are approved minutes, and of no file once there is a newer one."""
    found = preparing_queries.version_by_id(UUID(hex=facts["version_id"])) if "version_id" in facts else None
    if found is None:
        return facts
    if found.withdrawal_id:
        return "the minutes were withdrawn"
    newer = preparing_queries.newer_minutes(found)
    if newer is None:
        return facts
    return (
        "a newer version was published" if newer.paper.stage == found.paper.stage else "approved minutes were published"
    )


def minutes_for_a_while(event: MinutesPublished) -> Facts | None:
    """For a depute, until when they may read them."""
    facts = minutes_published(event)
    return facts and {**facts, "until": day_words(last_day_of_minutes(clock.today()))}


def other_reps_and_deputes(event: PapersAnnounced) -> list[Recipient]:
    """Reps and deputes, but whoever published it all."""
    return [one for one in reps_and_deputes(event) if one.person_id != event.by_id]


def other_officers(event: PapersAnnounced) -> list[Recipient]:
    return [one for one in officers(event) if one.person_id != event.by_id]


def others_who_may_read(event: PapersReplaced) -> list[Recipient]:
    """Everyone who may read what was replaced, beside those to whom it is announced: all know of it alike.

    But whoever published it: the clock announces it, some minutes after they did.
    """
    told = {one.person_id for one in reps_and_deputes(event)}
    papers = [withdrawing_queries.paper_by_id(one) for one in event.papers]
    readers = [one for paper in papers for one in withdrawing_queries.readers(paper, clock.today())]
    return each(one for one in readers if one not in told and one != event.by_id)


def papers_due(event: PapersDueSoon) -> Facts:
    """What is missing, by when, and the group's record so far."""
    return _of_due(meetings.meeting_by_id(event.meeting_id), event.missing)


def _of_due(meeting: Meeting, missing: Sequence[str]) -> Facts:
    target = target_day(meeting.opened_on, meeting.target_days)
    share = notice_queries.record_so_far(meeting.board_id, meeting.group_id, clock.today())
    return {
        **facts_of(meeting),
        "missing": list(missing),
        "count": _missing_words(missing),
        "deadline": deadline_words(target),
        "last_working_day": "" if is_working_day(target) else short_day_words(last_working_day_before(target)),
        "is_past": clock.today() > target,
        "days_left": count_words((meeting.meets_on - clock.today()).days, "day"),
        "target": meeting.target_days,
        "record": f"{share.met} of {count_words(share.papers, 'paper')}" if share.papers else "",
    }


def due_when_sent(facts: Facts, _pace: int) -> Facts | str:
    """What is missing by then."""
    meeting = meeting_of(facts)
    if meeting is None or why_off(facts):
        return why_off(facts) or facts
    items = preparing_queries.missing_items([meeting.id]).get(meeting.id, [])
    missing = [*([THE_AGENDA] if meeting.agenda_published_at is None else []), *items]
    return _of_due(meeting, missing) if missing else "everything was published"


def minutes_due_when_sent(facts: Facts, _pace: int) -> Facts | str:
    meeting = meeting_of(facts)
    if meeting is None or meeting.minutes_published_at:
        return "minutes were published" if meeting else facts
    days = (clock.today() - meeting.meets_on).days
    return {**facts, "days_since": days} if days > 0 else facts


def _missing_words(missing: Sequence[str]) -> str:
    """The same words as on pages, whose count leaves the agenda itself out."""
    papers = [one for one in missing if one != THE_AGENDA]
    return missing_words(len(papers) == len(missing), len(papers))


def minutes_due(event: MinutesDue) -> Facts:
    return {**of_meeting(event), "days_since": event.days_since}


EMAILS = (
    Notification(
        PapersAnnounced,
        other_reps_and_deputes,
        "papers-announced",
        papers_published,
        time_to_read,
        always=True,
        when_sent=papers_when_sent,
    ),
    Notification(
        PapersReplaced,
        others_who_may_read,
        "papers-replaced",
        papers_replaced,
        gathered=True,
        when_sent=replaced_when_sent,
    ),
    Notification(
        CorrectedPaperPublished,
        others_who_were_told,
        "paper-corrected",
        paper_corrected,
        those_one_may_read,
        always=True,
        when_sent=corrected_when_sent,
    ),
    Notification(
        MinutesPublished,
        reps_of_group,
        "minutes-published",
        minutes_published,
        gathered=True,
        when_sent=minutes_when_sent,
    ),
    Notification(
        MinutesPublished,
        who_stood_in,
        "minutes-published",
        minutes_for_a_while,
        gathered=True,
        when_sent=minutes_when_sent,
    ),
    Notification(PapersAnnounced, other_officers, "late-papers", late_papers, when_sent=late_when_sent),
    Notification(NotesHandedOver, deputes_of_writer, "notes-shared", notes_shared, always=True, when_sent=unless_off),
    Notification(
        PapersDueSoon,
        clerks_and_officers,
        "papers-due",
        papers_due,
        always=True,
        worth_days=1,
        when_sent=due_when_sent,
    ),
    Notification(
        MinutesDue, clerks, "minutes-due", minutes_due, always=True, worth_days=6, when_sent=minutes_due_when_sent
    ),
)
