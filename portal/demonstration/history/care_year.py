"""Care of the last year, by quarter: so many people asked that figures may be shown, and what came of it is as planned.

Each quarter has a day on which all go to the same event. Of the quarter in which the year begins it is near its end, of
the others near their beginning, so that all of them are counted on whatever day it starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from portal.core.calendar import is_working_day, working_day_by
from portal.core.clock import london_day
from portal.demonstration.history.attended import attended, in_turns, most, own_turn
from portal.demonstration.history.care_plans import (
    EVENTS,
    READING,
    YEAR,
    Asked,
    End,
    asked,
    event,
    of_meeting,
    span_of_reading,
)
from portal.demonstration.history.diary import diary
from portal.replacement_care.requests.rules import PREPARATION

if TYPE_CHECKING:
    from portal.demonstration.world.towns import Town

CAME, NONE, BOTH, READ = "came", "none", "both", "came and read"  # what a quarter may be in boards.toml
OF_NONE = (End.OWN_BUDGET, End.NOT_PROVIDED, End.OWN_BUDGET, End.NOT_PROVIDED)
OF_A_BAD_BOARD = (End.NEVER_ANSWERED, End.NOT_PROVIDED, End.NEVER_ANSWERED, End.OWN_BUDGET)
OF_MEETINGS = (End.CAME, End.CHANGED, End.CANCELLED, End.CAME)
RUNS = 4  # the number of the quarter that is not over
ASKED_SINCE = 14  # days for which whoever asks has had a role


def of_the_year(town: Town, chance: Random) -> list[Asked]:
    """The requests of the last twelve months, the earliest first; none where boards.toml plans no quarters."""
    busy = {one.day for one in diary(town.profile, town.today)}
    found: list[Asked] = []
    for number, what in enumerate(town.profile.care_by_quarter):
        found += _of_quarter(town, chance, busy, number, what)
    return sorted(found, key=lambda one: (one.asked_at, one.who))


def quarters(today: date) -> list[tuple[date, date]]:
    """The first and last day of the quarter in which the year began, and of each since: five, the oldest first."""
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    found = []
    for _ in range(5):
        following = (first + timedelta(days=100)).replace(day=1)
        found.append((first, following - timedelta(days=1)))
        first = (first - timedelta(days=80)).replace(day=1)
    return found[::-1]


def is_quarter_of(town: Town, day: date, *what: str) -> bool:
    """Whether a day is in a quarter that is one of these, or in none that is planned."""
    found = zip(quarters(town.today), town.profile.care_by_quarter, strict=False)
    return all(of in what for (first, last), of in found if first <= day <= last)


def _of_quarter(town: Town, chance: Random, busy: set[date], number: int, what: str) -> Iterator[Asked]:
    first, last = quarters(town.today)[number]
    later = timedelta(days=chance.randint(0, 24) if number < RUNS else 0)
    day = _free(last - timedelta(days=8), busy) if number == 0 else _free(first + timedelta(days=1) + later, busy)
    if what != NONE:
        yield from _of_event(town, chance, day, number, (End.CAME,))
        around = (town.day(-YEAR), day) if number == 0 else (day, last)
        yield from _of_meetings(town, chance, *around, OF_MEETINGS)
    else:
        yield from _of_meetings(town, chance, first, last, (End.CANCELLED,))  # which no figure counts
    if what in (NONE, BOTH):
        of_none = OF_A_BAD_BOARD if town.profile.care_provided < 0.3 else OF_NONE
        other = day if what == NONE else _free(day + timedelta(days=5), busy)
        yield from _of_event(town, chance, other, number + 5, of_none)
    if what == READ:
        yield from _of_reading(town, chance, _free(day + timedelta(days=20), busy))


def _free(day: date, busy: set[date]) -> date:
    """That day, or the first after it on which people work and the board does not meet."""
    while day in busy or not is_working_day(day):
        day += timedelta(days=1)
    busy.add(day)
    return day


def _who(town: Town, day: date) -> list[str]:
    return most([who for who in town.reps_on(day) if town.holds(who, day - timedelta(days=ASKED_SINCE))], day)


def _of_event(town: Town, chance: Random, day: date, turn: int, ends: Sequence[End]) -> Iterator[Asked]:
    title, hour, minutes = (
        EVENTS[(turn + own_turn(town)) % len(EVENTS)],
        chance.choice((9, 10, 13)),
        chance.choice((180, 240, 270)),
    )
    for place, who in enumerate(_who(town, day)):
        yield event(town, chance, who, day, title=title, hours=(hour, minutes), end=ends[place % len(ends)])


def _of_reading(town: Town, chance: Random, day: date) -> Iterator[Asked]:
    for place, who in enumerate(_who(town, day)):
        span, title = span_of_reading(chance, working_day_by(day + timedelta(days=place))), READING[place % 2]
        yield asked(town, chance, who, span, PREPARATION, title, None, End.CAME)


def _of_meetings(town: Town, chance: Random, first: date, last: date, ends: Sequence[End]) -> Iterator[Asked]:
    """A few who asked for care for a meeting: one needed other times, and one called it off."""
    were_there = [one for one in attended(town) if first < one.on < last and (town.today - one.on).days > 2]
    chosen = in_turns(chance, were_there, len(ends))
    for one, end in zip(chosen, ends, strict=False):
        plan = of_meeting(town, chance, one, end)
        if (plan.span.day - london_day(plan.asked_at)).days > 3:
            yield plan
