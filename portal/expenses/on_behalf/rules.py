"""Where a claim is that an officer wrote for a rep and handed over."""

from __future__ import annotations

from datetime import timedelta

from portal.expenses.claims.rules import DRAFT, QUERIED

SHOWN_SENT = timedelta(days=60)  # a claim that was sent is on the list for so long


def waits_for_rep(status: str) -> bool:
    """Whether nothing happens until the rep does something."""
    return status in (DRAFT, QUERIED)


def what_waits(status: str, name: str) -> str:
    """What the rep is to do, as a sentence about them."""
    first = name.split(" ")[0]
    return f"{first} needs to " + ("answer a question" if status == QUERIED else "check it and send it")
