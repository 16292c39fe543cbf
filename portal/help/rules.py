"""What is so of help: where the help of each role is, in which order, and when accessibility was last looked at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from portal.access.roles import DEPUTE, MENTOR, REP, ROLE_NAMES

ADDRESSES = {role: f"/help/{name.replace(' ', '-')}" for role, name in ROLE_NAMES.items()}
SUPPORTED = (REP, DEPUTE, MENTOR)  # by an engagement officer; staff ask an administrator of their board
ACCESSIBILITY_WRITTEN, ACCESSIBILITY_REVIEWED = date(2026, 11, 28), date(2026, 11, 28)


def own_first(held: Collection[str]) -> tuple[list[str], list[str]]:
    """The roles whose help is for this reader, and all others, each in their order."""
    return [role for role in ROLE_NAMES if role in held], [role for role in ROLE_NAMES if role not in held]
