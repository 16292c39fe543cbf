"""Who opens receipts: the sentences of every page that says so, as the table of permissions has it."""

from __future__ import annotations


def who_opens_receipts(is_care: bool, is_own: bool = True) -> str:
    """For templates; `is_own`: whoever reads it is the one who claims, and not an officer who writes for them."""
    only, they = ("you, and your board’s", "you") if is_own else ("the rep, and the board’s", "they")
    if is_care:
        return (
            f"Only {only} engagement officers once {they} have sent the claim, can open receipts for care. "
            "Approvers cannot: they see the amount. Each time an officer opens one, this is recorded."
        )
    return (
        f"Only {only} approvers once {they} have sent the claim, can open receipts that are not for care. "
        "Each time an approver opens one, this is recorded."
    )
