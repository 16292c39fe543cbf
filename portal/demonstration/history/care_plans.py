"""Which care was asked for on a made-up board, and what came of it: plans that nothing is asked for, only drawn.

Every board and year draws by the profile of the board: the same day of start gives the same requests.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from portal.core.calendar import working_day_by, working_day_from
from portal.core.clock import london_day
from portal.demonstration.history.attended import Attended, attended, days_of_own, in_turns
from portal.demonstration.history.in_order import at_hour
from portal.replacement_care.requests.rules import EVENT, MEETING, PREPARATION, Span, proposed

if TYPE_CHECKING:
    from portal.demonstration.world.towns import Town

OF_YEAR = 0.85  # what waits on the day of the start comes on top, and some ask twice
YEAR = 365
ONE_WAY = (15, 20, 25, 35, 40, 50)  # minutes, by person
EVENTS = (
    "Carers’ forum",
    "Open day at the library",
    "Visit to a day centre",
    "Talk to student nurses",
    "Budget workshop",
    "Lunch for carers",
    "Walk round the new health centre",
)
READING = ("The papers for the next meeting", "The budget papers", "The carers’ strategy", "The directions")
KINDS = ("company", "company", "personal", "meal")


class End(Enum):
    """What comes of a request."""

    CAME = "somebody came"
    NOBODY_CAME = "nobody came, although it was arranged"
    CHANGED = "the rep needed other times, and somebody came"
    OFFERED = "other times were offered, and agreed to"
    CANCELLED = "the rep cancelled it"
    OWN_BUDGET = "not provided, and paid for from the own budget"
    AGAIN = "not provided, asked for again, and then provided"
    NOT_PROVIDED = "not provided, and nobody found"
    NEVER_ANSWERED = "nobody answered"


NOT_PROVIDED = (End.OWN_BUDGET, End.AGAIN, End.NOT_PROVIDED, End.NEVER_ANSWERED)


@dataclass(frozen=True)
class Asked:
    """A request as it is going to be."""

    who: str
    person_id: UUID
    span: Span
    what: str
    title: str
    meeting_id: UUID | None
    asked_at: datetime
    end: End


def plans(town: Town, chance: Random) -> list[Asked]:
    """As many as the board has in its years, the earliest first; no two of one person on one day.

    Where boards.toml plans the quarters of the last year, that year is left to care_year.py.
    """
    profile = town.profile
    least = YEAR + 12 if profile.care_by_quarter else 2
    many = max(0, round(OF_YEAR * profile.care_a_year * (profile.joined_days_ago - 30 - least) / 365))
    were_there = [one for one in attended(town) if (town.today - one.on).days > least]
    meetings = in_turns(chance, were_there, round(many * 0.65))
    reading = [_reading(town, chance, one) for one in in_turns(chance, were_there, round(many * 0.15))]
    rest = many - len(meetings) - len(reading)
    events = [event(town, chance, *one) for one in days_of_own(town, chance, rest, least_days_ago=least)]
    found = [*(of_meeting(town, chance, one) for one in meetings), *reading, *events]
    in_time = [one for one in found if (one.span.day - london_day(one.asked_at)).days > 3]
    return sorted(_once_a_day(in_time), key=lambda one: (one.asked_at, one.who))


def _once_a_day(found: Sequence[Asked]) -> Iterator[Asked]:
    taken: set[tuple[str, date]] = set()
    for one in found:
        if (one.who, one.span.day) not in taken:
            taken.add((one.who, one.span.day))
            yield one


def of_meeting(town: Town, chance: Random, one: Attended, end: End | None = None) -> Asked:
    span = proposed(one.starts_at, 0 if one.is_online else one_way(town, one.who))
    return asked(town, chance, one.who, span, MEETING, one.group, one.meeting_id, end)


def _reading(town: Town, chance: Random, one: Attended) -> Asked:
    day = working_day_by(max(one.on - timedelta(days=chance.randint(3, 6)), town.began_on + timedelta(days=25)))
    span, title = span_of_reading(chance, day), chance.choice(READING)
    return asked(town, chance, one.who, span, PREPARATION, title, None)


def span_of_reading(chance: Random, day: date) -> Span:
    begins = at_hour(day, chance.choice((14, 18, 19)))
    return Span(begins, begins + timedelta(minutes=chance.choice((60, 90, 120))))


def event(
    town: Town,
    chance: Random,
    who: str,
    day: date,
    title: str = "",
    hours: tuple[int, int] | None = None,
    end: End | None = None,
) -> Asked:
    """With the hour at which it begins and the minutes it takes, where these are known."""
    hour, minutes = hours or (chance.choice((9, 10, 13)), chance.choice((180, 240, 270)))
    begins = at_hour(day, hour)
    span = Span(begins, begins + timedelta(minutes=minutes), 2 * one_way(town, who))
    return asked(town, chance, who, span, EVENT, title or chance.choice(EVENTS), None, end)


def one_way(town: Town, who: str) -> int:
    """How many minutes somebody needs to get to a meeting."""
    return Random(f"{town.key}:way:{who}").choice(ONE_WAY)


def asked(
    town: Town,
    chance: Random,
    who: str,
    span: Span,
    what: str,
    title: str,
    meeting_id: UUID | None,
    end: End | None = None,
) -> Asked:
    """Asked for some weeks before; what comes of it is drawn where it is not planned."""
    asked_on = max(span.day - timedelta(days=chance.randint(11, 32)), town.first_day(who))
    asked_at = at_hour(asked_on, chance.choice((8, 12, 19, 20, 21)), chance.randint(0, 59))
    found = end or _end(town, chance, span.day)
    return Asked(who, town.people[who], span, what, title, meeting_id, asked_at, found)


def _end(town: Town, chance: Random, on: date) -> End:
    profile = town.profile
    if chance.random() < 0.06:
        return End.CANCELLED
    if chance.random() < profile.care_provided:
        spoilt = 0.0 if profile.care_provided == 1 else 0.05
        ends, odds = (End.CAME, End.NOBODY_CAME, End.CHANGED, End.OFFERED), (0.82, spoilt, 0.08, 0.05)
        return chance.choices(ends, odds)[0]
    left = 1 - profile.care_provided
    own = min(0.8, profile.care_own_budget / left) if left else 1.0
    silent = 0.25 if profile.care_provided < 0.3 and (town.today - on).days < 500 else 0.0
    again = 0.1 if profile.care_provided > 0.3 else 0.03
    return chance.choices(NOT_PROVIDED, (own, again, max(0.05, 1 - own - silent - again), silent))[0]


def answered_after(town: Town, chance: Random) -> int:
    """How many days the officer needs until it is arranged, or until it is clear that it cannot be."""
    provided = town.profile.care_provided
    if provided == 1:
        return chance.randint(1, 2)
    return chance.randint(1, 4) if provided > 0.7 else chance.randint(3, 7) if provided > 0.3 else chance.randint(6, 10)


def answered_on(asked_on: date, days: int, on: date) -> date:
    """A working day so many days later, and at least a day before the care."""
    day = working_day_from(asked_on + timedelta(days=days))
    return day if day < on else on
