"""What the audit trail calls the things that replacement care tell of."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.core.naming import Naming, was_in
from portal.infra.database import db
from portal.replacement_care.events import CareProviderChanged
from portal.replacement_care.models import CareProvider


def providers(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """A request itself has no name here: not even its day is told."""
    statement = select(CareProvider.id, CareProvider.name)
    statement = statement.where(CareProvider.board_id == board_id, CareProvider.id.in_(ids))
    return {key: name for key, name in db.session.execute(statement.order_by(CareProvider.id))}  # noqa: C416 - rows are not pairs to mypy


NAMES = {"provider_id": Naming(providers, {CareProviderChanged: was_in(CareProviderChanged, "name")})}
