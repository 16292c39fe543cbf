"""Training in a person's calendar."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from portal.access.roles import Viewer
from portal.core.clock import LONDON
from portal.meetings.calendar_file import off_words
from portal.training.models import TrainingSession
from portal.training.sessions import queries
from portal.training.sessions.rules import ON_WAITING_LIST

if TYPE_CHECKING:
    from icalendar import Event


def entries(person: Viewer, address: str, now: datetime) -> list[Event]:
    """The sessions for which somebody has a place or waits for one, as calendar events."""
    return [entry(one.session, one.status, address, now) for one in queries.own_bookings(person.id, now)]


def entry(session: TrainingSession, status: str, address: str, now: datetime) -> Event:
    """One session as an event of RFC 5545; a place on the waiting list is tentative. `address` is the site's own."""
    from icalendar import Event  # heavy

    event = Event()
    event.add("uid", f"training-{session.id}@carer-rep-portal")
    event.add("dtstamp", now)
    event.add("sequence", session.version)
    event.add("dtstart", session.starts_at.astimezone(LONDON))
    event.add("dtend", session.ends_at.astimezone(LONDON))
    event.add("summary", off_words("Cancelled" if session.is_cancelled else "") + session.title)
    event.add("location", session.place or session.link)
    if session.link and not session.is_cancelled:
        event.add("description", f"Join online: {session.link}")
    event.add("url", f"{address}/training/sessions/{session.id}")
    waits = "TENTATIVE" if status == ON_WAITING_LIST else "CONFIRMED"
    event.add("status", "CANCELLED" if session.is_cancelled else waits)
    return event
