"""The hours that reps and deputes logged for themselves in the last twelve months: nobody else sees them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from portal.access.roles import REP
from portal.boards.models import Group
from portal.check_in import queries as check_ins
from portal.demonstration.history.steps import done
from portal.demonstration.world.towns import Town
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.role_profiles import actions
from portal.role_profiles.rules import OLDEST_DAYS

LOGS = 0.75  # share of people who log anything
TALKS = 0.6  # share of reps who log talks with carers
Spent = tuple[date, int, str]  # the day, minutes, and for what


def fill(town: Town) -> None:
    """For each meeting that somebody went to, and for talks with carers between them."""
    with unit_of_work():
        met = [(one, set(check_ins.who_came(one))) for one in _meetings(town)]
        for who in _who_log(town):
            person_id = town.people[who]
            for group, spent in _of(town, who, [one for one, came in met if person_id in came]):
                _log(town, who, group, spent)


def _meetings(town: Town) -> list[Meeting]:
    lately = meetings.planned_between(town.day(-OLDEST_DAYS), town.day(-1))
    return [one for one in lately if one.board_id == town.board.id]


def _log(town: Town, who: str, group: Group, spent: list[Spent]) -> None:
    for day, minutes, kind in spent:
        if town.day(-OLDEST_DAYS) < day <= town.today and town.holds(who, day):
            with done(day, 21, town.people[who]):
                actions.log_hours(town.people[who], town.board.id, group.id, day, minutes, kind)


def _who_log(town: Town) -> list[str]:
    """Whoever looks at the page of the first rep finds something there; others log or do not."""
    sit = [*town.profile.reps, *dict.fromkeys(one.who for one in town.deputises)]
    return [who for who in sit if who == REP or Random(f"{town.key}:logs:{who}").random() < LOGS]


def _of(town: Town, who: str, went_to: list[Meeting]) -> Iterator[tuple[Group, list[Spent]]]:
    random, groups = Random(f"{town.key}:hours:{who}"), {one.id: one for one in town.groups.values()}
    for meeting in went_to:
        yield groups[meeting.group_id], list(_around(meeting, random))
    if who == REP or (who in town.profile.reps and random.random() < TALKS):
        days_ago = range(random.randint(33, 60), OLDEST_DAYS, random.randint(31, 47))
        talks = [(town.day(-days), random.randint(4, 16) * 15, "consulting") for days in days_ago]
        yield town.groups[town.groups_of(who, town.today)[0]], talks


def _around(meeting: Meeting, random: Random) -> Iterator[Spent]:
    """Reading on one or two evenings before, the meeting itself, and the way there."""
    for days in random.sample(range(1, 7), random.randint(1, 2)):
        yield meeting.meets_on - timedelta(days=days), random.randint(4, 14) * 15, "preparation"
    yield meeting.meets_on, random.randint(8, 13) * 15, "meeting"
    if meeting.place:
        yield meeting.meets_on, random.randint(2, 6) * 15, "travel"
