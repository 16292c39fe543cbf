"""Finding the policy of care and the providers of a board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import PROVIDERS_WRITE
from portal.infra.database import db
from portal.infra.name_order import by_name
from portal.infra.sight import Sight, seen_with
from portal.replacement_care.models import CarePolicy, CareProvider


def policy(board_id: UUID) -> CarePolicy | None:
    return db.session.scalar(select(CarePolicy).where(CarePolicy.board_id == board_id))


def policies(board_ids: Iterable[UUID]) -> dict[UUID, CarePolicy]:
    statement = select(CarePolicy).where(CarePolicy.board_id.in_(list(board_ids))).order_by(CarePolicy.board_id)
    return {one.board_id: one for one in db.session.scalars(statement)}


def providers(board_id: UUID) -> Sequence[CareProvider]:
    """Those a board still works with, by name."""
    statement = select(CareProvider).where(CareProvider.board_id == board_id, CareProvider.closed_at.is_(None))
    return db.session.scalars(statement.order_by(by_name(CareProvider.name), CareProvider.id)).all()


@seen_with(PROVIDERS_WRITE)
def provider(sight: Sight, provider_id: UUID) -> CareProvider | None:
    statement = select(CareProvider).where(CareProvider.id == provider_id, sight.of(CareProvider))
    return db.session.scalar(statement.where(CareProvider.closed_at.is_(None)))
