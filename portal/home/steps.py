"""Your next steps: a handful of lines, most urgent first, each with one link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import url_for

from portal.access.decide import can
from portal.access.permissions import EMAILS_RESEND, NOTES_WRITE, PAPERS_PREPARE
from portal.access.roles import Asker
from portal.check_in import queries as check_ins
from portal.check_in.rules import needs_answer
from portal.core import clock
from portal.core.clock import london_day
from portal.core.text import count_words, deadline_words, minutes_words, short_day_words
from portal.deputes import wanted as deputes
from portal.expenses import helping_queries as care_receipts
from portal.expenses import payment_queries as claims_waiting
from portal.expenses import queries as expenses
from portal.expenses.rules import QUERIED
from portal.infra.wanted import Wanted, read
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.mentoring import wanted as mentoring
from portal.mentoring.rules import is_pulse_open, pulse_day
from portal.papers import queries as papers
from portal.papers.rules import MINUTES_DUE_AFTER_DAYS, reading_minutes, target_day
from portal.replacement_care import queries as care
from portal.replacement_care.rules import UNARRANGED
from portal.role_descriptions import wanted as roles
from portal.training import queries as training
from portal.training import wanted as inductions
from portal.training.rules import MOST_WEEKS_LATE, due_on, weeks_late

MOST = 8
LOOK_AHEAD, SOON = timedelta(days=30), timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """One thing that wants this person: the sooner due_on, the higher it stands."""

    due_on: date
    title: str
    detail: str
    address: str
    is_late: bool = False


def next_steps(person: Asker, coming: Sequence[Meeting], minutes_per_page: int, today: date) -> list[Step]:
    """What wants this person, from their coming meetings and those whose minutes are due."""
    ids = [meeting.id for meeting in coming]
    unread = papers.unread(person, ids) if ids else {}
    clerks = [m for m in coming if can(person, PAPERS_PREPARE, m) and m.meets_on <= today + LOOK_AHEAD]
    officers = [m for m in coming if can(person, EMAILS_RESEND, m) and today > _target(m)]
    missing = papers.missing_items([m.id for m in {*clerks, *officers}]) if clerks or officers else {}
    steps = [*_to_read(person, coming, unread, minutes_per_page), *_to_publish(clerks, missing, today)]
    steps += _overdue([m for m in officers if m not in clerks], missing)
    steps += _minutes(person, today)
    steps += _wanted(person, today)
    steps += _claims(person)
    steps += _care(person, today)
    steps += _training(person)
    steps += _check_ins(person, coming)
    return sorted(steps, key=lambda step: (step.due_on, step.title))[:MOST]


def _to_read(person: Asker, coming: Sequence[Meeting], unread: dict[UUID, papers.Unread], pace: int) -> Iterator[Step]:
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


def _check_ins(person: Asker, coming: Sequence[Meeting]) -> Iterator[Step]:
    """What the email asked; it stands first until it is answered."""
    asked = check_ins.to_answer(person, coming)
    for meeting in coming:
        one = asked.get(meeting.id)
        if one and one.asked_at and needs_answer(one.answered_for, meeting.meets_on):
            where = url_for("check_in.signed_in", meeting_id=meeting.id)
            words = f"{short_day_words(meeting.meets_on)}. Half a minute"
            yield Step(london_day(one.asked_at), f"Say if you are coming to {meeting.group.name}", words, where)


def _wanted(person: Asker, today: date) -> Iterator[Step]:
    """What deputes, roles, inductions and mentoring want, all asked for at once."""
    selects = [*deputes.of_person(person), *roles.of_person(person), *mentoring.of_person(person)]
    found = read([*selects, *inductions.of_person(person, today)])
    keys = {board_id: key for board_id, key, _ in person.boards}
    others: dict[tuple[str, UUID], list[date]] = defaultdict(list)
    for one in found:
        if one.kind in (inductions.OTHERS_STEP, mentoring.MENTOR_WANTED, mentoring.LOW_PULSE):
            others[one.kind, one.board_id].append(_due(one))
        elif step := _own_step(one, keys.get(one.board_id, ""), today):
            yield step
    for (kind, board_id), days in others.items():
        yield from _for_staff(kind, keys.get(board_id, ""), [day for day in days if day <= today + SOON])


def _due(one: Wanted) -> date:
    """The day by which a row wants something; the far future for a step that is dropped."""
    moment_day = london_day(one.moment) if one.moment else None
    due = due_on(one.day, one.number or 0, moment_day) if one.day else moment_day or date.max
    return date.max if one.other_day and due > one.other_day else due


def _own_step(one: Wanted, board: str, today: date) -> Step | None:
    """One line for what waits for this person alone; None for what is not due yet."""
    if one.kind == inductions.STEP:
        due = _due(one)
        if weeks_late(due, today) > MOST_WEEKS_LATE:  # it stands on the page of training, and does not nag any more
            return None
        words, late = f"A step of your induction, by {short_day_words(due) if due < date.max else ''}", due < today
        return Step(due, one.label or "", words, url_for("training.index"), late) if due <= today + SOON else None
    if one.kind == mentoring.PULSE:
        asked_on = pulse_day(one.day, today) if one.day else None
        if asked_on is None or not is_pulse_open(asked_on, today) or (one.other_day and one.other_day >= asked_on):
            return None
        where = url_for("mentoring.pulse", pair_id=one.id)
        return Step(asked_on, "Is mentoring helping you?", "One question, half a minute", where)
    since = _due(one)
    if one.kind == roles.ROLE:
        where = url_for("role_descriptions.show", board=board, group_id=one.id)
        words = f"{one.name}, version {one.number} of {short_day_words(since)}. Five minutes"
        return Step(since, "Read what your role is, and agree", words, where)
    if one.kind == mentoring.MATCH:
        words = "Nobody asks you why you say yes or no"
        return Step(since, "Say if you would like to be a pair", words, url_for("mentoring.index"))
    if one.kind == deputes.TO_AGREE:
        return Step(since, "Agree to be a depute", "Somebody would like you to stand in", url_for("deputes.index"))
    where = url_for("deputes.decide", nomination_id=one.id)
    return Step(since, f"Confirm {one.name} as depute", f"Asked for on {short_day_words(since)}", where)


def _for_staff(kind: str, board: str, days: Sequence[date]) -> Iterator[Step]:
    """One line for all that is due of a kind; each stands on its own page."""
    if not days:
        return
    first, where = min(days), url_for("mentoring.of_board", board=board)
    if kind == inductions.OTHERS_STEP:
        where = url_for("training.inductions", board=board)
        words = f"The first by {short_day_words(first)}"
        yield Step(first, f"Do {count_words(len(days), 'step')} of inductions", words, where)
    elif kind == mentoring.MENTOR_WANTED:
        words = f"Since {short_day_words(first)}"
        yield Step(first, f"Find a mentor for {count_words(len(days), 'person', 'people')}", words, where)
    else:
        yield Step(first, "Have a quiet word with a pair", f"Since {short_day_words(first)}", where)


def _care(person: Asker, today: date) -> Iterator[Step]:
    """Requests that want a rep's answer, and for officers those that are not arranged."""
    for one in care.waiting_for_rep(person, today):
        where, day = url_for("replacement_care.show", request_id=one.id), short_day_words(one.on_day)
        if one.on_day < today:
            yield Step(one.on_day, "Say if your care took place", f"{one.title}, {day}", where)
        else:
            yield Step(today, "Look at the times for your care", f"They changed. {one.title}, {day}", where)
    waiting = [one for one in care.to_arrange(person) if one.status in UNARRANGED]
    if waiting:
        words = f"The soonest is for {short_day_words(waiting[0].on_day)}"
        where = url_for("replacement_care.to_arrange")
        yield Step(waiting[0].on_day, f"Arrange care for {count_words(len(waiting), 'request')}", words, where)


