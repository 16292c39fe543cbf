"""What administrators may change about somebody's account."""

from __future__ import annotations

from datetime import timedelta

CLEAR_FACTOR, DISABLE, ENABLE, WITHDRAW = "clear-factor", "disable", "enable", "withdraw"
WITHDRAW_AND_END = "withdraw-and-end"


ACCOUNT_CHANGES = {  # what administrators may change about somebody's account, and how it is said
    CLEAR_FACTOR: "reset two-step sign-in",
    DISABLE: "close the account",
    ENABLE: "reopen the account",
    WITHDRAW: "withdraw the invitation",
    WITHDRAW_AND_END: "withdraw the invitation and end their roles",
}


AGREEMENT_LASTS = timedelta(days=7)
