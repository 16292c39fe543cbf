"""Who hears by email of papers that arrived, and of those that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.boards import queries as boards
from portal.boards.emails import clerks, clerks_and_officers, name_of, officers
from portal.core import clock
from portal.core.calendar import is_working_day, last_working_day_before
from portal.core.clock import london_day
from portal.core.text import count_words, day_words, deadline_words, minutes_words, moment_words, short_day_words
from portal.infra.notification import Facts, Notification, Reader, Recipient, each
from portal.infra.unit_of_work import acting
from portal.meetings import queries as meetings
from portal.meetings.emails import facts_of, of_meeting, reps_and_deputes
from portal.meetings.models import Meeting
from portal.meetings.rules import last_day_of_minutes
from portal.papers.amount import Amount, amount_of
from portal.papers.events import (
    CorrectedPaperPublished,
    MinutesDue,
    MinutesPublished,
    NotesHandedOver,
    PapersAnnounced,
    PapersDueSoon,
    PapersReplaced,
)
from portal.papers.models import Paper
from portal.papers.notice import queries as notice_queries
from portal.papers.notice.rules import is_late, notice_days, target_day
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing.queries import Announced
from portal.papers.preparing.rules import AGENDA, APPROVED, MINUTES, PAPER, THE_AGENDA, missing_words
from portal.papers.reading.rules import reading_minutes
from portal.papers.withdrawing import queries as withdrawing_queries

PRIVATE = "A private paper"  # in the place of the title of a restricted one


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
        "is_approved": found.paper.stage == APPROVED,
        "is_new_version": found.number > 1,
        "pages": count_words(found.pages, "page"),
        "until": "",
    }


def minutes_for_a_while(event: MinutesPublished) -> Facts | None:
    """For a depute, until when they may read them."""
    facts = minutes_published(event)
    return facts and {**facts, "until": day_words(last_day_of_minutes(clock.today()))}


def papers_published(event: PapersAnnounced) -> Facts | None:
    """The agenda and papers with pages and marks, and days left."""
    meeting = meetings.meeting_by_id(event.meeting_id)
    found = _announced(event, meeting)
    if not found:
        return None
    amount = _amount(found)
    return {
        **facts_of(meeting),
        "published": _when_published(event),
        "papers": found,
        "count": _what_came(found, event.late),
        "agenda_alone": not amount.papers,
        "page_count": amount.pages_to_read,
        "pages": amount.pages_words,
        "left_out": amount.left_out(),
        "days_left": count_words(max(0, (meeting.meets_on - clock.today()).days), "day"),
        "late": event.late,
        "is_over": meeting.starts_at <= clock.now(),
    }


def _what_came(found: Sequence[Facts], late: bool) -> str:
    """'The agenda and 7 papers', '7 late papers'."""
    papers = [paper for paper in found if not paper["is_agenda"]]
    said = _amount(found).what_of(_kind_of(papers, late))
    return said[:1].upper() + said[1:]


def _amount(found: Sequence[Facts]) -> Amount:
    return amount_of((AGENDA if one["is_agenda"] else PAPER, one["pages"]) for one in found)


def _kind_of(papers: Sequence[Facts], late: bool) -> str:
    """What they are together: a changed version is late or not by its first, and a correction is news of its own."""
    for mark, kind in (("changed", "new version"), ("corrected", "corrected paper")):
        if all(paper[mark] for paper in papers):
            return kind
    return "late paper" if late else "paper"


def others_who_may_read(event: PapersReplaced) -> list[Recipient]:
    """Everyone who may read what was replaced, beside those to whom it is announced: all know of it alike."""
    told = {one.person_id for one in reps_and_deputes(event)}
    papers = [withdrawing_queries.paper_by_id(one) for one in event.papers]
    readers = [one for paper in papers for one in withdrawing_queries.readers(paper, clock.today())]
    return each(one for one in readers if one not in told)


def papers_replaced(event: PapersReplaced) -> Facts:
    """New versions of papers, private ones without their titles, as some who hear of the others may not read these."""
    papers = [withdrawing_queries.paper_by_id(one) for one in event.papers]
    titles = [PRIVATE if one.item and one.item.is_restricted else one.title for one in papers]
    return {**of_meeting(event), "titles": titles, "count": count_words(len(titles), "new version")}


def others_who_were_told(event: CorrectedPaperPublished) -> list[Recipient]:
    """Of whoever was told that a paper was withdrawn, all who may read the one in its place.

    But those who hear of it with the other papers; and whoever published it.
    """
    told = {one.person_id for one in reps_and_deputes(event)} if event.is_announced else set()
    readers = dict.fromkeys(UUID(one) for paper in _all_corrected(event) for one in paper["readers"])
    return each(one for one in readers if one not in {*told, acting.get()})


def paper_corrected(event: CorrectedPaperPublished) -> Facts | None:
    """What was published in place of which; None where it was withdrawn too, or the other one was put back."""
    corrected = _all_corrected(event)
    return {**of_meeting(event), "corrected_papers": corrected} if corrected else None


def _all_corrected(event: CorrectedPaperPublished) -> list[Facts]:
    papers = [withdrawing_queries.paper_by_id(one) for one in event.papers]
    return [known for one in papers if (known := _corrected(one))]


def _corrected(paper: Paper) -> Facts | None:
    """One corrected paper; and who may read it, which no email keeps."""
    gone = withdrawing_queries.was_withdrawn_at(paper.in_place_of_id)
    if paper.withdrawn_at or gone is None:
        return None
    return {
        "title": paper.title,
        "paper_id": paper.id.hex,
        "withdrawn": day_words(london_day(gone)),
        "is_personal": withdrawing_queries.is_for_personal_data(paper.in_place_of_id),
        "readers": [one.hex for one in withdrawing_queries.readers(paper, clock.today())],
    }


def those_one_may_read(_event: CorrectedPaperPublished, facts: Facts, reader: Reader) -> Facts:
    """No reader is told the title of a paper that only others may read."""
    mine = [dict(one) for one in facts["corrected_papers"] if reader.id.hex in one["readers"]]
    for one in mine:
        del one["readers"]
    return {"corrected_papers": mine}


def time_to_read(_event: PapersAnnounced, facts: Facts, reader: Reader) -> Facts:
    """How long the papers take at the reader's own pace."""
    return {"reading": minutes_words(reading_minutes(facts["page_count"], reader.minutes_per_page))}


