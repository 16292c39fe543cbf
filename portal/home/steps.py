"""Your next steps: a handful of lines, most urgent first, each with one link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from flask import url_for

from portal.access.decide import can
from portal.access.permissions import EMAILS_RESEND, NOTES_WRITE, PAPERS_PREPARE
from portal.access.roles import Viewer
from portal.check_in import queries as check_ins
from portal.check_in.rules import needs_answer
from portal.core import clock
from portal.core.clock import london_day
from portal.core.text import count_words, deadline_words, minutes_words, short_day_words
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import QUERIED
from portal.expenses.decisions import queries as decisions_queries
from portal.expenses.on_behalf import queries as care_receipts
from portal.home.step import Step
from portal.home.wanted_steps import wanted_steps
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.papers.notice.rules import target_day
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing.rules import MINUTES_DUE_AFTER_DAYS
from portal.papers.reading import queries as reading_queries
from portal.papers.reading.rules import reading_minutes
from portal.replacement_care.requests import queries as requests_queries
from portal.replacement_care.requests.rules import UNARRANGED
from portal.training.records import queries as records_queries

MOST = 8
LOOK_AHEAD = timedelta(days=30)


def next_steps(person: Viewer, coming: Sequence[Meeting], minutes_per_page: int, today: date) -> list[Step]:
    """What wants this person, from their coming meetings and those whose minutes are due."""
    ids = [meeting.id for meeting in coming]
    unread = reading_queries.unread(person, ids) if ids else {}
    clerks = [m for m in coming if can(person, PAPERS_PREPARE, m) and m.meets_on <= today + LOOK_AHEAD]
    officers = [m for m in coming if can(person, EMAILS_RESEND, m) and today > _target(m)]
    missing = preparing_queries.missing_items([m.id for m in {*clerks, *officers}]) if clerks or officers else {}
    steps = [*_to_read(person, coming, unread, minutes_per_page), *_to_publish(clerks, missing, today)]
    steps += _overdue([m for m in officers if m not in clerks], missing)
    steps += _minutes(person, today)
    steps += wanted_steps(person, today)
    steps += _claims(person)
    steps += _care(person, today)
    steps += _training(person)
    steps += _check_ins(person, coming)
    return sorted(steps, key=lambda step: (step.due_on, step.title))[:MOST]


def _to_read(
    person: Viewer, coming: Sequence[Meeting], unread: dict[UUID, reading_queries.Unread], pace: int
) -> Iterator[Step]:
    for meeting in coming:
        if (found := unread.get(meeting.id)) and can(person, NOTES_WRITE, meeting):
            minutes = minutes_words(reading_minutes(found.pages, pace))
            yield Step(
                meeting.meets_on,
                f"Read {count_words(found.papers, 'paper')} for {meeting.group.name}",
                f"{count_words(found.pages, 'page')}, about {minutes}, before {short_day_words(meeting.meets_on)}",
                url_for("papers.meeting", meeting_id=meeting.id),
            )


def _to_publish(preparing: Sequence[Meeting], missing: dict[UUID, list[str]], today: date) -> Iterator[Step]:
    for meeting in preparing:
        gaps = len(missing.get(meeting.id, []))
        if meeting.agenda_published_at and not gaps:
            continue
        target = _target(meeting)
        what = count_words(gaps, "paper is missing", "papers are missing") if gaps else "The agenda is not published"
        late = today > target
        yield Step(
            target,
            f"Publish papers for {meeting.group.name}",
            f"{what}. The target {'was' if late else 'is'} {deadline_words(target)}",
            url_for("papers.meeting", meeting_id=meeting.id),
            late,
        )


def _overdue(meetings_late: Sequence[Meeting], missing: dict[UUID, list[str]]) -> Iterator[Step]:
    """For officers, who publish nothing but are answerable for the target."""
    for meeting in meetings_late:
        gaps = len(missing.get(meeting.id, []))
        if gaps or not meeting.agenda_published_at:
            yield Step(
                _target(meeting),
                f"Ask the clerk for the papers of {meeting.group.name}",
                f"They were due {deadline_words(_target(meeting))}",
                url_for("papers.meeting", meeting_id=meeting.id),
                is_late=True,
            )


def _check_ins(person: Viewer, coming: Sequence[Meeting]) -> Iterator[Step]:
    """What the email asked; it stands first until it is answered."""
    asked = check_ins.to_answer(person, coming)
    for meeting in coming:
        one = asked.get(meeting.id)
        if one and one.asked_at and needs_answer(one.answered_for, meeting.meets_on):
            where = url_for("check_in.signed_in", meeting_id=meeting.id)
            words = f"{short_day_words(meeting.meets_on)}. Half a minute"
            yield Step(london_day(one.asked_at), f"Say if you are coming to {meeting.group.name}", words, where)


def _care(person: Viewer, today: date) -> Iterator[Step]:
    """Requests that want a rep's answer, and for officers those that are not arranged."""
    for one in requests_queries.waiting_for_rep(person, today):
        where, day = url_for("replacement_care.show", request_id=one.id), short_day_words(one.on_day)
        if one.on_day < today:
            yield Step(one.on_day, "Say if your care took place", f"{one.title}, {day}", where)
        else:
            yield Step(today, "Look at the times for your care", f"They changed. {one.title}, {day}", where)
    waiting = [one for one in requests_queries.to_arrange(person) if one.status in UNARRANGED]
    if waiting:
        words = f"The soonest is for {short_day_words(waiting[0].on_day)}"
        where = url_for("replacement_care.to_arrange")
        yield Step(waiting[0].on_day, f"Arrange care for {count_words(len(waiting), 'request')}", words, where)