def _training(person: Asker) -> Iterator[Step]:
    """For officers: training that waits for their word."""
    keys = {board_id: key for board_id, key, _ in person.boards}
    for one in training.to_confirm(person)[:2]:
        where, since = url_for("training.of_board", board=keys[one.board_id]), london_day(one.made_at)
        yield Step(since, f"Confirm training of {one.person.name}", one.title, where)


def _claims(person: Asker) -> Iterator[Step]:
    """Claims to finish, and for approvers those to decide."""
    for one in expenses.waiting_for_me(person):
        where = url_for("expenses.show", claim_id=one.id)
        if one.status == QUERIED:
            yield Step(london_day(one.made_at), f"Answer a question about {one.reference}", one.title, where)
        elif one.to_confirm_at:
            words = f"{one.title}, {short_day_words(one.happened_on)}. Your officer wrote it for you"
            yield Step(london_day(one.to_confirm_at), "Look at a claim, and send it", words, where)
        else:
            words = f"{short_day_words(one.happened_on)}. One press sends your claim"
            yield Step(london_day(one.made_at), f"Did it cost you anything? {one.title}", words, where)
    keys = {board_id: key for board_id, key, _ in person.boards}
    for board_id, number in care_receipts.care_receipts_waiting(person).items():
        where = url_for("expenses.care_receipts", board=keys[board_id])
        yield Step(clock.today(), f"Look at {count_words(number, 'receipt')} for care", "Approvers cannot", where)
    if oldest := claims_waiting.oldest(person):
        words = f"The oldest since {short_day_words(london_day(oldest[1]))}"
        where = url_for("expenses.to_decide")
        yield Step(london_day(oldest[1]), f"Decide {count_words(oldest[0], 'claim')}", words, where)


def _target(meeting: Meeting) -> date:
    return target_day(meeting.meets_on, meeting.board.paper_target_days)


def _minutes(person: Asker, today: date) -> Iterator[Step]:
    for meeting in meetings.without_minutes(person, today - timedelta(days=120), today - timedelta(days=1)):
        due = meeting.meets_on + timedelta(days=MINUTES_DUE_AFTER_DAYS)
        yield Step(
            due,
            f"Publish draft minutes of {meeting.group.name}",
            f"It met on {short_day_words(meeting.meets_on)}",
            url_for("papers.meeting", meeting_id=meeting.id),
            today > due,
        )
