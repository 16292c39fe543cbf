"""Letters that wait for their writers."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.infra.database import db
from portal.role_profiles import queries
from portal.role_profiles.letters.rules import ONLY_ONE, still_waits
from portal.role_profiles.models import UnconfirmedLetter


def letter(letter_id: UUID) -> UnconfirmedLetter | None:
    """One letter, with the profile through which it was written."""
    statement = select(UnconfirmedLetter).options(joinedload(UnconfirmedLetter.profile))
    found: UnconfirmedLetter | None = db.session.scalar(statement.where(UnconfirmedLetter.id == letter_id))
    return found


def letter_to_confirm(letter_id: UUID, generation: str) -> UnconfirmedLetter | None:
    """The letter of a link, as long as it waits and the rep takes letters."""
    found = letter(letter_id) if generation == ONLY_ONE else None
    if found is None or not still_waits(found.written_at, clock.now()):
        return None
    return found if queries.open_to_letters(found.profile_id, clock.today()) else None
