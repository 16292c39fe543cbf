"""What today makes happen about keeping: on Mondays what will go is announced; each day the machinery is tidied."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.privacy import actions
from portal.retention import queries

AT_HOUR = time(7)


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
