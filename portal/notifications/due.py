"""What today makes happen about emails: the daily one at 7am."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.notifications import outbox, queries

AT_HOUR = 7


def daily_emails(now: datetime) -> Iterator[Occasion]:
    """At 7am London time, one email to each person who wants one a day and has news waiting."""
    today = london_day(now)
    seven = moment(today, time(AT_HOUR))
    if now < seven:
        return
    for person_id, emails in queries.held_by_person(now).items():
        waiting = [one for one in emails if one.asked_at < seven]
        if waiting:
            act = partial(outbox.bundle, person_id, waiting)
            yield Occasion(f"daily:{person_id}:{today}", f"Daily email with {len(waiting)} pieces of news", action=act)
