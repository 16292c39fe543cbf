"""What today makes happen at accounts: after many wrong passwords in a row their owner is told.

It is found on the trail, a little later, so that no answer at sign-in takes longer for an address that is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from portal.accounts import queries
from portal.accounts.events import PasswordsFailed, SignedIn, SignInFailed
from portal.accounts.rules import TOLD_OF_WRONG_EVERY, WRONG_IN_A_ROW
from portal.audit import queries as audit
from portal.core.clock import london_day
from portal.core.occasions import Occasion


def wrong_passwords(now: datetime) -> Iterator[Occasion]:
    """Once a day for each account: those since somebody last got in, or was last told."""
    since, since_then = now - TOLD_OF_WRONG_EVERY, (SignedIn.__name__, PasswordsFailed.__name__)
    for person_id in audit.whom_often(SignInFailed.__name__, since, WRONG_IN_A_ROW):
        last = audit.last_of(person_id, since_then, since)
        person = queries.person(person_id)
        is_open = person is not None and person.joined_at is not None and person.disabled_at is None
        wrong = audit.how_often(person_id, SignInFailed.__name__, last.happened_at if last else since)
        if is_open and wrong >= WRONG_IN_A_ROW and not audit.how_often(person_id, PasswordsFailed.__name__, since):
            key, words = f"wrong-passwords:{person_id}:{london_day(now)}", "Ten wrong passwords in a row for an account"
            yield Occasion(key, words, PasswordsFailed(person_id=person_id))
