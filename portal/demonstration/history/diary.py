"""When the groups of a board meet, for three years back and half a year ahead, and what became of each meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import groupby, pairwise
from random import Random
from types import MappingProxyType

from portal.core.calendar import is_working_day, last_working_day_before, working_day_from
from portal.demonstration.history.agendas import quarter_before
from portal.demonstration.world.profiles import Profile

AHEAD = timedelta(days=183)
SITS_AGAIN = timedelta(days=8)
FIRST = timedelta(days=25)  # after it joined a board's first meetings are held
LOST = timedelta(days=17)  # ago, or a week more at a time: a meeting of an island that the weather cancelled
FEW, COUNTED = 5, timedelta(days=380)  # of a group that meets as seldom none is called off in the year of the figures
NEAR = 20  # days ahead within which it is kept that something is near, whatever the season
HELD, CANCELLED, NOT_HELD, ADJOURNED = "held", "cancelled", "not_held", "adjourned"
WEEKDAYS = {"board": 2, "spg": 1, "audit": 3, "locality": 0}
HOURS = {"board": time(10), "spg": time(13, 30), "audit": time(14), "locality": time(18)}
# Days after today of the meeting that comes next, so that something is near whenever it starts.
NEXT: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "northfirth": {"board": 3, "spg": 9, "audit": 8, "locality": 30},
        "southmoor": {"board": 1, "spg": 7, "audit": 40, "locality": 25},
        "strathvarn": {"board": 17, "spg": 5, "audit": 45, "locality": 24},
        "dunreith": {"board": 6, "spg": 20, "audit": 50, "locality": 33},
        "caldermuir": {"board": 13, "spg": 26, "audit": 40},
        "hallasay": {"board": 10, "spg": 22, "locality": 36},
    }
)
# Which of the past meetings of a board, counted back from today, sat again, or could not sit: by group and number.
SPECIAL: Mapping[str, tuple[tuple[str, int, str], ...]] = MappingProxyType(
    {
        "southmoor": (("audit", 3, ADJOURNED),),
        "strathvarn": (("audit", 3, ADJOURNED),),
        "dunreith": (("spg", 2, NOT_HELD), ("locality", 4, NOT_HELD)),
    }
)


@dataclass(frozen=True)
class Planned:
    """One meeting. `first_on` is the day for which it was called, where it was moved since."""

    group: str
    day: date
    first_on: date
    hour: time
    turn: int  # which of this group's meetings in the quarter, from year to year
    is_main: bool = False
    is_online: bool = False
    room: str = ""
    fate: str = HELD
    previous: date | None = None  # of the same group
    next_: date | None = None

    @property
    def is_moved(self) -> bool:
        return self.first_on != self.day

    @property
    def last_on(self) -> date:
        """The day on which it sat last."""
        return working_day_from(self.day + SITS_AGAIN) if self.fate == ADJOURNED else self.day

    @property
    def was_held(self) -> bool:
        return self.fate in (HELD, ADJOURNED)


def chance(key: str, *of: object) -> Random:
    """The same numbers for the same thing on every start."""
    return Random(":".join(map(str, (key, *of))))


def diary(profile: Profile, today: date) -> list[Planned]:
    """Every meeting, in the order of days."""
    found: list[Planned] = []
    for group, _ in profile.groups:
        days = list(_days(profile, group, today))
        found += _of_group(profile, group, days, today)
    return sorted(_with_fates(profile, found, today), key=lambda one: (one.day, one.group))


def _days(profile: Profile, group: str, today: date) -> Iterator[date]:
    step = 365 / profile.meetings_a_year[group]
    near = NEXT[profile.key][group]
    first = today - timedelta(days=profile.joined_days_ago) + FIRST
    back = int((today + timedelta(days=near) - first).days / step)
    for number in range(-back, int((AHEAD.days - near) / step) + 1):
        day = today + timedelta(days=near + round(number * step))
        is_near = number == 0 and near <= NEAR
        yield _next(profile, group, today) if is_near else _usual(day, WEEKDAYS[group])


def _next(profile: Profile, group: str, today: date) -> date:
    """When a group meets next. Two that would both meet on the Monday after a weekend meet one day after the other."""
    days: dict[str, date] = {}
    for kind, near in sorted(NEXT[profile.key].items(), key=lambda one: one[1]):
        days[kind] = working_day_from(today + timedelta(days=near))
        while days[kind] in [day for other, day in days.items() if other != kind]:
            days[kind] = working_day_from(days[kind] + timedelta(days=1))
    return days[group]


def _usual(day: date, weekday: int) -> date:
    """The nearest of the group's weekdays, not in the recess around New Year or in July, and no holiday."""
    day += timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    while _is_recess(day):
        day += timedelta(days=7)
    return working_day_from(day)