def late_papers(event: PapersAnnounced) -> Facts | None:
    """For officers: papers of this announcement with less notice than the target."""
    meeting = meetings.meeting_by_id(event.meeting_id)
    late = [paper for paper in _announced(event, meeting) if paper["late"] and not paper["changed"]]
    if not late:
        return None
    target = meeting.target_days
    published = _when_published(event)
    return {
        **facts_of(meeting),
        "published": published,
        "papers": late,
        "count": count_words(len(late), "late paper"),
        "target": target,
    }


def _when_published(event: PapersAnnounced) -> str:
    """For the list of emails, which are written some minutes later."""
    at = preparing_queries.published_at(event.publications)
    return moment_words(at) if at else ""


def _announced(event: PapersAnnounced, meeting: Meeting) -> list[Facts]:
    """Of each paper the newest file, if two came within ten minutes. Minutes have an email of their own."""
    found = preparing_queries.announced(event.publications)
    newest = {one.paper.id: one for one in found if one.paper.kind != MINUTES}  # they come by their numbers
    return [_paper(announced, meeting) for announced in newest.values()]


def _paper(announced: Announced, meeting: Meeting) -> Facts:
    """One paper as emails tell of it."""
    first, is_agenda = announced.paper.first_published_on, announced.paper.kind == AGENDA
    is_corrected = announced.paper.in_place_of_id is not None and announced.version.number == 1
    return {
        "title": announced.paper.title,
        "pages": announced.version.pages,
        "changed": announced.version.number > 1,
        "corrected": is_corrected,
        "must_delete": is_corrected and withdrawing_queries.is_for_personal_data(announced.paper.in_place_of_id),
        "restricted": announced.item_is_restricted,
        "days": notice_days(first, meeting.opened_on) if first else None,
        "late": not is_agenda and first is not None and is_late(first, meeting.opened_on, meeting.target_days),
        "is_agenda": is_agenda,
    }


def papers_due(event: PapersDueSoon) -> Facts:
    """What is missing, by when, and the group's record so far."""
    meeting = meetings.meeting_by_id(event.meeting_id)
    target = target_day(meeting.opened_on, meeting.target_days)
    share = notice_queries.record_so_far(meeting.board_id, meeting.group_id, clock.today())
    return {
        **facts_of(meeting),
        "missing": list(event.missing),
        "count": _missing_words(event.missing),
        "deadline": deadline_words(target),
        "last_working_day": "" if is_working_day(target) else short_day_words(last_working_day_before(target)),
        "is_past": clock.today() > target,
        "days_left": count_words((meeting.meets_on - clock.today()).days, "day"),
        "target": meeting.target_days,
        "record": f"{share.met} of {count_words(share.papers, 'paper')}" if share.papers else "",
    }


def _missing_words(missing: Sequence[str]) -> str:
    """The same words as on pages, whose count leaves the agenda itself out."""
    papers = [one for one in missing if one != THE_AGENDA]
    return missing_words(len(papers) == len(missing), len(papers))


def minutes_due(event: MinutesDue) -> Facts:
    return {**of_meeting(event), "days_since": event.days_since}


EMAILS = (
    Notification(PapersAnnounced, reps_and_deputes, "papers-announced", papers_published, time_to_read, always=True),
    Notification(PapersReplaced, others_who_may_read, "papers-replaced", papers_replaced, gathered=True),
    Notification(
        CorrectedPaperPublished,
        others_who_were_told,
        "paper-corrected",
        paper_corrected,
        those_one_may_read,
        always=True,
    ),
    Notification(MinutesPublished, reps_of_group, "minutes-published", minutes_published, gathered=True),
    Notification(MinutesPublished, who_stood_in, "minutes-published", minutes_for_a_while, gathered=True),
    Notification(PapersAnnounced, officers, "late-papers", late_papers),
    Notification(NotesHandedOver, deputes_of_writer, "notes-shared", notes_shared, always=True),
    Notification(PapersDueSoon, clerks_and_officers, "papers-due", papers_due, always=True, worth_days=1),
    Notification(MinutesDue, clerks, "minutes-due", minutes_due, always=True, worth_days=6),
)
