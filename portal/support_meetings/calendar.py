"""Support meetings in a person's calendar: those that they may see, beside the meetings that they come before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from portal.access.roles import Viewer
from portal.meetings.calendar_file import Entry, event_of
from portal.support_meetings import queries
from portal.support_meetings.queries import InCalendar

if TYPE_CHECKING:
    from icalendar import Event

SHOWN_BACK = timedelta(days=90)  # as long as meetings stay in the feed


def entries(person: Viewer, address: str, now: datetime) -> list[Event]:
    """One that was cancelled stays and says so, so that calendars drop it."""
    found = queries.for_calendar(person, now - SHOWN_BACK)
    return [event_of(_entry(one, address, now)) for one in found]


def _entry(one: InCalendar, address: str, now: datetime) -> Entry:
    return Entry(
        uid=f"support-{one.meeting.id}@carer-rep-portal",
        sequence=one.changes + one.meeting.version,
        stamp=now,
        starts=one.starts_at,
        title=f"Support meeting before {one.meeting.group.name}",
        page=f"{address}/meetings/{one.meeting.id}/support",
        place=one.place,
        link=one.link,
        off="" if one.is_on else "Cancelled",
    )
