"""Two corrections of the day of a meeting, each of which makes its papers earlier: one confirmed, and one refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from portal.accounts.queries import person_by_email
from portal.core import clock
from portal.core.calendar import working_day_from
from portal.corrections import actions as corrections
from portal.corrections.models import Correction
from portal.demonstration import accounts
from portal.demonstration.history.diary import HELD
from portal.demonstration.history.in_order import Step, at_hour, go_through
from portal.demonstration.history.plans import Plan
from portal.demonstration.library.orders import OWN_FOR
from portal.demonstration.world.towns import Town
from portal.meetings import queries as meeting_queries
from portal.papers.correcting import actions

CONFIRMED, REFUSED = "northfirth", "dunreith"
DAYS_LATER = {CONFIRMED: 1, REFUSED: 7}
WHY = {
    CONFIRMED: "The meeting was put off by a day for a storm, and the calendar was never changed",
    REFUSED: "The calendar had the week before. Members remember that they met a week later",
}
WHY_NOT = "The draft minute, and the diary of the hall, give the day that is on record"
ASKED_AFTER, DECIDED_AFTER = timedelta(days=40), timedelta(days=6)


def fill(town: Town, known: Sequence[tuple[Plan, UUID]]) -> None:
    go_through(_steps(town, known) if town.key in DAYS_LATER else ())


def _steps(town: Town, known: Sequence[tuple[Plan, UUID]]) -> list[Step]:
    """Of a meeting long past, whose documents say no day."""
    held = [(one.meeting, key) for one, key in known if one.meeting.fate == HELD and not one.meeting.is_moved]
    old = [(one, key) for one, key in held if (town.today - one.day).days > OWN_FOR and not one.is_main]
    if not old:
        return []
    one, key = old[-1]
    asked = at_hour(working_day_from(one.day + ASKED_AFTER), 14)
    return [Step(asked, town.people["admin"], partial(_ask, town, key))]


def _ask(town: Town, key: UUID) -> list[Step]:
    meeting = meeting_queries.meeting_by_id(key)
    day = working_day_from(meeting.opened_on + timedelta(days=DAYS_LATER[town.key]))
    asked = actions.correct_day(meeting, day, town.people["admin"], WHY[town.key])
    decided = at_hour(working_day_from(clock.today() + DECIDED_AFTER), 11)
    return list(_decision(town, asked, decided)) if asked.is_waiting else []


def _decision(town: Town, asked: Correction, decided: datetime) -> Iterator[Step]:
    """Another administrator agrees; where there is none, the coordinator looked and did not."""
    if town.key == CONFIRMED:
        other = town.people["admin2"]
        yield Step(decided, other, partial(corrections.confirm, asked, other))
    elif coordinator := person_by_email(accounts.COORDINATOR[0]):
        yield Step(decided, coordinator.id, partial(corrections.decline, asked, coordinator.id, WHY_NOT))
