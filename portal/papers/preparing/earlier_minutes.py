"""Whether minutes among the files may be those of the last meeting, and belong on its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from portal.papers.destination import NOTHING_YET
from portal.papers.matching.documents import speaks_of_minutes

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem
    from portal.papers.models import PaperVersion
    from portal.papers.preparing.proposals import Proposal


def may_come(items: Iterable[AgendaItem]) -> bool:
    """Not where the agenda has an item for them: there they are papers of this meeting."""
    return not any(speaks_of_minutes(one.title) for one in items)


def are_among(
    versions: Sequence[PaperVersion], proposals: Mapping[UUID, Proposal], items: Iterable[AgendaItem]
) -> bool:
    """Whether a file that has no place is called minutes, and the agenda has no item for them."""
    return may_come(items) and any(
        speaks_of_minutes(one.file_name)
        for one in versions
        if one.status != "refused" and (proposals[one.id].place if one.id in proposals else one.place) == NOTHING_YET
    )
