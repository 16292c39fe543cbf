"""How much of what there is of a rep their page shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

MEETINGS_SHOWN = 6
EMAILS_SHOWN = 5
RECORDS_SHOWN = 3
TERM_ENDS_SOON_DAYS = 183


class Kept(Protocol):
    """A meeting, and whether a rep, or a depute for them, was there."""

    @property
    def was_there(self) -> bool: ...


def attendance_words(called: str, recorded: Sequence[Kept]) -> str:
    """'Morag, or a depute, was at 4 of the last 5 meetings that have a record.'"""
    there = sum(one.was_there for one in recorded)
    if len(recorded) == 1:
        return f"{called}, or a depute, {'was' if there else 'was not'} at the last meeting that has a record."
    return f"{called}, or a depute, was at {there} of the last {len(recorded)} meetings that have a record."


def ends_soon(until_on: date, today: date) -> int:
    """In how many days a term ends, where that is soon; 0 where it is not."""
    left = (until_on - today).days
    return left if left <= TERM_ENDS_SOON_DAYS else 0
