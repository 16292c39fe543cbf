"""What today makes happen about papers: announcements, reminders of papers and of minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from portal.core import clock
from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.meetings import queries as meeting_queries
from portal.meetings.models import Meeting
from portal.papers.events import MinutesDue, PapersDueSoon
from portal.papers.preparing import actions as preparing_actions
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing import rules as preparing_rules

FURTHEST_REMINDER = timedelta(days=100)


def announcements(now: datetime) -> Iterator[Occasion]:
    """Publications whose time has come, one occasion a meeting."""
    for (_, meeting_id), publications in preparing_queries.to_announce(now).items():
        meeting = meeting_queries.meeting_by_id(meeting_id)
        act = partial(preparing_actions.announce, publications, meeting.target_days, meeting)
        key = f"announce:{publications[-1].id}"
        yield Occasion(key, f"Tell people of papers for {_name(meeting)}", action=act)


def papers_due(now: datetime) -> Iterator[Occasion]:
    """At 8am on each reminder morning of a meeting whose agenda or papers are not all published."""
    today = london_day(now)
    if now < moment(today, time(preparing_rules.REMIND_AT_HOUR)):
        return
    meetings = [m for m in _coming(today) if m.starts_at > now and today in _mornings(m)]
    meetings = _known_before(meetings, today)
    missing = preparing_queries.missing_items([m.id for m in meetings])
    for meeting in meetings:
        if gaps := _gaps(meeting, missing.get(meeting.id, [])):
            event = PapersDueSoon(board_id=meeting.board_id, meeting_id=meeting.id, missing=tuple(gaps))
            yield Occasion(f"papers-due:{meeting.id}:{today}", f"Papers due for {_name(meeting)}", event=event)


def minutes_due(now: datetime) -> Iterator[Occasion]:
    """At 8am, 14 days after a meeting without draft minutes, then weekly."""
    today = london_day(now)
    if now < moment(today, time(preparing_rules.REMIND_AT_HOUR)):
        return
    held = meeting_queries.planned_between(today - preparing_rules.MINUTES_CHASED, today - timedelta(days=1))
    held = [m for m in held if preparing_rules.is_minutes_morning(m.meets_on, today) and m.minutes_published_at is None]
    for meeting in held:
        days = (today - meeting.meets_on).days
        event = MinutesDue(board_id=meeting.board_id, meeting_id=meeting.id, days_since=days)
        yield Occasion(f"minutes-due:{meeting.id}:{today}", f"Minutes due of {_name(meeting)}", event=event)


def _known_before(meetings: Sequence[Meeting], today: date) -> list[Meeting]:
    """Without those that were added today, or whose agenda was begun today: somebody is at work on them."""
    begun = preparing_queries.agendas_begun_on([m.id for m in meetings], today) if meetings else set()
    return [m for m in meetings if london_day(m.called_at) < today and m.id not in begun]


def _coming(today: date) -> Sequence[Meeting]:
    return meeting_queries.planned_between(today, today + FURTHEST_REMINDER)


def _mornings(meeting: Meeting) -> frozenset[date]:
    return preparing_rules.reminder_mornings(meeting.opened_on, meeting.target_days, meeting.board.reminder_days)


def _gaps(meeting: Meeting, missing: list[str]) -> list[str]:
    """What is not published yet: the agenda itself, and papers."""
    is_there = meeting.agenda_published_at is not None and meeting.agenda_published_at <= clock.now()
    return ([] if is_there else [preparing_rules.THE_AGENDA]) + missing


def _name(meeting: Meeting) -> str:
    return f"{meeting.board.short_name}, {meeting.group.name}, {meeting.meets_on}"
