"""A person's calendar feed: meetings and, for those who publish, the days by which papers are due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from portal.access.decide import can
from portal.access.permissions import PAPERS_PREPARE
from portal.access.roles import Viewer
from portal.meetings.calendar_file import Entry, calendar, event_of
from portal.meetings.models import Meeting
from portal.meetings.rules import CANCELLED, NOT_HELD, PLANNED

if TYPE_CHECKING:
    from icalendar import Event

OFF = {CANCELLED: "Cancelled", NOT_HELD: "Did not take place"}


def calendar_feed(
    person: Viewer, meetings: Sequence[Meeting], more: Iterable[Event], address: str, now: datetime
) -> bytes:
    """All of somebody's meetings, and what other capabilities add. `address` is the site's own, for links back."""
    events = [*more]
    for meeting in meetings:
        events.append(event_of(entry_of(meeting, address, now)))
        if meeting.status == PLANNED:
            events.append(_papers_day(meeting, address, now, can(person, PAPERS_PREPARE, meeting)))
    return calendar(events)


def entry_of(meeting: Meeting, address: str, now: datetime) -> Entry:
    """A meeting as calendars show it; its id there is the same for good, and each change has a higher number."""
    off = OFF.get(meeting.status, "")
    return Entry(
        uid=f"meeting-{meeting.id}@carer-rep-portal",
        sequence=meeting.version,
        stamp=now,
        starts=meeting.starts_at,
        title=_title(meeting),
        page=_page(meeting, address),
        place=meeting.place,
        link=meeting.link,
        off=off,
        reason=meeting.reason if off else "",
    )


def _title(meeting: Meeting) -> str:
    return f"{meeting.group.name} ({meeting.board.short_name})"


def _page(meeting: Meeting, address: str) -> str:
    return f"{address}/meetings/{meeting.id}"


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
    event.add("summary", f"{what}: {_title(meeting)}")
    event.add("description", f"Agenda and papers: {_page(meeting, address)}")
    event.add("url", _page(meeting, address))
    event.add("transp", "TRANSPARENT")
    return event