def _training(person: Viewer) -> Iterator[Step]:
    """For officers: training that waits for their word."""
    keys = {board_id: key for board_id, key, _ in person.boards}
    for one in records_queries.to_confirm(person)[:2]:
        where, since = url_for("training.of_board", board=keys[one.board_id]), london_day(one.created_at)
        yield Step(since, f"Confirm training of {one.person.name}", one.title, where)


def _claims(person: Viewer) -> Iterator[Step]:
    """Claims to finish, and for approvers those to decide."""
    for one in claims_queries.waiting_for_me(person):
        where = url_for("expenses.show", claim_id=one.id)
        if one.status == QUERIED:
            yield Step(london_day(one.created_at), f"Answer a question about {one.reference}", one.title, where)
        elif one.to_confirm_at:
            words = f"{one.title}, {short_day_words(one.happened_on)}. Your officer wrote it for you"
            yield Step(london_day(one.to_confirm_at), "Look at a claim, and send it", words, where)
        else:
            words = f"{short_day_words(one.happened_on)}. One press sends your claim"
            yield Step(london_day(one.created_at), f"Did it cost you anything? {one.title}", words, where)
    keys = {board_id: key for board_id, key, _ in person.boards}
    for board_id, number in care_receipts.care_receipts_waiting(person).items():
        where = url_for("expenses.care_receipts", board=keys[board_id])
        yield Step(clock.today(), f"Look at {count_words(number, 'receipt')} for care", "Approvers cannot", where)
    if oldest := decisions_queries.oldest(person):
        words = f"The oldest since {short_day_words(london_day(oldest[1]))}"
        where = url_for("expenses.to_decide")
        yield Step(london_day(oldest[1]), f"Decide {count_words(oldest[0], 'claim')}", words, where)


def _target(meeting: Meeting) -> date:
    return target_day(meeting.meets_on, meeting.board.paper_target_days)


def _minutes(person: Viewer, today: date) -> Iterator[Step]:
    for meeting in meetings.without_minutes(person, today - timedelta(days=120), today - timedelta(days=1)):
        due = meeting.meets_on + timedelta(days=MINUTES_DUE_AFTER_DAYS)
        yield Step(
            due,
            f"Publish draft minutes of {meeting.group.name}",
            f"It met on {short_day_words(meeting.meets_on)}",
            url_for("papers.meeting", meeting_id=meeting.id),
            today > due,
        )
