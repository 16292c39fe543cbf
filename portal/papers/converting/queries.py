"""Finding files whose pages a clerk looks at."""

from __future__ import annotations

from uuid import UUID

from portal.access.permissions import MEETINGS_READ
from portal.infra.sight import Sight, seen_with
from portal.papers.models import PaperVersion
from portal.papers.preparing.queries import unpublished


@seen_with(MEETINGS_READ)
def file_to_look_at(sight: Sight, meeting_id: UUID, version_id: UUID) -> PaperVersion | None:
    """A checked, unpublished file that was made from another."""
    there = next((one for one in unpublished(meeting_id) if one.id == version_id), None)
    return there if there is not None and there.status == "ready" and there.made_from else None
