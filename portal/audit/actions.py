"""Writing the trail: within the transaction of a change, or apart for what must count even when a request fails."""

from __future__ import annotations

from portal.audit.models import AuditLine
from portal.core import clock
from portal.core.events import Event
from portal.infra.database import db, transaction_of_its_own
from portal.infra.unit_of_work import acting


def write_line(event: Event) -> None:
    """One line for one event, committed with the change it describes."""
    db.session.add(_line(event))


def write_line_apart(event: Event) -> None:
    """One line that stays even though nothing else of this request will."""
    with transaction_of_its_own() as session:
        session.add(_line(event))


def _line(event: Event) -> AuditLine:
    return AuditLine(
        board_id=event.board_id,
        happened_at=clock.now(),
        actor_id=acting.get(),
        event=event.name,
        facts=event.facts,
    )
