"""Emails about what was published that are still to come, and to whom they would go as things are now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from portal.boards import queries as boards
from portal.core import clock
from portal.infra.unit_of_work import foreseen
from portal.papers.preparing import queries
from portal.papers.preparing.announcing import announcing
from portal.papers.preparing.told import Told, told_of

if TYPE_CHECKING:
    from portal.meetings.models import Meeting
    from portal.papers.models import Publication


@dataclass(frozen=True)
class Coming:
    """What was published when, and the emails about it, at a moment to come."""

    published: tuple[datetime, ...]
    at: datetime
    told: tuple[Told, ...]


def emails_to_come(meeting: Meeting) -> list[Coming]:
    """For the list of a meeting's emails, the soonest first."""
    by_moment: dict[datetime, list[Publication]] = defaultdict(list)
    for one in queries.not_announced(meeting.id):
        if one.announce_at:
            by_moment[one.announce_at].append(one)
    return [_coming(meeting, at, some) for at, some in by_moment.items()]


def _coming(meeting: Meeting, at: datetime, some: list[Publication]) -> Coming:
    ids = tuple(one.id for one in some)
    files = [(one.paper, one.version) for one in queries.announced(ids)]
    events = announcing(meeting, ids, files, queries.published_by(some))
    emails = [email for event in events for email in foreseen(event, max(at, clock.now()))]
    names = boards.people_named(one.person_id for one in emails)
    return Coming(tuple(one.published_at for one in some), at, tuple(told_of(emails, names, ())))
