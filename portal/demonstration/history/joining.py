"""Joining by the link of an invitation. Everybody has the same password, so it is hashed once for all."""

from __future__ import annotations

from functools import cache

from portal.accounts import invitations
from portal.accounts.mailed_links import use
from portal.accounts.models import Person
from portal.accounts.passwords import hashed
from portal.accounts.queries import newest_invitations
from portal.demonstration import accounts


@cache
def password_hash() -> str:
    """It takes a quarter of a second."""
    return hashed(accounts.PASSWORD)


def join(person: Person) -> None:
    """Nothing for whoever has joined."""
    if person.joined_at is None:
        use(newest_invitations([person.id])[person.id])
        person.password_hash = password_hash()
        invitations.join(person)
