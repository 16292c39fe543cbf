"""Finding inductions and their steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, or_, select, type_coerce
from sqlalchemy.orm import aliased, joinedload

from portal.access.permissions import (
    COURSES_WRITE,
    INDUCTION_MARK,
)
from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.boards.models import Appointment
from portal.boards.queries import is_still_theirs
from portal.core import clock
from portal.core.clock import london_day
from portal.infra.database import UtcMoment, db
from portal.infra.kept import AnyDay
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with
from portal.meetings.models import Meeting
from portal.meetings.rules import PLANNED
from portal.role_descriptions.models import RoleAgreement
from portal.training.inductions.rules import FOLLOWED, REP, ROLE_STEP, Task, due_on, starts_on
from portal.training.models import InductionMark, InductionStep


@dataclass(frozen=True)
class Induction:
    """The induction of one appointment: whose, and its steps in order."""

    appointment: Appointment
    tasks: list[Task]

    @property
    def board_id(self) -> UUID:
        return self.appointment.board_id

    @property
    def person_id(self) -> UUID:
        return self.appointment.person_id

    @property
    def recorded_on(self) -> date | None:
        """The day from which its days count, where the appointment was recorded after its first day."""
        started = started_on(self.appointment)
        return started if started > self.appointment.from_on else None


def steps(board_ids: Iterable[UUID]) -> dict[UUID, list[InductionStep]]:
    """The plan of each board, in the order of its days."""
    statement = select(InductionStep).where(
        InductionStep.board_id.in_(list(board_ids)), InductionStep.closed_at.is_(None)
    )
    found: dict[UUID, list[InductionStep]] = defaultdict(list)
    order = (InductionStep.board_id, InductionStep.days, InductionStep.title, InductionStep.id)
    for one in db.session.scalars(statement.order_by(*order)):
        found[one.board_id].append(one)
    return found


@seen_with(COURSES_WRITE)
def step(sight: Sight, step_id: UUID) -> InductionStep | None:
    statement = select(InductionStep).where(InductionStep.id == step_id, sight.of(InductionStep))
    return db.session.scalar(statement.where(InductionStep.closed_at.is_(None)))


def inductions(appointments: Sequence[Appointment]) -> list[Induction]:
    """The inductions of some appointments, in three queries for all of them."""
    if not appointments:
        return []
    plans = steps({one.board_id for one in appointments})
    marked = select(InductionMark).where(
        InductionMark.board_id.in_({one.board_id for one in appointments}),
        InductionMark.appointment_id.in_([one.id for one in appointments]),
    )
    done = {(one.appointment_id, one.step_id): one for one in db.session.scalars(marked.order_by(InductionMark.id))}
    meets, agreed = _days_of([one.id for one in appointments])
    return [Induction(one, _tasks(one, plans.get(one.board_id, []), meets, done, agreed)) for one in appointments]


def _tasks(
    one: Appointment,
    plan: Sequence[InductionStep],
    meets: Mapping[UUID, date],
    done: Mapping[tuple[UUID, UUID], InductionMark],
    agreed: Mapping[UUID, date],
) -> list[Task]:
    """What belongs to an induction, on every page and in emails: what is done or asked for, in the order of its days.

    A step that would be due after the appointment ends is not asked for.
    """
    tasks = [_task(s, _due(one, s, meets), done.get((one.id, s.id)), agreed.get(one.id)) for s in plan]
    belong = [task for task in tasks if task.is_done or task.due_on <= one.until_on]
    return sorted(belong, key=lambda task: (task.due_on, task.title, task.key))


def _task(step: InductionStep, due: date, mark: InductionMark | None, agreed_on: date | None) -> Task:
    task = Task(str(step.id), step.title, step.owner, due, mark is not None)
    if mark:
        return replace(task, done_by_id=mark.done_by_id, done_on=london_day(mark.done_at))
    is_agreed = agreed_on is not None and (step.title, step.owner) == (ROLE_STEP, REP)
    return replace(task, is_done=True, done_on=agreed_on) if is_agreed else task


@cache
def _agreed_at() -> ScalarSelect[datetime]:
    """The moment at which whoever is appointed first agreed to the description of the role on that group."""
    statement = select(func.min(RoleAgreement.agreed_at)).where(
        RoleAgreement.board_id == Appointment.board_id,
        RoleAgreement.group_id == Appointment.group_id,
        RoleAgreement.person_id == Appointment.person_id,
    )
    return statement.correlate(Appointment).scalar_subquery()


def done_at() -> ColumnElement[datetime | None]:
    """When a step was done, in a statement that joins its mark: that of the role by agreeing to the description too."""
    is_of_role = and_(InductionStep.title == ROLE_STEP, InductionStep.owner == REP)
    return func.coalesce(InductionMark.done_at, case((is_of_role, _agreed_at()), else_=None))


def started_on(appointment: Appointment) -> date:
    """The later of the first day and the day it was recorded: from then the days of its steps count."""
    return starts_on(appointment.from_on, london_day(appointment.made_at) if appointment.made_at else None)


def _due(appointment: Appointment, step: InductionStep, meets: Mapping[UUID, date]) -> date:
    first_meeting_on = meets.get(appointment.id) if step.at_first_meeting else None
    return due_on(started_on(appointment), step.days, first_meeting_on, step.owner)


@cache
def first_meeting() -> ScalarSelect[Any]:  # a moment, as the database gives it
    """The moment of the first meeting of the group of an appointment since it began and was made, held or planned."""
    statement = select(func.min(Meeting.starts_at)).where(
        Meeting.board_id == Appointment.board_id,
        Meeting.group_id == Appointment.group_id,
        Meeting.meets_on >= Appointment.from_on,
        or_(Appointment.made_at.is_(None), Meeting.starts_at >= Appointment.made_at),
        Meeting.status == PLANNED,
    )
    return statement.correlate(Appointment).scalar_subquery()


def _days_of(appointment_ids: Iterable[UUID]) -> tuple[dict[UUID, date], dict[UUID, date]]:
    """The days of the first meeting of some appointments, and of agreeing to their roles, where there are any."""
    statement = select(Appointment.id, first_meeting(), _agreed_at()).where(Appointment.id.in_(list(appointment_ids)))
    rows = db.session.execute(statement.order_by(Appointment.id)).all()
    meets = {key: london_day(moment) for key, moment, _ in rows if moment}
    return meets, {key: london_day(moment) for key, _, moment in rows if moment}


@cache  # making an alias takes longer than the query
def _is_first() -> ColumnElement[bool]:
    """The appointment of a person on a board with which their induction began; another seat or term begins none.

    One that is made later for an earlier day takes nothing over.
    """
    earlier = aliased(Appointment)
    one, other = _began(earlier), _began(Appointment)
    return ~exists().where(
        earlier.board_id == Appointment.board_id,
        earlier.person_id == Appointment.person_id,
        or_(one < other, and_(one == other, earlier.id < Appointment.id)),
    )


def _began(appointment: type[Appointment]) -> ColumnElement[datetime]:
    """In a statement, the later of the first day and the moment at which it was made."""
    from_on = type_coerce(appointment.from_on, UtcMoment())
    return case((appointment.made_at > from_on, appointment.made_at), else_=from_on)


def followed(today: AnyDay) -> tuple[ColumnElement[bool], ...]:
    """Appointments with an induction that runs: none of who declined, or was withdrawn, before they joined."""
    runs = (Appointment.from_on <= today, Appointment.until_on >= today, Appointment.from_on >= today - FOLLOWED)
    comes = exists().where(Person.id == Appointment.person_id, is_still_theirs()).correlate(Appointment)
    return (*runs, _is_first(), comes)


def own_inductions(person: Viewer) -> list[Induction]:
    """Somebody's own, of the appointments that run."""
    statement = select(Appointment).where(Appointment.person_id == person.id, *followed(clock.today()))
    return inductions(db.session.scalars(statement.order_by(Appointment.from_on.desc(), Appointment.id)).all())


