"""What the audit trail calls the things that corrections tell of."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.capability import gathered
from portal.core.naming import Naming
from portal.corrections.models import Correction
from portal.infra.database import db


def corrections(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """What was corrected, but of private rows about somebody: nothing is said of those."""
    private = [kind for kind, one in gathered().correctable.items() if one.is_private]
    statement = select(Correction.id, Correction.about).where(
        Correction.board_id == board_id, Correction.id.in_(ids), Correction.kind.not_in(private), Correction.about != ""
    )
    return {key: about for key, about in db.session.execute(statement.order_by(Correction.id))}  # noqa: C416 - rows are not pairs to mypy


NAMES = {"correction_id": Naming(corrections)}
