"""Who opens receipts: the sentences of every page that says so, as the table of permissions has it."""

from __future__ import annotations

_CARE = (
    "Only {you}, and {your} board’s engagement officers once {they} have sent the claim, can open receipts for care. "
    "Approvers cannot: they see the amount. Each time an officer opens one, this is recorded."
)
_OTHERS = (
    "Only {you}, and {your} board’s approvers once {they} have sent the claim, can open receipts that are not for "
    "care. Each time an approver opens one, this is recorded."
)


def who_opens_receipts(is_care: bool, is_own: bool = True) -> str:
    """For templates; `is_own`: whoever reads it is the one who claims, and not an officer who writes for them."""
    words = _CARE if is_care else _OTHERS
    if is_own:
        return words.format(you="you", your="your", they="you")
    return words.format(you="the rep", your="the", they="they")
