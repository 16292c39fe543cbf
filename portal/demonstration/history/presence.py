"""Who said that they would come to a meeting, and who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from portal.check_in.rules import ABSENT, APOLOGIES, CAME, CAME_ONLINE, DEPUTE, IN_PERSON, NO, ONLINE
from portal.core.calendar import working_day_from
from portal.demonstration.history.agendas import quarter_before
from portal.demonstration.history.diary import Planned, chance, diary
from portal.demonstration.library.orders import OWN_FOR
from portal.demonstration.world.profiles import profile
from portal.demonstration.world.towns import Town

EMERGENCY, SILENT = "emergency", ""
SENDS = frozenset(  # whose depute goes to the next meeting of a group
    {
        ("northfirth", "spg", "rep"),
        ("southmoor", "spg", "rep2"),
        ("strathvarn", "spg", "rep3"),
        ("dunreith", "board", "rep"),
        ("hallasay", "board", "rep"),
        ("caldermuir", "board", "rep"),
    }
)
BY_POST = frozenset(
    {("northfirth", "board", "rep2"), ("southmoor", "spg", "rep3")}
)  # who comes, and wants them printed
TOLD_IN_MINUTES = ("northfirth", "southmoor", "dunreith")  # the rep of the board is named in its minutes
IN_FIGURES = (-364, -95)  # days that are in the last four whole quarters, on whatever day it starts
LONG_AGO = (-560, -366)
EMERGENCIES = {"northfirth": "rep5", "southmoor": "rep2"}  # who had one on the morning of a meeting, long ago


@dataclass(frozen=True)
class Presence:
    """What somebody answered, and how it was; `depute` goes for them."""

    answer: str
    attended: str
    depute: str = ""

    @property
    def was_there(self) -> bool:
        return self.attended in (CAME, CAME_ONLINE)


def presence(town: Town, one: Planned) -> dict[str, Presence]:
    """By the role key of each who sat on the group on the day."""
    return {who: _of(town, one, who) for who in dict.fromkeys(town.sitting(one.group, one.day))}


def _of(town: Town, one: Planned, who: str) -> Presence:
    random, depute = chance(town.key, one.group, one.day, who), town.depute_of(who, one.group, one.day) or ""
    comes, how, answered = random.random() < town.profile.attendance, random.random(), random.random()
    if depute and sends(town, one, who):
        return Presence(DEPUTE, CAME_ONLINE if one.is_online else CAME, depute)
    if wants_post(town, one, who):
        return Presence(IN_PERSON, CAME)
    if _is_named(town, one, who):
        comes, how = quarter_before(one.day) != 4 or not depute or one.day >= town.today, 0.1
    elif (sure := _sure(town, one, who)) is not None:
        comes, how = sure
    if comes:
        is_online = one.is_online or how > 0.86
        says = ONLINE if is_online else IN_PERSON
        return Presence(says if answered < 0.88 else SILENT, CAME_ONLINE if is_online else CAME)
    if depute and how < 0.6:
        return Presence(DEPUTE, CAME_ONLINE if one.is_online else CAME, depute)
    if how < 0.7:
        return Presence(NO, APOLOGIES)
    if how < 0.85:
        return Presence(EMERGENCY, CAME if depute else APOLOGIES, depute)  # a press calls the depute
    return Presence(SILENT, ABSENT)


def sends(town: Town, one: Planned, who: str) -> bool:
    """Whether it is the next meeting, and somebody lets their depute go."""
    is_next = one.day > town.today and (one.previous is None or one.previous <= town.today)
    return is_next and (town.key, one.group, who) in SENDS


def wants_post(town: Town, one: Planned, who: str) -> bool:
    """Whether it is to come, and somebody wants its papers by post."""
    return one.day > town.today and (town.key, one.group, who) in BY_POST


def _sure(town: Town, one: Planned, who: str) -> tuple[bool, float] | None:
    """What is not left to chance: within the year everybody comes once, and so does every depute."""
    if EMERGENCIES.get(town.key) == who and one.day == next(iter(_sat_at(town, one.group, who, LONG_AGO)), None):
        return False, 0.8
    days = _sat_at(town, one.group, who, IN_FIGURES)
    covered = [day for day in days if town.depute_of(who, one.group, day) and not _is_told(town, one.group, day, who)]
    place = list(town.profile.names).index(who)
    instead = covered[-1 - place % len(covered)] if covered else None
    if one.day == instead:
        return False, 0.1
    return (True, 0.1) if one.day in [day for day in days if day != instead][-1:] else None


def _sat_at(town: Town, group: str, who: str, between: tuple[int, int]) -> list[date]:
    """The days of meetings of a group in that time at which somebody sat there."""
    first, last = map(town.day, between)
    days = [one.day for one in _held(town.key, town.today) if one.group == group and first <= one.day <= last]
    return [day for day in days if who in town.sitting(group, day)]


@cache
def _held(key: str, today: date) -> tuple[Planned, ...]:
    return tuple(one for one in diary(profile(key), today) if one.was_held)


def _is_told(town: Town, group: str, day: date, who: str) -> bool:
    return any(_is_named(town, one, who) for one in _held(town.key, town.today) if (one.group, one.day) == (group, day))


def _is_named(town: Town, one: Planned, who: str) -> bool:
    return town.key in TOLD_IN_MINUTES and who == "rep" and one.is_main and (town.today - one.day).days <= OWN_FOR


def recorded_on(town: Town, one: Planned) -> date | None:
    """When the clerk wrote down who came: the next day, or where much is late some weeks after, or never."""
    random, share = chance(town.key, one.group, one.day, "recorded"), town.profile.on(town.profile.in_time, 0)
    if share < 0.2 and random.random() < 0.25:
        return None
    after = random.randint(1, 3) if share > 0.5 else random.randint(3, 21)
    day = working_day_from(one.last_on + timedelta(days=after))
    return day if day < town.today else None
