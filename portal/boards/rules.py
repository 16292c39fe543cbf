"""What is so of groups and settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from portal.core.text import count_words, day_words


@dataclass(frozen=True)
class InPost:
    """Somebody with a staff role of a board, which they can act in today."""

    board_id: UUID | None
    role: str
    id: UUID
    name: str
    email: str
    work_phone: str


GROUP_KINDS = (
    ("board", "The board itself"),
    ("spg", "Strategic planning group"),
    ("audit", "Audit committee"),
    ("locality", "Locality planning group"),
    ("other", "Another group"),
)


LEAVING_COUNTED_YEARS = 3


MOST_TARGET_DAYS = 60  # how long before a meeting a board may want its papers


LEAST_TARGET_DAYS = 1


USUAL_TARGET_DAYS = 7  # of a board that has set none


USUAL_WITHDRAWN_DAYS = 30  # until a file that was withdrawn for personal data is destroyed


COMPLAINTS = ("complaints_who", "complaints_email", "complaints_page")  # a board's settings of whom people complain to


BEGINNING = date(1900, 1, 1)  # since when the first target of a board holds


PAPERS_STAY_DAYS = 60  # how long past papers stay readable after an appointment ends


def is_current(from_on: date, until_on: date | None, today: date) -> bool:
    return from_on <= today and (until_on is None or today <= until_on)


def parse_reminder_days(typed: str) -> list[int]:
    """Days before a meeting, like '14, 10, 8', latest last. Raises ValueError for anything else."""
    days = sorted({int(part) for part in typed.replace(",", " ").split()}, reverse=True)
    if not days or len(days) > 10 or not all(1 <= day <= 90 for day in days):
        raise ValueError(typed)
    return days


def can_be_part_of(group_id: UUID, parents: Mapping[UUID, UUID | None]) -> set[UUID]:
    """The groups of which one can be a part, by what each group is a part of: not itself, nor what is a part of it."""
    inside, more = set(), {group_id}
    while more:
        inside |= more
        more = {one for one, parent in parents.items() if parent in inside} - inside
    return set(parents) - inside


class Target(Protocol):
    """So many days before a meeting, from a day on, and for meetings from a day on."""

    @property
    def days(self) -> int: ...
    @property
    def from_on(self) -> date: ...
    @property
    def meetings_from(self) -> date: ...


AnyTarget = TypeVar("AnyTarget", bound=Target)


@dataclass(frozen=True)
class NewTarget:
    """A target that somebody sets."""

    days: int
    from_on: date
    meetings_from: date

    def __str__(self) -> str:
        """As a page sends it back."""
        return f"{self.days} {self.from_on} {self.meetings_from}"


def new_target(days: int, from_on: date, before: Target) -> NewTarget:
    """A target that follows another one.

    It measures the meetings whose papers were due neither by the old target nor by the new one before it held: what
    was late stays late, and nobody is late for what nobody had asked.
    """
    not_due_before = from_on + timedelta(days=max(days, before.days))
    return NewTarget(days, from_on, max(before.meetings_from, not_due_before))


def counts_from(target: Target) -> str:
    """From which meetings a new target counts, as a sentence."""
    days, day = count_words(target.days, "day"), day_words(target.meetings_from)
    return f"The new target of {days} counts for meetings from {day}."


def target_for(targets: Iterable[Target], opened_on: date) -> int:
    """The target in days that measures the meetings of a day."""
    holding = target_holding(targets, opened_on)
    return holding.days if holding else USUAL_TARGET_DAYS


def target_holding(targets: Iterable[AnyTarget], opened_on: date) -> AnyTarget | None:
    """The one of some targets that measures the meetings of a day."""
    begun = [one for one in targets if one.meetings_from <= opened_on]
    return max(begun, key=lambda one: (one.meetings_from, one.from_on), default=None)


def problem_with_target_day(from_on: date, today: date) -> str:
    """Why a new target cannot hold from a day on; '' when it can."""
    if from_on < today:
        return "must be today or in the future. What was promised for past meetings stays as it was"
    return "must be within the next year" if from_on > today + timedelta(days=366) else ""
