"""How many reps of each board are trained."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, select

from portal.boards.models import Appointment
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.training.models import (
    TrainingRecord,
)
from portal.training.records.rules import CONFIRMED


def trained_of_boards(today: date) -> dict[UUID, int]:
    """How many reps who sit today have training that their board confirmed, by board: for totals of all boards."""
    sits = (Appointment.from_on <= today, Appointment.until_on >= today)
    same = and_(TrainingRecord.board_id == Appointment.board_id, TrainingRecord.person_id == Appointment.person_id)
    statement = (
        select(Appointment.board_id, func.count(func.distinct(Appointment.person_id)))
        .join(TrainingRecord, same)
        .where(*sits, TrainingRecord.status == CONFIRMED)
        .group_by(Appointment.board_id)
        .order_by(Appointment.board_id)
    )
    rows = db.session.execute(across_boards(statement, CrossBoardReason.COORDINATOR))
    return {board_id: int(number) for board_id, number in rows}
