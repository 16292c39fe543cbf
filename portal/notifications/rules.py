"""What is so of emails to people: what a link to get fewer of them rests on."""

from __future__ import annotations

import hashlib

UNSUBSCRIBE = "fewer-emails"  # the purpose of the link


def mark_of_address(email: str) -> str:
    """Dead when the address changes, and only then: whoever has an old email of theirs can still use its link."""
    return hashlib.sha256(email.lower().encode()).hexdigest()[:16]
