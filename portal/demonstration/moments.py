"""Letting the demonstration act in the past."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, time
from uuid import UUID

from portal.core import clock
from portal.infra.unit_of_work import acting


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at a moment; afterwards time goes on as before."""
    before = clock.use(lambda: moment)
    try:
        yield
    finally:
        clock.use(before)


@contextmanager
def acting_as(person_id: UUID) -> Iterator[None]:
    """Everything inside is done by a person: the trail names them, and what they did is not news to them."""
    before = acting.set(person_id)
    try:
        yield
    finally:
        acting.reset(before)


def on_day(day: date, hour: int = 10) -> AbstractContextManager[None]:
    """Everything inside happens on a day, at an hour of London."""
    return at(datetime.combine(day, time(hour), tzinfo=clock.LONDON).astimezone(UTC))
