"""What the audit trail calls the things that emails tell of."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Person
from portal.core.naming import Naming
from portal.infra.database import db
from portal.notifications.models import Email


def emails(board_id: UUID, ids: Collection[UUID]) -> dict[UUID, str]:
    """To whom they went."""
    statement = select(Email.id, Person.name).join(Person, Person.id == Email.person_id)
    statement = statement.where(Email.board_id == board_id, Email.id.in_(ids)).order_by(Email.id)
    return {key: f"to {name}" for key, name in db.session.execute(statement)}


NAMES = {"email_id": Naming(emails)}
