"""What today makes happen on boards: six, three and one months before a term ends, somebody is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from portal.boards.events import TermEndsSoon
from portal.boards.seats import queries as seats_queries
from portal.boards.seats.rules import REMIND_OF_TERM_DAYS, term_reminder
from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion


def terms_ending(now: datetime) -> Iterator[Occasion]:
    """At 8am, once for each appointment and each time of reminding."""
    today = london_day(now)
    if now < moment(today, time(8)):
        return
    for one in seats_queries.appointments_ending(today, today + timedelta(days=REMIND_OF_TERM_DAYS[0])):
        if days := term_reminder(one.until_on, today):
            of = {"board_id": one.board_id, "group_id": one.group_id, "person_id": one.person_id}
            event = TermEndsSoon(**of, appointment_id=one.id, until_on=one.until_on)
            words = f"A term ends on {one.until_on}"
            yield Occasion(f"term:{one.id}:{one.until_on}:{days}", words, event)
