"""Carer Awareness on a board: how many other members its groups have, and the sessions that reps gave them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

from portal.core.calendar import working_day_from
from portal.demonstration.history.in_order import Step, at_hour
from portal.demonstration.history.learning import amounts, chance, free_day, learners, meetings_of
from portal.demonstration.world.files import Row
from portal.demonstration.world.towns import Town
from portal.training.awareness import actions

MEMBERS = {"board": 16, "spg": 22, "audit": 8, "locality": 14}  # of each kind of group, beside its reps
ON_AN_ISLAND = {"board": 11, "spg": 14, "locality": 9}
COUNTED_AFTER = 40  # days after the board joined
MOST_DELIVER = 2


def steps(town: Town) -> Iterator[Step]:
    """The members are counted once. Each session is for one group above all, and a few of the others come to it."""
    chances, given, officer = chance(town, "awareness"), amounts(town), town.people["officer"]
    usual = ON_AN_ISLAND if town.profile.ferry_pence else MEMBERS
    members = {kind: usual[kind] for kind in town.groups}
    counted = {town.groups[kind].id: number for kind, number in members.items()}
    counted_on = working_day_from(town.began_on + timedelta(days=COUNTED_AFTER))
    yield Step(at_hour(counted_on, 11), officer, partial(actions.count_other_members, town.board.id, counted))
    taken = {one.meets_on for one in meetings_of(town, town.began_on, town.today)}
    for days_ago, had_it in _shares(members, town.profile.awareness, given.awareness):
        yield _held(town, chances, free_day(town.day(-days_ago), taken), had_it)


def _shares(
    members: Mapping[str, int],
    share: float,
    planned: Sequence[Row],
) -> list[tuple[int, dict[str, int]]]:
    """For each session how many days ago it was, and how many of each group had it: in all, the share of the board."""
    left, free, found = round(share * sum(members.values())), dict(members), []
    for number, (days_ago, kind) in enumerate(planned):
        wanted, here = round(left / (len(planned) - number)), dict[str, int]()
        for one in sorted(members, key=lambda one: one != kind):
            here[one] = min(free[one], wanted - sum(here.values()))
            free[one] -= here[one]
        left -= sum(here.values())
        found.append((days_ago, here))
    return found


def _held(town: Town, chances: random.Random, day: date, had_it: Mapping[str, int]) -> Step:
    """Given by a rep or two of the time, with the carers centre; the officer records it within the week."""
    reps = [who for who in learners(town, day, day) if who in town.reps_on(day)]
    delivered = chances.sample(reps, min(len(reps), chances.choice((1, MOST_DELIVER))))
    held = {"held_on": day, "minutes": chances.choice((45, 60, 90)), "others": amounts(town).others}
    numbers = {town.groups[kind].id: number for kind, number in had_it.items() if number}
    by = [town.people[who] for who in delivered]
    recorded_on = working_day_from(day + timedelta(days=chances.randint(1, 5)))
    act = partial(actions.hold_awareness, uuid4(), town.board.id, held, by, numbers)
    return Step(at_hour(recorded_on, 15), town.people["officer"], act)
