"""A meeting inside an email about it: what goes with the words, so that calendars add, move or remove it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import current_app

from portal.core import clock
from portal.infra.notification import CalendarPart, Facts, Letter
from portal.meetings.calendar_file import CANCEL, REQUEST, Entry, calendar, event_of
from portal.meetings.feed import entry_of
from portal.meetings.models import Meeting

ENTRY = "entry"
NOT_STANDING_IN = "You’re no longer covering"


def with_entry(meeting: Meeting) -> Facts:
    """The facts of an entry, as they are kept with an email."""
    return _kept(entry_of(meeting, current_app.config["PORTAL"].base_url, clock.now()))


def without_entry(meeting: Meeting) -> Facts:
    """Likewise for a depute who no longer stands in, from whose calendar it goes; they cannot open its page."""
    entry = entry_of(meeting, "", clock.now())
    return _kept(replace(entry, off=entry.off or NOT_STANDING_IN, page="", reason=""))


def _kept(entry: Entry) -> Facts:
    return {ENTRY: {**vars(entry), "stamp": entry.stamp.isoformat(), "starts": entry.starts.isoformat()}}


def say_the_same(facts: Facts, others: Facts) -> bool:
    """Whether two emails say the same, but for the moment at which their entry was made."""
    return _unstamped(facts) == _unstamped(others)


def _unstamped(facts: Facts) -> Facts:
    return {**facts, ENTRY: {**facts.get(ENTRY, {}), "stamp": ""}}


def begins(facts: Facts) -> datetime | None:
    """When the meeting begins that an email invites to: afterwards it invites to nothing."""
    return datetime.fromisoformat(facts[ENTRY]["starts"]) if ENTRY in facts else None


def invitation(facts: Facts, letter: Letter) -> CalendarPart | None:
    """What invites a reader, or takes back their invitation: the same entry as in their feed, to them alone."""
    if ENTRY not in facts:  # written before emails held their meeting
        return None
    entry = _entry(facts[ENTRY])
    method = CANCEL if entry.off else REQUEST
    event = event_of(entry)
    event.add("organizer", f"mailto:{letter.sender}", {"CN": "Carer Rep Portal"})
    event.add("attendee", f"mailto:{letter.to}", {"CN": letter.to, "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"})
    return CalendarPart(method, calendar([event], method).decode())


def _entry(kept: Facts) -> Entry:
    moments = {name: datetime.fromisoformat(kept[name]) for name in ("stamp", "starts")}
    return Entry(**{**kept, **moments})
