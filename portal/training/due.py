"""What today makes happen: inductions begin, their steps come due and are chased, and records run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.training.events import InductionStepDue, InductionStepLate, SessionTomorrow, TrainingRunsOut
from portal.training.inductions import actions as inductions_actions
from portal.training.inductions import queries as inductions_queries
from portal.training.inductions.rules import BEGUN_WITHIN, DROPPED, MOST_WEEKS_LATE, weeks_late
from portal.training.records import queries as records_queries
from portal.training.records.rules import RENEW_DAYS_LEFT, renewal_reminder
from portal.training.sessions import queries as sessions_queries

AT_HOUR = time(8)


def inductions_begin(now: datetime) -> Iterator[Occasion]:
    """On the first day of an appointment, or on the day it was made if that is later; once."""
    today = london_day(now)
    for one in inductions_queries.followed_everywhere(today):
        if inductions_queries.started_on(one.appointment) >= today - BEGUN_WITHIN:
            act = partial(inductions_actions.begin, one.board_id, one.appointment.id, one.person_id)
            yield Occasion(f"induction:{one.appointment.id}", "An induction begins", action=act)


def induction_steps(now: datetime) -> Iterator[Occasion]:
    """From 8am on the day a step is due, and once a week while it is late: to its owner."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    for one in inductions_queries.followed_everywhere(today):
        of = {"board_id": one.board_id, "appointment_id": one.appointment.id, "person_id": one.person_id}
        for task in one.tasks:
            state = task.state(today, one.appointment.until_on)
            if task.is_done or state == DROPPED or task.due_on > today:
                continue
            weeks = weeks_late(task.due_on, today)
            if weeks > MOST_WEEKS_LATE:
                continue
            kind = InductionStepLate if weeks else InductionStepDue
            event = kind(**of, step_id=UUID(task.key), owner=task.owner, due_on=task.due_on)
            yield Occasion(f"step:{one.appointment.id}:{task.key}:{task.due_on}:{weeks}", "A step is due", event)


def records_run_out(now: datetime) -> Iterator[Occasion]:
    """At 8am, 60 and 14 days before a record runs out."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    for one in records_queries.running_out(today, today + timedelta(days=RENEW_DAYS_LEFT[0])):
        if one.valid_until and (days := renewal_reminder((one.valid_until - today).days)):
            of = {"board_id": one.board_id, "record_id": one.id, "person_id": one.person_id}
            event = TrainingRunsOut(**of, until=one.valid_until, days=(one.valid_until - today).days)
            yield Occasion(f"renew:{one.id}:{one.valid_until}:{days}", "Training expires", event)


def sessions_tomorrow(now: datetime) -> Iterator[Occasion]:
    """At 8am on the day before a session; one that moved is told of again."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    day = today + timedelta(days=1)
    for one in sessions_queries.sessions_between(moment(day, time(0)), moment(day, time(23, 59))):
        event = SessionTomorrow(board_id=one.board_id, session_id=one.id)
        yield Occasion(f"session:{one.id}:{one.starts_at.isoformat()}", "Training is tomorrow", event)
