"""What the audit trail calls the things that corrections tell of."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.core.naming import Naming
from portal.corrections.models import Correction
from portal.infra.database import db


def corrections(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """What was corrected of a board's own facts; of a row about a person, the person is named already."""
    statement = select(Correction.id, Correction.about).where(
        Correction.board_id == board_id, Correction.id.in_(ids), Correction.is_of_board.is_(True)
    )
    return {key: about for key, about in db.session.execute(statement.order_by(Correction.id))}  # noqa: C416 - rows are not pairs to mypy


NAMES = {"correction_id": Naming(corrections)}
