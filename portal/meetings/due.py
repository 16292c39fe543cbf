"""What today makes happen about meetings: a word to everyone two days before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.meetings import queries
from portal.meetings.events import MeetingComesSoon

DAYS_BEFORE = 2


def meetings_soon(now: datetime) -> Iterator[Occasion]:
    """At 8am, two days before a meeting."""
    today = london_day(now)
    if now < moment(today, time(8)):
        return
    day = today + timedelta(days=DAYS_BEFORE)
    for meeting in queries.planned_between(day, day):
        event = MeetingComesSoon(board_id=meeting.board_id, meeting_id=meeting.id)
        words = f"Meeting soon: {meeting.board.short_name}, {meeting.group.name}, {meeting.meets_on}"
        yield Occasion(f"meeting-soon:{meeting.id}:{meeting.meets_on}", words, event=event)
