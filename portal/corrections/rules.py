"""What is so of corrections: why one is made, and who must agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from uuid import UUID

WAITING, MADE, DECLINED = "waiting", "made", "declined"
STATUSES = (WAITING, MADE, DECLINED)

# What is said to whoever corrected a fact of a board.
WAITS = "Saved. {better} Another administrator or the coordinator must confirm it."
DONE = "The record is corrected."
DECIDED_ALREADY = "Someone has already decided on this correction."
OTHER_FIGURES = (
    "Nothing is confirmed yet: the figures have changed since you opened the page. Read what the correction would"
    " change now."
)
WAITS_ALREADY = (
    "Someone has already asked for this correction. Another administrator or the coordinator must confirm it."
)
ANOTHER_WAITS = (
    "{asked_by} has already asked for a correction of this: was {was}, to become {now}. Someone must confirm it, refuse"
    " it or cancel it before you can ask for another."
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
    return bool(better(before, after))


def better(before: Mapping[str, float], after: Mapping[str, float]) -> set[str]:
    """Which figures are better after, more being better. One that is there no more tells nothing bad any more."""
    return {name for name in {*before, *after} if after.get(name, inf) > before.get(name, inf)}


def may_decide(asked_by_id: UUID | None, person_id: UUID) -> bool:
    """Nobody confirms or declines what they asked for."""
    return asked_by_id != person_id
