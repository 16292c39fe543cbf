"""What happens when publications are announced: alike beforehand, on the list of emails, and by the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from portal.papers.events import PapersAnnounced, PapersEvent, PapersReplaced
from portal.papers.preparing.rules import MINUTES

if TYPE_CHECKING:
    from portal.meetings.models import Meeting
    from portal.papers.models import Paper, PaperVersion


def announcing(
    meeting: Meeting,
    publications: tuple[UUID, ...],
    files: Iterable[tuple[Paper, PaperVersion]],
    by_id: UUID | None,
    late: bool = False,
) -> Iterator[PapersEvent]:
    """Papers were announced, and new versions among them. `by_id` published them all, if one person did.

    Minutes have an email of their own.
    """
    of = {"board_id": meeting.board_id, "meeting_id": meeting.id}
    yield PapersAnnounced(**of, publications=publications, late=late, by_id=by_id)
    changed = tuple(paper.id for paper, version in files if version.number > 1 and paper.kind != MINUTES)
    if changed:
        yield PapersReplaced(**of, papers=changed, by_id=by_id)
