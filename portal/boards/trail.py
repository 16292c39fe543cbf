"""What the audit trail calls the things that boards tell of."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.boards.events import SeatChanged
from portal.boards.models import Seat
from portal.core.naming import Naming, was_fact
from portal.infra.database import db


def seats(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    statement = select(Seat.id, Seat.title).where(Seat.board_id == board_id, Seat.id.in_(ids))
    return {key: title for key, title in db.session.execute(statement.order_by(Seat.id))}  # noqa: C416 - rows are not pairs to mypy


NAMES = {"seat_id": Naming(seats, {SeatChanged: was_fact("was_title")})}
