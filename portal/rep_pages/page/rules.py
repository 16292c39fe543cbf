"""How much of what there is of a rep their page shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from portal.boards.seats.rules import REMIND_OF_TERM_DAYS
from portal.core.text import count_words

MEETINGS_SHOWN = 6
EMAILS_SHOWN = 5
RECORDS_SHOWN = 3


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


def term_ends(until_on: date, today: date) -> str:
    """'Term ends in 20 days', from when officers are reminded of it; '' before that."""
    left = (until_on - today).days
    if left > REMIND_OF_TERM_DAYS[0]:
        return ""
    return f"Term ends in {count_words(left, 'day')}" if left else "Term ends today"
