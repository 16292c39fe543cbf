"""Finding files that can be split."""

from __future__ import annotations

from uuid import UUID

from portal.access.permissions import MEETINGS_READ
from portal.infra.sight import Sight, seen_with
from portal.papers.models import PaperVersion
from portal.papers.preparing.queries import unpublished


@seen_with(MEETINGS_READ)
def file_to_split(sight: Sight, meeting_id: UUID, version_id: UUID) -> PaperVersion | None:
    """A checked, unpublished file of several pages; its parts are files like any other, so it was looked at before."""
    there = next((one for one in unpublished(meeting_id) if one.id == version_id), None)
    is_whole = there is not None and there.status == "ready" and not there.must_be_looked_at
    return there if there is not None and is_whole and there.pages > 1 else None