def _is_recess(day: date) -> bool:
    return (day.month, day.day) >= (12, 19) or (day.month, day.day) <= (1, 7) or (day.month == 7 and day.day < 24)


def _of_group(profile: Profile, group: str, days: list[date], today: date) -> list[Planned]:
    found = []
    for (year, _), of_quarter in groupby(days, key=lambda day: (day.year, quarter_before(day))):
        several = list(of_quarter)
        for number, day in enumerate(several):
            random = chance(profile.key, group, day)
            is_main = group == "board" and number == len(several) - 1
            is_near = timedelta(0) <= day - today < timedelta(days=14)  # one goes there in the tour
            is_online = random.random() < profile.online and not is_near
            room = profile.rooms[(group != "board") * (len(profile.rooms) > 1)]
            found.append(
                Planned(group, day, day, HOURS[group], year + number, is_main, is_online, "" if is_online else room)
            )
    beside = pairwise([None, *found, None]), pairwise([*found, None])
    return [
        replace(one, previous=before.day if before else None, next_=after.day if after else None)
        for (before, one), (_, after) in zip(beside[0], beside[1], strict=False)
        if one
    ]


def _with_fates(profile: Profile, found: list[Planned], today: date) -> list[Planned]:
    """Some were called off, and some moved: never a board's main ones, of which the minutes tell, nor what is near."""
    past = [one for one in found if one.day < today - timedelta(days=30)]
    may_go = [one for one in past if not one.is_main]
    may_be_off = [one for one in may_go if profile.meetings_a_year[one.group] > FEW or one.day < today - COUNTED]
    random = chance(profile.key, "fates")
    chosen = random.sample(may_be_off, min(len(may_be_off), profile.called_off))
    others = [one for one in may_go if one not in chosen]
    chosen += random.sample(others, min(len(others), profile.moved))
    fates: dict[int, Planned] = {}
    for number, one in enumerate(chosen):
        is_off = number < profile.called_off
        fates[id(one)] = replace(one, fate=CANCELLED) if is_off else replace(one, first_on=_before_it_moved(one))
    for group, back, fate in SPECIAL.get(profile.key, ()):
        of_group = [one for one in past if one.group == group and id(one) not in fates]
        if len(of_group) >= back:
            fates[id(of_group[-back])] = replace(of_group[-back], fate=fate)
    return [fates.get(id(one), one) for one in found]


def lost_lately(profile: Profile, today: date) -> list[Planned]:
    """On an island one beside all others was called lately, and cancelled. It is in no figure."""
    if not profile.ferry_pence:
        return []
    others, (group, _) = diary(profile, today), profile.groups[-1]
    day = today - LOST
    while _is_recess(day) or day.weekday() != WEEKDAYS[group] or day in [one.day for one in others]:
        day -= timedelta(days=1)
    day = last_working_day_before(day + timedelta(days=1))
    before = [one.day for one in others if one.group == group and one.day < day]
    after = [one.day for one in others if one.group == group and one.day > day]
    planned = Planned(group, day, day, HOURS[group], day.year, room=profile.rooms[-1], fate=CANCELLED)
    return [replace(planned, previous=max(before, default=None), next_=min(after, default=None))]


def _before_it_moved(one: Planned) -> date:
    """A week or two earlier or later than it was held."""
    for days in (-7, 7, -14, 14, -8, 8):
        day = one.day + timedelta(days=days)
        if is_working_day(day):
            return day
    return one.day
