"""Inductions: each begins when somebody first sits, and its steps are done as soon or late as on that board."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select

from portal.boards.models import Appointment
from portal.core.calendar import working_day_from
from portal.demonstration.history.in_order import Step, at_hour
from portal.demonstration.history.learning import chance, joined_by, some
from portal.demonstration.world.towns import Town
from portal.infra.database import db
from portal.infra.occasions import fire_once
from portal.training.inductions import actions, queries
from portal.training.inductions.queries import Induction
from portal.training.inductions.rules import FIRST_MEETING_STEP, FOLLOWED, IN_TIME, REP, Task

NEVER = 0.35  # share of the steps of a late induction that nobody ever does, once it is long over
AFTER_MEETING = 17
SOONEST_LATE = 12  # days after it was due that a step of a late one is done, at the soonest


def steps(town: Town) -> Iterator[Step]:
    """Every first appointment since the board joined has one; about as many are done in time as the profile says."""
    firsts = [one for one in _firsts(town) if queries.started_on(one) <= town.today]
    chances = chance(town, "inductions")
    measured = [one for one in firsts if _is_measured(one, town.today)]
    in_time = {one.id for one in some(chances, measured, town.profile.inducted)}
    in_time |= {one.id for one in firsts if one not in measured and chances.random() < town.profile.inducted}
    for one in queries.inductions(firsts):
        yield Step(at_hour(queries.started_on(one.appointment), 8), None, partial(_begin, one.appointment))
        yield from _of_one(one, chances, town, is_in_time=one.appointment.id in in_time)


def _firsts(town: Town) -> list[Appointment]:
    """The appointment with which each of those who ever sat began, the first first."""
    statement = select(Appointment).where(Appointment.board_id == town.board.id)
    sat = {(one.person_id, one.seat_id, one.from_on) for one in town.sat}
    found: dict[UUID, Appointment] = {}
    for one in db.session.scalars(statement.order_by(Appointment.from_on, Appointment.id)):
        if (one.person_id, one.seat_id, one.from_on) in sat:
            found.setdefault(one.person_id, one)
    return sorted(found.values(), key=lambda one: (queries.started_on(one), town.who_is(one.person_id)))


def _begin(one: Appointment) -> None:
    """As the clock did on its first day."""
    if fire_once(f"induction:{one.id}"):
        actions.begin(one.board_id, one.id, one.person_id)


def _is_measured(one: Appointment, today: date) -> bool:
    """Whether it counts among the inductions of today's figure."""
    began = queries.started_on(one)
    return one.until_on >= today and today - FOLLOWED <= one.from_on and began <= today - IN_TIME


def _of_one(one: Induction, chances: random.Random, town: Town, *, is_in_time: bool) -> Iterator[Step]:
    """Its steps that were done before today, each by its owner."""
    began, who = queries.started_on(one.appointment), town.who_is(one.person_id)
    last = min(town.today - timedelta(days=1), one.appointment.until_on)
    for task in one.tasks:
        late, never = chances.randint(SOONEST_LATE, town.profile.induction_days), chances.random() < NEVER
        day = _day_in_time(task, began, chances) if is_in_time else working_day_from(task.due_on + timedelta(days=late))
        hour = AFTER_MEETING if task.title == FIRST_MEETING_STEP else chances.choice((10, 11, 14, 15))
        if day <= last and (is_in_time or not never) and joined_by(town, who, day):
            by = one.person_id if task.owner == REP else town.people[task.owner]
            yield Step(at_hour(day, hour), by, partial(actions.mark_done, one.appointment, UUID(task.key), by))


def _day_in_time(task: Task, began: date, chances: random.Random) -> date:
    """By the day on which it is due; what belongs to a meeting, on the day of that."""
    early = chances.randint(0, 5)
    return working_day_from(max(began, task.due_on - timedelta(days=0 if task.title == FIRST_MEETING_STEP else early)))