def inductions_of_board(board_id: UUID) -> list[Induction]:
    """Those of a board's reps, the newest first, with their names."""
    statement = select(Appointment).where(Appointment.board_id == board_id, *followed(clock.today()))
    statement = statement.options(joinedload(Appointment.person))
    return inductions(db.session.scalars(statement.order_by(Appointment.from_on.desc(), Appointment.id)).all())


def inductions_of_rep(board_id: UUID, person_id: UUID) -> list[Induction]:
    """Those of one rep of a board that are followed: one at most, as another seat or term begins none."""
    of_rep = (Appointment.board_id == board_id, Appointment.person_id == person_id)
    statement = select(Appointment).where(*of_rep, *followed(clock.today()))
    return inductions(db.session.scalars(statement.order_by(Appointment.from_on.desc(), Appointment.id)).all())


def followed_everywhere(today: date) -> list[Induction]:
    """On every board: for the clock."""
    statement = select(Appointment).where(*followed(today)).order_by(Appointment.board_id, Appointment.id)
    return inductions(db.session.scalars(across_boards(statement, CrossBoardReason.CLOCK)).all())


@dataclass(frozen=True)
class OneStep:
    """One step of one appointment's induction, as somebody marks it."""

    appointment: Appointment
    task: Task

    @property
    def board_id(self) -> UUID:
        return self.appointment.board_id

    @property
    def person_id(self) -> UUID:
        return self.appointment.person_id


@seen_with(INDUCTION_MARK)
def one_step(sight: Sight, appointment_id: UUID, step_id: UUID) -> OneStep | None:
    """A step within a person's sight."""
    limits = sight.of(Appointment)
    found = db.session.scalar(select(Appointment).where(Appointment.id == appointment_id, limits))
    tasks = inductions([found])[0].tasks if found else []
    task = next((one for one in tasks if one.key == str(step_id)), None)
    return OneStep(found, task) if found and task else None


def induction(board_id: UUID, appointment_id: UUID) -> Induction:
    """One induction, for emails."""
    one = (Appointment.board_id == board_id, Appointment.id == appointment_id)
    return inductions(db.session.scalars(select(Appointment).where(*one)).all())[0]
