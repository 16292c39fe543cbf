"""One step of the history: what somebody did at a moment long past, with its lines in the trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from portal.demonstration.moments import acting_as, on_day
from portal.infra.unit_of_work import acting, emails_written


@contextmanager
def done(day: date, hour: int = 10, by: UUID | None = None) -> Iterator[None]:
    """What is done inside happens on a day, at an hour of London, by somebody; with None by the portal itself.

    What it sets off is handled before the clock goes on, so many steps can share one transaction.
    """
    with on_day(day, hour):
        if by is None:
            before = acting.set(None)
            try:
                yield
                emails_written()
            finally:
                acting.reset(before)
        else:
            with acting_as(by):
                yield
                emails_written()
