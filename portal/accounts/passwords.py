"""Passwords as they are kept, and whether one that was typed is right."""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from portal.accounts import rules

_hasher = PasswordHasher()


@cache
def hash_of_nothing() -> str:
    """What is checked for an unknown address, so that it takes as long as for a known one."""
    return _hasher.hash(secrets.token_hex(16))


def hashed(password: str) -> str:
    return _hasher.hash(rules.as_composed(password))


def is_right(kept: str | None, password: str) -> bool:
    """Whether a password is the one that is kept, in any of the ways in which a device may write its accents."""
    return any(_matches(kept, spelling) for spelling in rules.spellings(password))


def _matches(kept: str | None, password: str) -> bool:
    try:
        return _hasher.verify(kept or hash_of_nothing(), password) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False
