"""What today makes happen: the morning after a talk with carers, or training, somebody is asked what it cost them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.expenses.claims import actions as claims_actions
from portal.expenses.policies import queries as policies_queries
from portal.role_profiles import queries
from portal.training.awareness import queries as awareness_queries
from portal.training.records import queries as records_queries

OFFER_WITHIN = timedelta(days=5)  # a scheduler that stood still still asks


def outings_to_offer(now: datetime) -> Iterator[Occasion]:
    """From 8am on the next morning, once for each day, where the board has a policy: as after a meeting."""
    today = london_day(now)
    if now < moment(today, time(8)):
        return
    days = (today - OFFER_WITHIN, today - timedelta(days=1))
    for one in queries.consultations(*days):
        if policies_queries.policy_on(one.board_id, one.spent_on):
            of = (one.board_id, one.person_id, "consultation", f"Talking with carers, {one.group.name}", one.spent_on)
            key = f"offer-talk:{one.board_id}:{one.person_id}:{one.spent_on}"
            yield Occasion(
                key, "Ask someone what a talk cost them", action=partial(claims_actions.prompt_for_activity, *of)
            )
    for record, day in records_queries.done_between(*days):
        if policies_queries.policy_on(record.board_id, day):
            learned = (record.board_id, record.person_id, "training", record.title, day)
            act = partial(claims_actions.prompt_for_activity, *learned)
            yield Occasion(f"offer-training:{record.id}", "Ask someone what training cost them", action=act)
    for given in awareness_queries.delivered_between(*days):
        if policies_queries.policy_on(given.board_id, given.session.held_on):
            taught = (given.board_id, given.person_id, "training", given.session.title, given.session.held_on)
            act = partial(claims_actions.prompt_for_activity, *taught)
            yield Occasion(f"offer-awareness:{given.id}", "Ask someone what giving training cost them", action=act)
