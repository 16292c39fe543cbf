"""How many letters the public writes, and how long one waits for its writer."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.core.budgets import Budget
from portal.core.clock import is_within

LETTER = "letter"  # the purpose of the link by which a writer confirms
ONLY_ONE = "1"  # its generation: there is never a second link to the same letter
WAITS_HOURS = 24
WAITS = timedelta(hours=WAITS_HOURS)
OF_CLIENT = Budget("letters of a client", 5, timedelta(hours=1))
OF_CLIENT_A_DAY = Budget("letters of a client on a day", 8, timedelta(days=1))
OF_BOARD = Budget("letters to a board", 30, timedelta(hours=1))
FROM_ADDRESS = Budget("letters from an address", 3, timedelta(days=1))  # nobody is sent many links by others
TO_REP = Budget("letters to a rep", 5, timedelta(days=1))  # those that are confirmed


def still_waits(written_at: datetime, now: datetime) -> bool:
    return is_within(WAITS, written_at, now)
