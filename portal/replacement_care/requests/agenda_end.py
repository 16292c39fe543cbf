"""Until when the published agenda of a meeting goes on, where its items say when they begin or how long they take."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from portal.core.calendar import moment
from portal.core.clock import LONDON
from portal.infra.database import db
from portal.meetings.models import AgendaItem, Meeting
from portal.replacement_care.requests.rules import MEETING, OPEN, USUAL_MEETING, without_journey

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest

LAST_ITEM = timedelta(minutes=15)  # how long an item is taken to last that says only when it begins
NEAR = timedelta(hours=8)  # what is further from the start of its meeting is no time of it
_CLOCK = re.compile(r"\b(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-5][0-9]))?\s*(?P<half>[ap]\.?\s?m\b)?", re.IGNORECASE)
_LENGTH = re.compile(r"\b(?P<number>[0-9]{1,3})\s*(?P<unit>minutes?|mins?|hours?|hrs?)\b", re.IGNORECASE)
_NOON = re.compile(r"\b(?:12\s*)?(?:noon|midday)\b", re.IGNORECASE)


def goes_on_until(starts_at: datetime, timings: Iterable[str]) -> datetime:
    """The end of the last of some items, in their order; the start of the meeting where none says a time."""
    reached = latest = starts_at
    for timing in timings:
        times, length = _times(timing, starts_at), _length(timing)
        if times:
            reached = times[-1] if times[1:] else times[0] + (length or LAST_ITEM)
        else:
            reached += length
        latest = max(latest, reached)
    return latest


def _length(timing: str) -> timedelta:
    found = _LENGTH.search(timing)
    if found is None:
        return timedelta(0)
    unit = timedelta(hours=1) if found["unit"].lower().startswith("h") else timedelta(minutes=1)
    return int(found["number"]) * unit


def _times(timing: str, starts_at: datetime) -> list[datetime]:
    """Those of the day of the meeting that can be meant: of '2.15', in the morning or afternoon, the one after it."""
    day, found = starts_at.astimezone(LONDON).date(), []
    for one in _CLOCK.finditer(_NOON.sub("12:00pm", _LENGTH.sub("", timing))):
        if one["minute"] or one["half"]:
            both = [moment(day, each) for each in _may_be(int(one["hour"]), int(one["minute"] or 0), one["half"] or "")]
            found += [at for at in both if starts_at <= at <= starts_at + NEAR][:1]
    return found


def _may_be(hour: int, minute: int, half: str) -> list[time]:
    if hour > 23 or (half and not 1 <= hour <= 12):
        return []
    if half:
        return [time(hour % 12 + (12 if half.lower().startswith("p") else 0), minute)]
    return [time(hour, minute), *([time(hour + 12, minute)] if 1 <= hour < 12 else [])]


def agenda_ends(meetings: Collection[Meeting]) -> dict[UUID, datetime]:
    """By meeting, until when its agenda goes on; without those that it says to last no longer than is usual."""
    starts = {one.id: one.starts_at for one in meetings}
    boards = {one.board_id for one in meetings}
    timed = (AgendaItem.published_at.is_not(None), AgendaItem.timing != "")
    statement = select(AgendaItem.meeting_id, AgendaItem.timing).where(
        AgendaItem.board_id.in_(boards), AgendaItem.meeting_id.in_(list(starts)), *timed
    )
    timings: dict[UUID, list[str]] = defaultdict(list)
    for key, timing in db.session.execute(statement.order_by(AgendaItem.position, AgendaItem.id)):
        timings[key].append(timing)
    found = {key: goes_on_until(starts[key], said) for key, said in timings.items()}
    return {key: until for key, until in found.items() if until > starts[key] + USUAL_MEETING}


def agenda_facts(care: CareRequest) -> dict[str, object]:
    """What the page of a request says of the agenda: until when it goes on, and whether care ends before that."""
    meeting = care.meeting
    if meeting is None or care.what != MEETING or care.status not in OPEN or care.on_day != meeting.meets_on:
        return {"agenda_until": None, "ends_too_soon": False}
    until = agenda_ends([meeting]).get(meeting.id)
    ends_at = without_journey(care.wanted_span or care.span).ends_at
    return {"agenda_until": until, "ends_too_soon": until is not None and ends_at < until}
