"""What is so of corrections: why one is made, and who must agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Protocol
from uuid import UUID

WAITING, MADE, DECLINED = "waiting", "made", "declined"
STATUSES = (WAITING, MADE, DECLINED)

# What is said to whoever corrected a fact of a board.
WAITS = "Saved. It makes a figure better, so another administrator or the coordinator must confirm it."
DONE = "The record is corrected."
DECIDED_ALREADY = "Someone has already decided on this correction."
WAITS_ALREADY = (
    "Someone has already asked for this correction. Another administrator or the coordinator must confirm it."
)

REASONS = (  # of a row about a person
    ("typed", "It was typed wrongly"),
    ("mixed_up", "It was recorded for the wrong person or day"),
    ("told", "The person concerned told us"),
    ("later", "We learned more later"),
    ("other", "Another reason"),
)
REASON_WORDS = dict(REASONS)


@dataclass(frozen=True)
class RowPage:
    """The page on which a row about somebody is corrected."""

    title: str
    about: str
    now: str  # what the record says
    told: str  # who will hear of it
    back_to: str
    back_words: str


def stored_day(value: str) -> date:
    """A day as a correction keeps it."""
    return date.fromisoformat(value)


def needs_second_person(is_of_board: bool, makes_better: bool) -> bool:
    """Whether somebody else must confirm it: what would make the board look better is not one person's to say."""
    return is_of_board and makes_better


def is_better(before: Mapping[str, float], after: Mapping[str, float]) -> bool:
    """Whether any figure is better after, more being better. One that is there no more tells nothing bad any more."""
    return any(after.get(name, inf) > before.get(name, inf) for name in {*before, *after})


class Corrected(Protocol):
    """A correction that was made, in words."""

    @property
    def thing_id(self) -> UUID: ...
    @property
    def was(self) -> str: ...
    @property
    def now(self) -> str: ...
    @property
    def judged_was(self) -> str: ...
    @property
    def judged_now(self) -> str: ...
    @property
    def reason(self) -> str: ...


def corrected_words(corrections: Iterable[Corrected]) -> dict[UUID, str]:
    """For a CSV file: of each thing, every correction with both values, the latest first."""
    found: dict[UUID, list[str]] = {}
    for one in corrections:
        judged = f" (on record before: {one.judged_was or 'not measured'})" if one.judged_was != one.judged_now else ""
        found.setdefault(one.thing_id, []).append(f"was {one.was}, now {one.now}{judged}: {one.reason}")
    return {thing_id: "; ".join(words) for thing_id, words in found.items()}


def may_decide(asked_by_id: UUID | None, person_id: UUID) -> bool:
    """Nobody confirms or declines what they asked for."""
    return asked_by_id != person_id
