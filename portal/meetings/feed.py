"""A person's calendar feed: meetings and, for those who publish, the days by which papers are due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from portal.access.decide import can
from portal.access.permissions import PAPERS_PREPARE
from portal.access.roles import Viewer
from portal.core.clock import LONDON
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED

if TYPE_CHECKING:
    from icalendar import Event


LENGTH = timedelta(hours=2)


def calendar_feed(
    person: Viewer, meetings: Sequence[Meeting], more: Iterable[Event], address: str, now: datetime
) -> bytes:
    """All of somebody's meetings, and what other capabilities add. `address` is the site's own, for links back."""
    events = [*more]
    for meeting in meetings:
        events.append(_meeting(meeting, address, now))
        if meeting.status == PLANNED:
            events.append(_papers_day(meeting, address, now, can(person, PAPERS_PREPARE, meeting)))
    return calendar(events)


def calendar(events: Iterable[Event]) -> bytes:
    """An iCalendar file (RFC 5545) of some events."""
    from icalendar import Calendar  # heavy

    made = Calendar()
    made.add("prodid", "-//Carer Rep Portal//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Carer Rep Portal")
    made.add("x-published-ttl", "PT1H")
    for event in events:
        made.add_component(event)
    made.add_missing_timezones()
    return bytes(made.to_ical())


def _meeting(meeting: Meeting, address: str, now: datetime) -> Event:
    from icalendar import Event

    event = Event()
    starts = meeting.starts_at.astimezone(LONDON)
    event.add("uid", f"meeting-{meeting.id}@carer-rep-portal")
    event.add("dtstamp", now)
    event.add("sequence", meeting.version)
    event.add("dtstart", starts)
    event.add("dtend", starts + LENGTH)
    event.add("summary", f"{meeting.group.name} ({meeting.board.short_name})")
    event.add("location", meeting.place or meeting.link or "To be told")
    event.add("url", f"{address}/meetings/{meeting.id}")
    event.add("status", "CONFIRMED" if meeting.status == PLANNED else "CANCELLED")
    return event


def _papers_day(meeting: Meeting, address: str, now: datetime, prepares: bool) -> Event:
    from icalendar import Event

    event = Event()
    day = meeting.opened_on - timedelta(days=meeting.target_days)
    what = "Publish papers today" if prepares else "Papers should be here"
    event.add("uid", f"papers-{meeting.id}@carer-rep-portal")
    event.add("dtstamp", now)
    event.add("sequence", meeting.version)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{what}: {meeting.group.name} ({meeting.board.short_name})")
    event.add("url", f"{address}/meetings/{meeting.id}")
    event.add("transp", "TRANSPARENT")
    return event
