"""Finding Carer Awareness that took place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.training.awareness.rules import AWARENESS_COUNTS_FOR
from portal.training.models import (
    AwarenessCount,
    AwarenessDelivered,
    AwarenessSession,
    OtherMembers,
)


def awareness_of_board(board_id: UUID) -> Sequence[AwarenessSession]:
    """When Carer Awareness was held on a board, the latest first."""
    statement = select(AwarenessSession).where(AwarenessSession.board_id == board_id)
    return db.session.scalars(statement.order_by(AwarenessSession.held_on.desc(), AwarenessSession.id).limit(60)).all()


def delivered_by(board_id: UUID) -> dict[UUID, list[str]]:
    """The names of the reps who delivered it, by session."""
    statement = select(AwarenessDelivered).where(AwarenessDelivered.board_id == board_id)
    found: dict[UUID, list[str]] = {}
    for one in db.session.scalars(
        statement.options(joinedload(AwarenessDelivered.person)).order_by(AwarenessDelivered.id)
    ):
        found.setdefault(one.session_id, []).append(one.person.name)
    return found


def delivered_between(first: date, last: date) -> Sequence[AwarenessDelivered]:
    """Who delivered Carer Awareness in these days, on every board: for the clock."""
    statement = select(AwarenessDelivered).join(AwarenessDelivered.session)
    statement = statement.where(AwarenessSession.held_on.between(first, last))
    statement = statement.options(joinedload(AwarenessDelivered.session)).order_by(AwarenessDelivered.id)
    return db.session.scalars(across_boards(statement, CrossBoardReason.CLOCK)).all()


def had_awareness(board_id: UUID, today: date) -> Counter[UUID]:
    """How many other members had it within three years, by group."""
    statement = (
        select(AwarenessCount.group_id, func.sum(AwarenessCount.members))
        .join(AwarenessSession, AwarenessSession.id == AwarenessCount.session_id)
        .where(AwarenessCount.board_id == board_id, AwarenessSession.held_on > today - AWARENESS_COUNTS_FOR)
        .group_by(AwarenessCount.group_id)
    )
    rows = db.session.execute(statement.order_by(AwarenessCount.group_id))
    return Counter({group_id: int(number) for group_id, number in rows})


def other_members(board_id: UUID) -> dict[UUID, OtherMembers]:
    """How many other members each group has, where somebody wrote it down."""
    statement = select(OtherMembers).where(OtherMembers.board_id == board_id).order_by(OtherMembers.id)
    return {one.group_id: one for one in db.session.scalars(statement)}
