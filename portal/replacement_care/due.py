"""What today makes happen: nothing that was asked for is left hanging as its day comes near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.replacement_care.events import CareNotArranged, CareToTell, CareWaits
from portal.replacement_care.models import event_ids
from portal.replacement_care.policy import queries as policy_queries
from portal.replacement_care.requests import actions as requests_actions
from portal.replacement_care.requests import clock_queries
from portal.replacement_care.requests.rules import ALARM_DAYS, ANSWER_DAYS, LEAD_DAYS

AT_HOUR = time(8)
LONGEST_LEAD = timedelta(days=60)
NEAR_DEADLINE = timedelta(days=1)


def requests_waiting(now: datetime) -> Iterator[Occasion]:
    """At 8am, for each board where something is not arranged and its deadline is tomorrow or over: every day."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    found = clock_queries.unarranged_until(today + LONGEST_LEAD)
    said = policy_queries.policies({one.board_id for one in found})
    waiting: dict[UUID, int] = defaultdict(int)
    for one in found:
        lead = said[one.board_id].lead_days if one.board_id in said else LEAD_DAYS
        waiting[one.board_id] += one.due(lead).by <= today + NEAR_DEADLINE
    for board_id, number in waiting.items():
        if number:
            event = CareWaits(board_id=board_id, requests=number)
            yield Occasion(f"care-waits:{board_id}:{today}", f"{number} requests for care are not arranged", event)


def requests_not_arranged(now: datetime) -> Iterator[Occasion]:
    """From 8am three days before: the officers and the rep hear what can still be done."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    for one in clock_queries.unarranged_until(today + timedelta(days=ALARM_DAYS)):
        event = CareNotArranged(**event_ids(one), day=one.on_day)
        yield Occasion(f"care-alarm:{one.id}:{one.on_day}", "Care is not arranged and the day is near", event)


def requests_to_tell(now: datetime) -> Iterator[Occasion]:
    """From 8am on the day after: did it take place? Of what nobody arranged, that is not asked."""
    today = london_day(now)
    if now < moment(today, AT_HOUR):
        return
    for one in clock_queries.over_and_untold(today, today - timedelta(days=ANSWER_DAYS)):
        event = CareToTell(**event_ids(one), day=one.on_day)
        yield Occasion(f"care-to-tell:{one.id}:{one.on_day}", "Ask if care took place", event)


def texts_to_remove(now: datetime) -> Iterator[Occasion]:
    """Once a day, for each board with words of requests whose day is long over."""
    today = london_day(now)
    old: dict[UUID, list[UUID]] = defaultdict(list)
    for one in clock_queries.with_old_texts(today):
        old[one.board_id].append(one.id)
    for board_id, ids in old.items():
        act = partial(requests_actions.remove_texts, board_id, ids)
        yield Occasion(f"care-texts:{board_id}:{today}", f"Remove the words of {len(ids)} requests", action=act)
