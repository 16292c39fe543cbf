"""History done by the portal's own actions: each at its moment, in the order of the moments, months in one transaction.

Of what is long past nobody is sent an email; the trail has its line of everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from heapq import heapify, heappop, heappush
from itertools import count
from uuid import UUID

from portal.audit.actions import write_line
from portal.core import clock
from portal.core.calendar import moment
from portal.demonstration.moments import acting_as, at
from portal.infra.unit_of_work import emails_written, handled_by, unit_of_work
from portal.notifications.outbox import write_emails
from portal.reactions import react

NEWS = timedelta(days=28)  # emails from before are not in the outbox any more
Act = Callable[[], Iterable["Step"] | None]  # what comes of it is more steps, never earlier ones
_numbers = count()


@dataclass(frozen=True, order=True)
class Step:
    """Somebody does something at a moment."""

    at: datetime
    by: UUID | None = field(compare=False)
    act: Act = field(compare=False)
    number: int = field(default_factory=lambda: next(_numbers))


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a London day."""
    return moment(day, time(hour, minute))


_of_late: list[Step] = []  # what the boards whose history was told so far have done in the last weeks


def go_through(steps: Iterable[Step]) -> None:
    """Everything up to now, with what comes of it; what is still to come does not happen."""
    _go(list(steps), clock.now())


def go_until_lately(steps: Iterable[Step]) -> None:
    """Everything that is older than emails are. What came since waits for `go_on`: the mornings come between."""
    waiting = list(steps)
    _go(waiting, clock.now() - NEWS)
    for step in waiting:
        heappush(_of_late, step)


def go_on(until: datetime) -> None:
    """What waits, up to a moment, of all boards in the order of its moments."""
    _go(_of_late, min(until, clock.now()))


def forget() -> None:
    """What still waits does not happen: it is still to come, or of a history that was stopped."""
    _of_late.clear()


def _go(waiting: list[Step], until: datetime) -> None:
    now = clock.now()
    heapify(waiting)
    while waiting and waiting[0].at <= until:
        with unit_of_work():
            _one_month(waiting, until, now)


def _one_month(waiting: list[Step], until: datetime, now: datetime) -> None:
    month, is_told = _month(waiting[0]), waiting[0].at > now - NEWS
    until = until if is_told else min(until, now - NEWS)
    with nullcontext() if is_told else without_emails():
        while waiting and waiting[0].at <= until and _month(waiting[0]) == month:
            for more in _do(heappop(waiting)):
                heappush(waiting, more)


def _month(step: Step) -> date:
    return clock.london_day(step.at).replace(day=1)


def _do(step: Step) -> list[Step]:
    with at(step.at), acting_as(step.by) if step.by else nullcontext():
        more = list(step.act() or ())
        emails_written()  # what is told of it happens at the same moment
    return more


@contextmanager
def without_emails() -> Iterator[None]:
    """Nobody is told of what happens inside."""
    handled_by(write_line, react)
    try:
        yield
    finally:
        handled_by(write_line, react, write_emails)
