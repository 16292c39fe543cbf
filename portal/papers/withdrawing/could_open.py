"""Everyone who could open what is withdrawn: who is told of it, and how many they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from portal.access.permissions import MEETING, MINUTES, PAPERS_READ, PAPERS_RESTRICTED, TABLE
from portal.access.roles import DEPUTE
from portal.audit import queries as audit
from portal.audit.models import AuditLine
from portal.core import clock
from portal.core.clock import london_day
from portal.core.events import Event
from portal.meetings.events import DeputeCannotCome, DeputeStandsDown, RestrictionLifted
from portal.papers.models import Paper, PaperVersion
from portal.papers.withdrawing import queries


def could_open(paper: Paper, files: Sequence[PaperVersion]) -> list[UUID]:
    """Everyone who could open any of these files at any time since the first was published.

    Where its item was restricted for a part of that, whoever cannot open it now must have been able to open it then.
    """
    now = queries.readers(paper, clock.today())
    at = min((one.published_at for one in files if one.published_at), default=None)
    if at is None:
        return now
    lifted = _lines(paper.board_id, paper.item_id, RestrictionLifted)
    asked = (PAPERS_READ, PAPERS_RESTRICTED) if any(one.happened_at >= at for one in lifted) else queries.needed(paper)
    return sorted({*now, *queries.readers(paper, london_day(at), asked, _stood_down(paper, at, asked))})


def _stood_down(paper: Paper, since: datetime, permissions: Sequence[str]) -> set[UUID]:
    """Whoever stood in at the meeting until some moment after another, and does not any more, by the trail."""
    if any(TABLE[one][DEPUTE] not in (MEETING, MINUTES) for one in permissions):
        return set()
    lines = _lines(paper.board_id, paper.meeting_id, DeputeStandsDown, DeputeCannotCome)
    return {UUID(str(one.facts["person_id"])) for one in lines if one.happened_at >= since}


def _lines(board_id: UUID, about_id: UUID | None, *kinds: type[Event]) -> Sequence[AuditLine]:
    return audit.lines_that_mention(board_id, kinds, [about_id]) if about_id else ()
