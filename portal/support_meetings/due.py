"""What today makes happen: reps hear of a support meeting on the day before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.support_meetings import queries
from portal.support_meetings.events import SupportMeetingTomorrow

AT_HOUR = time(8)


def support_tomorrow(now: datetime) -> Iterator[Occasion]:
    """At 8am on the day before; one that moved is told of again."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    day = today + timedelta(days=1)
    for one in queries.support_between(moment(day, time(0)), moment(day, time(23, 59))):
        event = SupportMeetingTomorrow(board_id=one.board_id, meeting_id=one.meeting_id, starts_at=one.starts_at)
        yield Occasion(f"support:{one.id}:{one.starts_at.isoformat()}", "A support meeting is tomorrow", event)
