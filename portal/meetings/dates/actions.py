"""A year of meetings, called at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from portal.boards.models import Group
from portal.core.calendar import moment
from portal.infra.unit_of_work import records_nothing
from portal.meetings import actions
from portal.meetings.models import Meeting


@records_nothing("each meeting that is called is recorded")
def schedule_all(group: Group, meetings: Iterable[tuple[date, time, str, str]], kind: str) -> list[Meeting]:
    """Meetings given as day, hour, place and link. Raises NoSuchHour before anything is saved."""
    each = sorted(meetings)
    for day, hour, _, _ in each:
        moment(day, hour)
    return [actions.schedule(group, *when_and_where, kind) for when_and_where in each]
