"""What is still due of a meeting's papers, in words: for whoever looks at a page, and for emails to its readers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from portal.access.decide import can
from portal.access.permissions import PAPERS_READ, PAPERS_RESTRICTED
from portal.core import clock
from portal.infra.guard import viewer
from portal.meetings import queries as meetings
from portal.papers.still_due import queries, rules

if TYPE_CHECKING:
    from portal.meetings.models import Meeting
    from portal.papers.still_due.rules import StillDue


def still_due(meeting: Meeting) -> StillDue | None:
    """For templates: what whoever looks could read of a meeting and is not here yet."""
    if not can(viewer(), PAPERS_READ, meeting):
        return None
    sees_restricted = can(viewer(), PAPERS_RESTRICTED, meeting)
    return rules.still_due(meeting, clock.today(), lambda: queries.missing_papers(meeting.id, sees_restricted))


def in_email(meeting_id: UUID) -> str:
    """The sentence for its reps and deputes, all of whom may read restricted papers; '' where everything is there."""
    meeting = meetings.meeting_by_id(meeting_id)
    found = rules.still_due(meeting, clock.today(), lambda: queries.missing_papers(meeting_id))
    return found.words(clock.today()) if found else ""
