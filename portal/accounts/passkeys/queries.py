"""Finding passkeys."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from portal.accounts.models import Passkey
from portal.infra.database import db


def passkeys_of(person_id: UUID) -> Sequence[Passkey]:
    """Somebody's own, the first that was added first."""
    statement = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.added_at, Passkey.id)
    return db.session.scalars(statement).all()


def passkey_called(credential_id: str) -> Passkey | None:
    """The passkey with this id, unless the account is closed."""
    found = db.session.scalar(select(Passkey).where(Passkey.credential_id == credential_id))
    return found if found and not found.person.disabled_at else None
