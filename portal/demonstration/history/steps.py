"""One step of the history: what somebody did at a moment long past, with its lines in the trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from uuid import UUID

from portal.core import clock
from portal.demonstration.history.in_order import NEWS, at_hour, without_emails
from portal.demonstration.moments import at
from portal.infra.unit_of_work import acting, emails_written


@contextmanager
def done(day: date, hour: int = 10, by: UUID | None = None) -> Iterator[None]:
    """What is done inside happens on a day, at an hour of London, by somebody; with None by the portal itself.

    What it sets off is handled before the clock goes on, so many steps can share one transaction. Nobody is sent an
    email of what is long past, and nothing happens later than now.
    """
    now = clock.now()
    moment = min(at_hour(day, hour), now)
    before = acting.set(by)
    try:
        with without_emails() if now - moment > NEWS else nullcontext(), at(moment):
            yield
            emails_written()
    finally:
        acting.reset(before)
