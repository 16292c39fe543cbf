"""Why reps left, as counts that give nobody away; and how long seats were empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from portal.accounts.models import Person
from portal.boards.models import Appointment
from portal.boards.queries import is_still_theirs
from portal.boards.rules import LEAVING_COUNTED_YEARS
from portal.boards.seats.days import vacancies_since
from portal.boards.seats.rules import LEFT_BECAUSE, SeatDays, Vacancy
from portal.core.clock import london_day
from portal.core.disclosure import shown
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards

DEFINITION = (
    "Reps whose last day was set in the last three years, by the reason that was given. A term that ran until its "
    "planned last day is not counted."
)


@dataclass(frozen=True)
class Reason:
    """One reason in words, and how many left for it; None is withheld."""

    words: str
    left: int | None


def first_day_counted(today: date) -> date:
    return date(today.year - LEAVING_COUNTED_YEARS, today.month, min(today.day, 28))


def vacancies(seats: Sequence[tuple[str, SeatDays]], today: date) -> list[tuple[str, Vacancy]]:
    """(the seat, when it was empty) of the last three years, the newest first: what a board does is always shown."""
    return vacancies_since(seats, first_day_counted(today), today)


def appointments_recorded(board_id: UUID) -> list[tuple[date, date | None]]:
    """(the first day, the day it was recorded) of every appointment of a board of which the latter is known.

    Of those who have joined: nobody else has ever sat there.
    """
    statement = (
        select(Appointment.from_on, Appointment.made_at)
        .join(Appointment.person)
        .where(Appointment.board_id == board_id, Appointment.made_at.is_not(None), *_sat())
    )
    rows = db.session.execute(statement.order_by(Appointment.made_at, Appointment.id))
    return [(from_on, london_day(made_at)) for from_on, made_at in rows if made_at]


def _sat() -> tuple[ColumnElement[bool], ...]:
    return Person.joined_at.is_not(None), is_still_theirs()


def leaving(board_id: UUID | None, today: date) -> list[Reason]:
    """Why reps of a board left, or with None those of all boards; empty when nobody did."""
    since = first_day_counted(today)
    statement = select(Appointment.left_because, func.count(Appointment.id)).join(Appointment.person)
    statement = statement.where(Appointment.left_because != "", Appointment.until_on >= since, *_sat())
    if board_id is None:
        statement = across_boards(statement, CrossBoardReason.COORDINATOR)
    else:
        statement = statement.where(Appointment.board_id == board_id)
    rows = db.session.execute(statement.group_by(Appointment.left_because).order_by(Appointment.left_because))
    counts = {name: number for name, number in rows}  # noqa: C416 - rows are not pairs to mypy
    told = shown({name: counts.get(name, 0) for name, _ in LEFT_BECAUSE})
    return [Reason(words, told[name]) for name, words in LEFT_BECAUSE] if counts else []


def sitting(today: date) -> dict[UUID, int]:
    """How many people sit on a group of each board: for totals of all boards."""
    statement = (
        select(Appointment.board_id, func.count(func.distinct(Appointment.person_id)))
        .join(Appointment.person)
        .where(Appointment.from_on <= today, Appointment.until_on >= today, *_sat())
        .group_by(Appointment.board_id)
        .order_by(Appointment.board_id)
    )
    rows = db.session.execute(across_boards(statement, CrossBoardReason.COORDINATOR))
    return {board_id: number for board_id, number in rows}  # noqa: C416 - rows are not pairs to mypy
