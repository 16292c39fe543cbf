"""What emails say of papers that were announced: once they are written, and once more before they go."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.core import clock
from portal.core.text import count_words, minutes_words, moment_words
from portal.infra.notification import Facts, Reader
from portal.meetings import queries as meetings
from portal.meetings.emails import facts_of, of_meeting
from portal.meetings.models import Meeting
from portal.meetings.when_sent import meeting_of, why_off
from portal.papers.amount import Amount, amount_of
from portal.papers.detailing.queries import impact_changes
from portal.papers.events import PapersAnnounced, PapersReplaced
from portal.papers.models import Paper
from portal.papers.notice.rules import is_late, notice_days
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing.queries import Announced
from portal.papers.preparing.rules import AGENDA, MINUTES, PAPER
from portal.papers.reading.rules import reading_minutes
from portal.papers.withdrawing import queries as withdrawing_queries

PRIVATE = "A private paper"  # in the place of the title of a restricted one
PUBLICATIONS = "publications"
WITHDRAWN = "what it told of was withdrawn"


def papers_published(event: PapersAnnounced) -> Facts | None:
    """The agenda and papers with pages and marks, and days left."""
    return _of_papers(meetings.meeting_by_id(event.meeting_id), event.publications, event.late)


def _of_papers(meeting: Meeting, publications: Sequence[UUID], late: bool) -> Facts | None:
    found = _announced(publications, meeting)
    if not found:
        return None
    amount = _amount(found)
    return {
        **facts_of(meeting),
        **_published(publications),
        "papers": found,
        "count": _what_came(found, late),
        "agenda_alone": not amount.papers,
        "page_count": amount.pages_to_read,
        "pages": amount.pages_words,
        "left_out": amount.left_out(),
        "days_left": count_words(max(0, (meeting.meets_on - clock.today()).days), "day"),
        "late": late,
        "is_over": meeting.starts_at <= clock.now(),
    }


def papers_when_sent(facts: Facts, pace: int) -> Facts | str:
    """Without what was withdrawn while it waited, and of the meeting as it is planned by then."""
    meeting = meeting_of(facts)
    if meeting is None or PUBLICATIONS not in facts:  # written before emails held what they tell of
        return why_off(facts) or facts
    now = why_off(facts) or _of_papers(meeting, _publications(facts), facts["late"])
    if now is None or isinstance(now, str):
        return now or WITHDRAWN
    return {**now, "reading": _time_to_read(now, pace)}


def time_to_read(_event: PapersAnnounced, facts: Facts, reader: Reader) -> Facts:
    """How long the papers take at the reader's own pace."""
    return {"reading": _time_to_read(facts, reader.minutes_per_page)}


def _time_to_read(facts: Facts, pace: int) -> str:
    return minutes_words(reading_minutes(facts["page_count"], pace))


def late_papers(event: PapersAnnounced) -> Facts | None:
    """For officers: papers of this announcement with less notice than the target."""
    return _of_late(meetings.meeting_by_id(event.meeting_id), event.publications)


def _of_late(meeting: Meeting, publications: Sequence[UUID]) -> Facts | None:
    late = [paper for paper in _announced(publications, meeting) if paper["late"] and not paper["changed"]]
    if not late:
        return None
    count = count_words(len(late), "late paper")
    return {
        **facts_of(meeting),
        **_published(publications),
        "papers": late,
        "count": count,
        "target": meeting.target_days,
    }


def late_when_sent(facts: Facts, _pace: int) -> Facts | str:
    """Likewise."""
    meeting = meeting_of(facts)
    if meeting is None or PUBLICATIONS not in facts:
        return why_off(facts) or facts
    return why_off(facts) or _of_late(meeting, _publications(facts)) or WITHDRAWN


def _published(publications: Sequence[UUID]) -> Facts:
    """What an email tells of; and since when, for the list of emails, which are written some minutes later."""
    at = preparing_queries.published_at(publications)
    return {PUBLICATIONS: [one.hex for one in publications], "published": moment_words(at) if at else ""}


def _publications(facts: Facts) -> list[UUID]:
    return [UUID(hex=one) for one in facts[PUBLICATIONS]]


def _what_came(found: Sequence[Facts], late: bool) -> str:
    """'The agenda and 7 papers', '7 late papers'."""
    papers = [paper for paper in found if not paper["is_agenda"]]
    said = _amount(found).what_of(_kind_of(papers, late))
    return said[:1].upper() + said[1:]


def _amount(found: Sequence[Facts]) -> Amount:
    return amount_of((AGENDA if one["is_agenda"] else PAPER, one["pages"]) for one in found)


def _kind_of(papers: Sequence[Facts], late: bool) -> str:
    """What they are together: a changed version is late or not by its first, and a correction is news of its own."""
    for mark, kind in (("changed", "new version"), ("corrected", "replacement paper")):
        if all(paper[mark] for paper in papers):
            return kind
    return "late paper" if late else "paper"


def _announced(publications: Sequence[UUID], meeting: Meeting) -> list[Facts]:
    """Of each paper the newest file, if two came within ten minutes. Minutes have an email of their own."""
    found = preparing_queries.announced(publications)
    newest = {one.paper.id: one for one in found if one.paper.kind != MINUTES}  # they come by their numbers
    changed = impact_changes([one.paper for one in newest.values() if one.version.number > 1])
    return [_paper(one, meeting, changed.get(one.paper.id, "")) for one in newest.values()]


def _paper(announced: Announced, meeting: Meeting, impact_changed: str) -> Facts:
    """One paper as emails tell of it."""
    first, is_agenda = announced.paper.first_published_on, announced.paper.kind == AGENDA
    is_corrected = announced.paper.in_place_of_id is not None and announced.version.number == 1
    return {
        "title": announced.paper.title,
        "pages": announced.version.pages,
        "changed": announced.version.number > 1,
        "impact_changed": impact_changed,
        "corrected": is_corrected,
        "must_delete": is_corrected and withdrawing_queries.is_for_personal_data(announced.paper.in_place_of_id),
        "restricted": announced.item_is_restricted,
        "days": notice_days(first, meeting.opened_on) if first else None,
        "late": not is_agenda and first is not None and is_late(first, meeting.opened_on, meeting.target_days),
        "is_agenda": is_agenda,
    }


def papers_replaced(event: PapersReplaced) -> Facts:
    """New versions of papers, private ones without their titles, as some who hear of the others may not read these."""
    return {**of_meeting(event), **_replaced([withdrawing_queries.paper_by_id(one) for one in event.papers])}


def _replaced(papers: Sequence[Paper]) -> Facts:
    private = {one.id for one in papers if one.item and one.item.is_restricted}
    titles = [PRIVATE if one.id in private else one.title for one in papers]
    changed, ids = impact_changes([one for one in papers if one.id not in private]), [one.id.hex for one in papers]
    impacts = [changed.get(one.id, "") for one in papers]
    count = count_words(len(titles), "new version")
    return {"titles": titles, "impacts_changed": impacts, "count": count, "paper_ids": ids}


def replaced_when_sent(facts: Facts, _pace: int) -> Facts | str:
    """Likewise."""
    meeting = meeting_of(facts)
    if meeting is None or "paper_ids" not in facts:
        return why_off(facts) or facts
    papers = [withdrawing_queries.paper_by_id(UUID(hex=one)) for one in facts["paper_ids"]]
    is_open = [one for one in papers if one.withdrawn_at is None]
    if not is_open:
        return why_off(facts) or WITHDRAWN
    return why_off(facts) or {**facts, **facts_of(meeting), **_replaced(is_open)}
