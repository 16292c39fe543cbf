"""How many reps of each board have a mentor."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import and_, func, select

from portal.boards.models import Appointment
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.mentoring.models import Pair
from portal.mentoring.rules import RUNNING


def mentored(today: date) -> dict[UUID, int]:
    """Reps who sit today and are in a running pair, by board: for totals of all boards."""
    sits = (Appointment.from_on <= today, Appointment.until_on >= today)
    statement = (
        select(Appointment.board_id, func.count(func.distinct(Appointment.person_id)))
        .join(Pair, and_(Pair.board_id == Appointment.board_id, Pair.person_id == Appointment.person_id))
        .where(*sits, Pair.status == RUNNING)
        .group_by(Appointment.board_id)
        .order_by(Appointment.board_id)
    )
    rows = db.session.execute(across_boards(statement, CrossBoardReason.COORDINATOR))
    return {board_id: number for board_id, number in rows}  # noqa: C416 - rows are not pairs to mypy
