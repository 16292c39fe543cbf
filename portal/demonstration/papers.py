"""Papers of the demonstration: put on a meeting as a clerk would do it, one withdrawn and corrected, standing items."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from portal.boards.models import Group
from portal.core import clock
from portal.demonstration.made_papers import Document
from portal.demonstration.moments import acting_as
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import queries as meeting_queries
from portal.meetings.agendas.actions import add_standing_item
from portal.meetings.models import Meeting
from portal.papers.models import Paper, PaperVersion, Publication
from portal.papers.preparing import actions, queries
from portal.papers.preparing.proposals import propose
from portal.papers.preparing.rules import Sorted
from portal.papers.withdrawing import actions as withdrawing
from portal.papers.withdrawing.queries import paper_by_id
from portal.papers.withdrawing.rules import ERROR, WHOLE
from portal.scheduler.run import work_once

MOST_BYTES = 50 * 1024 * 1024
STANDING = (
    {"title": "Welcome and apologies", "is_verbal": True},
    {"title": "Carers’ voice", "purpose": "discussion", "place": 3},
    {"title": "Any other business", "is_verbal": True, "is_at_end": True},
)


def upload_and_publish(
    meeting: Meeting, files: Sequence[tuple[str, bytes]], tell: bool = False, in_place_of: Paper | None = None
) -> None:
    """As a clerk would do it, without telling people of what is long past."""
    with unit_of_work():
        actions.upload(meeting_queries.meeting_by_id(meeting.id), files, MOST_BYTES, in_place_of)
    while work_once():
        pass
    with unit_of_work():
        meeting = meeting_queries.meeting_by_id(meeting.id)
        actions.sort_files(meeting, _as_proposed(meeting, queries.unpublished(meeting.id)))
        publication: Publication = actions.publish(meeting, meeting.version)
        if not tell:
            publication.announce_at = None
    while work_once():
        pass


def _as_proposed(meeting: Meeting, versions: Sequence[PaperVersion]) -> list[Sorted]:
    items, papers = meeting_queries.items(meeting.id), queries.places_of_papers(meeting.id)
    found = propose(meeting, versions, items, papers, clock.now())
    return [Sorted(key, one.place, one.title, one.is_appendix) for key, one in found.items()]


def withdraw_and_correct(meeting: Meeting, one: Document, clerk_id: UUID) -> None:
    """A paper with an error, and the corrected one in its place."""
    with acting_as(clerk_id):
        with unit_of_work():
            there = queries.places_of_papers(meeting.id)
            paper = paper_by_id(next(there_is.id for there_is in there if there_is.title == one.title))
            version = meeting_queries.meeting_by_id(meeting.id).version
            withdrawing.withdraw(paper, version, WHOLE, ERROR, "The table on page 2 shows last year’s figures")
        while work_once():
            pass
        upload_and_publish(meeting, [one.as_file(f"{one.title} corrected")], tell=True, in_place_of=paper)


def add_standing_items(group: Group, clerk_id: UUID) -> None:
    """What is on each agenda of the group."""
    with acting_as(clerk_id), unit_of_work():
        for item in STANDING:
            add_standing_item(group, uuid4(), item)
