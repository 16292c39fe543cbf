"""What today makes happen about emails: the daily one at 7am, and what is gathered at ten past eight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from functools import partial

from portal.accounts.rules import USUAL
from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.notifications import bundling, queries
from portal.notifications.rules import DAILY_AT, GATHERED_AT


def daily_emails(now: datetime) -> Iterator[Occasion]:
    """At 7am London time, one email to each person who wants one a day and has news waiting."""
    yield from _bundles(now, DAILY_AT, "daily", gathered=False)


def gathered_emails(now: datetime) -> Iterator[Occasion]:
    """At ten past eight, one email of all that was held to be gathered, to whoever chose nothing else."""
    yield from _bundles(now, GATHERED_AT, "gathered", gathered=True)


def _bundles(now: datetime, hour: time, key: str, gathered: bool) -> Iterator[Occasion]:
    today = london_day(now)
    until = moment(today, hour)
    if now < until:
        return
    for person_id, emails in queries.held_by_person(now).items():
        waiting = [one for one in emails if one.asked_at <= until and (one.reader.emails_wanted == USUAL) is gathered]
        if waiting:
            act = partial(bundling.bundle, person_id, waiting)
            yield Occasion(f"{key}:{person_id}:{today}", f"One email with {len(waiting)} pieces of news", action=act)
