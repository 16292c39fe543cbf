"""Care of a depute who does not stand in any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.access.roles import DEPUTE, Viewer
from portal.boards import queries as boards
from portal.meetings import queries as meetings
from portal.replacement_care.requests.rules import CANCELLED

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest


def stands_in_no_longer(care: CareRequest, person: Viewer) -> bool:
    """Whether what a depute cancelled, or was cancelled for them, was for a meeting at which they stand in no more."""
    meeting = care.meeting
    if not person.holds(DEPUTE):
        return False
    if care.status != CANCELLED or meeting is None or meetings.is_standing_in(meeting.id, care.person_id):
        return False
    return care.person_id not in boards.reps_of_group(meeting.board_id, meeting.group_id, meeting.meets_on)
