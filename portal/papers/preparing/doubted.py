"""What the name of a file says against the place that a clerk gave it: asked, until they say that it is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.infra.database import db
from portal.meetings import queries as meeting_queries
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED
from portal.papers.matching.documents import why_another_day
from portal.papers.matching.elsewhere import speaks_against
from portal.papers.matching.file_names import read_name
from portal.papers.matching.kinds import FileKind, Match
from portal.papers.models import PaperVersion
from portal.papers.preparing import queries, rules
from portal.papers.preparing.proposals import known_of
from portal.papers.withdrawing import queries as withdrawn
from portal.papers.withdrawing.rules import WRONG_FILE

if TYPE_CHECKING:
    from portal.papers.models import Paper

KINDS = {rules.MINUTES: FileKind.MINUTES, rules.AGENDA: FileKind.AGENDA, rules.APPENDIX: FileKind.APPENDIX}
AROUND = timedelta(days=400)  # a name that gives a day is of no meeting further away


def place_of(paper: Paper) -> Match:
    return Match(KINDS.get(paper.kind, FileKind.ITEM), paper.item_id, paper.stage)


def doubts_instead(meeting: Meeting, file_name: str, gone: Paper) -> list[str]:
    """Why a file that is uploaded in place of a withdrawn paper may be of another place.

    The name of a file that was the wrong one does not say what the right one is.
    """
    items = meeting_queries.items(meeting.id)
    known = known_of(meeting, items, clock.now(), other_days(meeting))
    there = [one for one in queries.places_of_papers(meeting.id) if one.is_published]
    statement = select(PaperVersion.file_name).where(PaperVersion.paper_id == gone.id).order_by(PaperVersion.number)
    own = () if withdrawn.reason_of(gone.id) == WRONG_FILE else db.session.scalars(statement).all()
    why = speaks_against(file_name, place_of(gone), replace(known, papers=there), own)
    return [why] if why else []


def other_days(meeting: Meeting) -> set[date]:
    """On which the group meets another time, in the year before and the year after."""
    near = Meeting.meets_on.between(meeting.meets_on - AROUND, meeting.meets_on + AROUND)
    of_group = (Meeting.board_id == meeting.board_id, Meeting.group_id == meeting.group_id, Meeting.id != meeting.id)
    statement = select(Meeting.meets_on).where(*of_group, Meeting.status == PLANNED, near)
    return set(db.session.scalars(statement.order_by(Meeting.meets_on)))


def of_other_days(meeting: Meeting, versions: Iterable[PaperVersion]) -> dict[UUID, str]:
    """By file, why it is not of this meeting, where its name gives another day: asked of its agenda and minutes."""
    known = known_of(meeting, (), clock.now())
    said = {one.id: why_another_day(read_name(one.file_name, known.own_names), known) for one in versions}
    return {key: why for key, why in said.items() if why}
