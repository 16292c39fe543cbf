"""What training, mentoring and support share: how much of them each board has, and who could go on which day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from portal.accounts.models import Person
from portal.core.calendar import working_day_from
from portal.core.clock import london_day
from portal.demonstration.world.files import Row, Written, written
from portal.demonstration.world.profiles import Halves
from portal.demonstration.world.towns import Town
from portal.infra.database import db
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting

YEAR = 365
HOLIDAYS = ((12, 21), (1, 5))  # from and until: nobody arranges anything
LEARNERS = ("rep", "depute", "mentor")  # what the role keys of those begin with who go to training

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Amounts:
    """How much training and support one board has; see learning.toml."""

    sessions: Sequence[int]
    trained: float
    courses: int
    support: Halves
    answers: float
    awareness: Sequence[Row]
    place: str
    others: str


def read() -> Written:
    return written(Path(__file__).parent / "learning.toml")


def amounts(town: Town) -> Amounts:
    return Amounts(**read()["boards"][town.key])


def words(kind: str) -> Sequence[str]:
    """What somebody may have written, of one kind."""
    found: Sequence[str] = read()["words"][kind]
    return found


def chance(town: Town, kind: str) -> random.Random:
    """The same on each day of start, for one board and one kind of thing."""
    return random.Random(f"{town.key}:{kind}")


def some(chances: random.Random, things: Sequence[Thing], share: float) -> list[Thing]:
    """That share of some things, to the nearest whole number, in their own order."""
    chosen = set(chances.sample(range(len(things)), round(share * len(things))))
    return [one for place, one in enumerate(things) if place in chosen]


def trained(town: Town) -> list[str]:
    """The reps of today who have had training: those who have sat longest, as many as the board has."""
    since = {one.who: one.from_on for one in reversed(town.sat)}
    reps = sorted(town.profile.reps, key=lambda who: (since[who], who))
    return reps[: round(amounts(town).trained * len(reps))]


def joined_by(town: Town, who: str, day: date) -> bool:
    """Whether somebody had an account by a day that was still open then."""
    person = db.session.get_one(Person, town.people[who])
    has_joined = person.joined_at is not None and london_day(person.joined_at) <= day
    return has_joined and (person.disabled_at is None or london_day(person.disabled_at) > day)


def learners(town: Town, first: date, last: date) -> list[str]:
    """The role keys of those who could take a place on the first day and still hold their role on the last."""
    every = (who for who in town.people if who.startswith(LEARNERS) or any(one.who == who for one in town.sat))
    return [who for who in every if _could(town, who, first) and _could(town, who, last)]


def _could(town: Town, who: str, day: date) -> bool:
    return town.holds(who, day) and joined_by(town, who, day)


def meetings_of(town: Town, first: date, last: date) -> list[Meeting]:
    """The meetings of the board that were held or are planned in some days, the first first."""
    return [one for one in meetings.planned_between(first, last) if one.board_id == town.board.id]


def free_day(day: date, taken: set[date]) -> date:
    """That day, or the first after it that is a working day on which the board does nothing else."""
    while day != working_day_from(day) or day in taken or is_holiday(day):
        day += timedelta(days=1)
    return day


def is_holiday(day: date) -> bool:
    return (day.month, day.day) >= HOLIDAYS[0] or (day.month, day.day) <= HOLIDAYS[1]
