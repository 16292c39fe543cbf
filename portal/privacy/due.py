"""What today makes happen about keeping: on Mondays what will go is announced; each day the machinery is tidied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.infra.storage import verify
from portal.privacy import actions
from portal.retention import queries

AT_HOUR, AT_NIGHT = time(7), time(2)


def removals_to_announce(now: datetime) -> Iterator[Occasion]:
    """Once a week, from 7am on Monday, when nothing announced before is left to do."""
    today = london_day(now)
    monday = today - timedelta(days=today.weekday())
    if now >= moment(monday, AT_HOUR) and queries.to_carry_out(today) is None:
        words = "Announce what will be removed in a week"
        yield Occasion(f"removals:{monday}", words, action=actions.announce_removals)


def tidying(now: datetime) -> Iterator[Occasion]:
    """Once a day what only served the machinery is removed when it has ended."""
    yield Occasion(f"tidy:{london_day(now)}", "Clear away ended sessions, old tries and done work", action=actions.tidy)


def files_to_verify(now: datetime) -> Iterator[Occasion]:
    """Each night from 2am, the store is compared with the rows, and some of the files are read."""
    today = london_day(now)
    if now >= moment(today, AT_NIGHT):
        words = "Look if files are as they were stored"
        yield Occasion(f"verify-files:{today}", words, action=verify.begin_night)
