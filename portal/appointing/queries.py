"""Finding proposed appointments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import APPOINTMENTS_PROPOSE, PEOPLE_MANAGE
from portal.appointing.models import ProposedAppointment
from portal.appointing.rules import PROPOSED
from portal.boards.models import Board
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with
from portal.infra.todo import together


def _with_names() -> Select[ProposedAppointment]:
    names = (ProposedAppointment.seat, ProposedAppointment.group, ProposedAppointment.proposed_by)
    return select(ProposedAppointment).options(*(joinedload(name) for name in names))


def of_board(board_id: UUID) -> Sequence[ProposedAppointment]:
    """Those of a board that are kept, the newest first."""
    statement = _with_names().where(ProposedAppointment.board_id == board_id)
    return db.session.scalars(statement.order_by(ProposedAppointment.proposed_at.desc(), ProposedAppointment.id)).all()


def open_by_seat(board_ids: Collection[UUID]) -> dict[UUID, list[ProposedAppointment]]:
    """What waits for an answer on some boards, by seat, the oldest first."""
    statement = select(ProposedAppointment).where(ProposedAppointment.board_id.in_(list(board_ids)))
    statement = statement.where(ProposedAppointment.status == PROPOSED)
    found = db.session.scalars(statement.order_by(ProposedAppointment.proposed_at, ProposedAppointment.id))
    return together(found, lambda one: one.seat_id)


@seen_with(PEOPLE_MANAGE)
def proposal(sight: Sight, board: str, proposal_id: UUID) -> ProposedAppointment | None:
    """One for the administrators who answer it."""
    return _one(sight, board, proposal_id)


@seen_with(APPOINTMENTS_PROPOSE, whose=lambda one: [one.proposed_by_id])
def own_proposal(sight: Sight, board: str, own_proposal_id: UUID) -> ProposedAppointment | None:
    """One for the officer who made it."""
    return _one(sight, board, own_proposal_id)


def _one(sight: Sight, board: str, key: UUID) -> ProposedAppointment | None:
    statement = _with_names().join(Board, Board.id == ProposedAppointment.board_id)
    return db.session.scalar(
        statement.where(Board.key == board, ProposedAppointment.id == key, sight.of(ProposedAppointment))
    )


def by_id(proposal_id: UUID) -> ProposedAppointment:
    """One by its id, for emails."""
    return db.session.get_one(ProposedAppointment, proposal_id)


def is_open(proposal_id: str) -> bool:
    """Whether it still waits for an answer, by its id as an email keeps it."""
    found = db.session.get(ProposedAppointment, UUID(proposal_id))
    return found is not None and found.is_open
