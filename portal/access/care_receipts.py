"""Who opens receipts for care: the one sentence of every page that says so, as the table of permissions has it."""

from __future__ import annotations

WHO_OPENS = (
    "Only you, and your board’s engagement officers once you have sent the claim, can open receipts for care. "
    "Approvers cannot: they see the amount. Each time an officer opens one, this is recorded."
)


def who_opens_care_receipts() -> str:
    """For templates."""
    return WHO_OPENS
