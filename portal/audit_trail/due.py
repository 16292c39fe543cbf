"""What today makes happen about the trail: its head goes out by email, so that a cut tail shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from portal.audit import queries as audit
from portal.audit.chain import ACCOUNTS
from portal.audit_trail.events import TrailHeadDue
from portal.boards import queries as boards
from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion

AT_HOUR = time(7)


def trail_heads(now: datetime) -> Iterator[Occasion]:
    """Each day at 7am, one email with the head of the chain for each board on which anything ever happened."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    heads = audit.heads()
    for board in boards.boards():
        if head := heads.get(board.id):
            accounts = str(heads.get(ACCOUNTS, ""))
            event = TrailHeadDue(board_id=board.id, head=str(head), accounts_head=accounts)
            words = f"The head of the audit trail of {board.short_name}, to its administrators"
            yield Occasion(f"trail-head:{board.id}:{today}", words, event)
