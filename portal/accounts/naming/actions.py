"""The change to what somebody likes to be called."""

from __future__ import annotations

from portal.accounts.events import KnownAsChanged
from portal.accounts.models import Person
from portal.core.names import first_name
from portal.infra.unit_of_work import record
from portal.infra.versions import assign


def set_known_as(person: Person, known_as: str) -> None:
    """Nothing is kept where it is their first name."""
    if assign(person, known_as="" if known_as == first_name(person.name) else known_as):
        record(KnownAsChanged(person_id=person.id))
