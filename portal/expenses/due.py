"""What today makes happen: once a day, approvers hear that claims wait for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from portal.core.calendar import is_working_day, moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.expenses import payment_queries
from portal.expenses.events import ClaimsToDecide


def claims_waiting(now: datetime) -> Iterator[Occasion]:
    """At 8am on working days, for each board with claims to decide."""
    today = london_day(now)
    if not is_working_day(today) or now < moment(today, time(8)):
        return
    for board_id, waiting in payment_queries.waiting_by_board().items():
        event = ClaimsToDecide(board_id=board_id, waiting=waiting)
        yield Occasion(f"to-decide:{board_id}:{today}", f"{waiting} claims to decide", event)
