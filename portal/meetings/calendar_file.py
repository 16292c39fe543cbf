"""Calendar files (RFC 5545): a meeting as an entry, alike in feeds and in emails, and London's hours for all years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from portal.core.clock import LONDON

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

PUBLISH, REQUEST, CANCEL = "PUBLISH", "REQUEST", "CANCEL"  # methods of RFC 5546
LENGTH = timedelta(hours=2)
NO_PLACE = "To be confirmed"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a calendar shows of one meeting. `page` is its address in the portal, where its papers are; none for whoever
    cannot open it.

    An entry that is off says so before its title too: many calendars show no status.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime
    title: str
    page: str
    place: str = ""
    link: str = ""
    off: str = ""  # "Cancelled"
    reason: str = ""


def event_of(entry: Entry) -> Event:
    from icalendar import Event, vUri  # heavy

    event = Event()
    starts = entry.starts.astimezone(LONDON)
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp)
    event.add("sequence", entry.sequence)
    event.add("dtstart", starts)
    event.add("dtend", starts + LENGTH)
    event.add("summary", off_words(entry.off) + entry.title)
    event.add("location", entry.place or entry.link or NO_PLACE)
    event.add("description", "\n".join(_description(entry)))
    if entry.page:
        event.add("url", entry.page)
    event.add("status", "CANCELLED" if entry.off else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if entry.off else "OPAQUE")
    if entry.link and not entry.off:
        event["conference"] = vUri(entry.link, params={"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": "Join online"})
    return event


def off_words(off: str) -> str:
    """What stands before the title of something that is off."""
    return f"{off}: " if off else ""


def _description(entry: Entry) -> Iterator[str]:
    if entry.off:
        yield f"{entry.off}. {entry.reason}".strip()
    elif entry.link:
        yield f"Join online: {entry.link}"
    if entry.page:
        yield f"Agenda and papers: {entry.page}"


def calendar(events: Iterable[Event], method: str = PUBLISH) -> bytes:
    """A calendar file of some events: to be shown, or with which somebody is invited."""
    made = _empty(method)
    for event in events:
        made.add_component(event)
    return bytes(made.to_ical())


def _empty(method: str) -> Calendar:
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Carer Rep Portal//EN")
    made.add("version", "2.0")
    made.add("method", method)
    if method == PUBLISH:
        made.add("x-wr-calname", "Carer Rep Portal")
        made.add("x-published-ttl", "PT1H")
    made.add_component(_london())
    return made


def _london() -> Timezone:
    """Two rules for all years since 1996; a list of the days of some years ends one day, and Outlook reads none."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone, hour = Timezone(), timedelta(hours=1)
    zone.add("tzid", str(LONDON))
    zone.add_component(_half(TimezoneDaylight(), "BST", datetime(1996, 3, 31, 1), timedelta(0), hour))  # noqa: DTZ001 - local
    zone.add_component(_half(TimezoneStandard(), "GMT", datetime(1996, 10, 27, 2), hour, timedelta(0)))  # noqa: DTZ001 - local
    return zone


def _half(
    half: TimezoneDaylight | TimezoneStandard, name: str, first: datetime, before: timedelta, after: timedelta
) -> TimezoneDaylight | TimezoneStandard:
    """Summer or winter, from the last Sunday of the month of its first day on."""
    half.add("dtstart", first)
    half.add("rrule", {"freq": "yearly", "bymonth": first.month, "byday": "-1SU"})
    half.add("tzoffsetfrom", before)
    half.add("tzoffsetto", after)
    half.add("tzname", name)
    return half
