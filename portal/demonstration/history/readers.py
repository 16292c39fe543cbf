"""What reps read, and what they noted beside it, at the meetings of the last months and the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle

from sqlalchemy import select

from portal.access.roles import Viewer
from portal.core import clock
from portal.demonstration.history.diary import chance
from portal.demonstration.moments import at
from portal.demonstration.world.towns import Town
from portal.infra.database import db
from portal.meetings import queries as meeting_queries
from portal.meetings.models import AgendaItem, Meeting
from portal.papers.models import Paper, PaperVersion
from portal.papers.reading import actions

READ_SINCE = timedelta(days=200)
NOTES = (
    "Ask what this means for somebody who is the only carer at home.",
    "Page 3: who was asked? It says “engagement” and nothing else.",
    "Check with the carers centre before the meeting.",
    "Good that short breaks are kept. Say so.",
    "The figure for waiting times is not the one we were given last time.",
    "What is RMG? Ask the clerk for a list of words.",
    "Speak to the other rep about this one: they know the day centre.",
    "Their recommendation says “note”. I would like to ask for a date.",
)


def fill(town: Town) -> None:
    """Nobody else sees any of it, so there is no line in the trail."""
    since = town.today - READ_SINCE
    notes = cycle(NOTES)
    for meeting in meeting_queries.planned_between(since, town.today + timedelta(days=60)):
        if meeting.board_id == town.board.id:
            _read_before(town, meeting, notes)


def _read_before(town: Town, meeting: Meeting, notes: cycle[str]) -> None:
    group = next(kind for kind, one in town.groups.items() if one.id == meeting.group_id)
    for who in dict.fromkeys(town.sitting(group, meeting.meets_on)):
        random = chance(town.key, who, meeting.meets_on, "reads")
        share = 0.85 if meeting.meets_on < town.today else 0.4
        viewer = Viewer(town.people[who])
        for paper, published in list(_papers(meeting)):
            reads, writes = random.random() < share, random.random() < 0.2
            moment = min(published + timedelta(hours=random.randint(4, 60)), clock.now() - timedelta(minutes=1))
            if reads and moment > published:
                with at(moment):
                    actions.mark_read(viewer, paper, 1)
                    if writes:
                        actions.keep_note(viewer, paper, next(notes))


def _papers(meeting: Meeting) -> Iterator[tuple[Paper, datetime]]:
    """What everybody on the group could read before the meeting, with the moment it came."""
    statement = select(Paper, PaperVersion.published_at).join(PaperVersion, PaperVersion.paper_id == Paper.id)
    statement = statement.outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
    is_open = (Paper.withdrawn_at.is_(None), AgendaItem.is_restricted.is_not(True), PaperVersion.number == 1)
    statement = statement.where(Paper.meeting_id == meeting.id, *is_open, PaperVersion.published_at < meeting.starts_at)
    found = db.session.execute(statement.order_by(Paper.created_at, Paper.id))
    yield from ((paper, moment) for paper, moment in found if moment)
