"""Finding what changed of papers together with their new versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from portal.core.clock import london_day
from portal.infra.database import db
from portal.papers.detailing.rules import impact_change
from portal.papers.models import Paper, PaperVersion


def impact_changes(papers: Sequence[Paper]) -> dict[UUID, str]:
    """How the impact on carers of some papers changed since the version before the newest: 'limited to substantial'."""
    ids = [one.id for one in papers]
    statement = select(PaperVersion.paper_id, PaperVersion.published_at)
    statement = statement.where(PaperVersion.paper_id.in_(ids), PaperVersion.published_at.is_not(None))
    published: dict[UUID, list[datetime]] = defaultdict(list)
    for paper_id, at in db.session.execute(statement.order_by(PaperVersion.paper_id, PaperVersion.number)):
        published[paper_id] += [at] if at else []
    found = {
        one.id: impact_change(one.earlier_details, london_day(published[one.id][-2]), one.carer_impact)
        for one in papers
        if len(published[one.id]) > 1
    }
    return {key: words for key, words in found.items() if words}
