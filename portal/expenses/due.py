"""What today makes happen: approvers hear of claims that wait, and reps of claims whose deadline comes near."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from portal.core.calendar import is_working_day, moment
from portal.core.clock import london_day
from portal.core.occasions import Occasion
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import deadline_reminder, last_day_to_send
from portal.expenses.decisions import queries as decisions_queries
from portal.expenses.events import ClaimDeadlineSoon, ClaimsOverPromise, ClaimsToDecide


def claims_waiting(now: datetime) -> Iterator[Occasion]:
    """At 8am on working days, for each board with claims to decide."""
    today = london_day(now)
    if not is_working_day(today) or now < moment(today, time(8)):
        return
    for board_id, waiting in decisions_queries.waiting_by_board().items():
        event = ClaimsToDecide(board_id=board_id, waiting=waiting)
        yield Occasion(f"to-decide:{board_id}:{today}", f"{waiting} claims to decide", event)


def claims_over_promise(now: datetime) -> Iterator[Occasion]:
    """At 8am on Mondays, for each board where a claim waits longer for payment than its policy promises."""
    today = london_day(now)
    if today.weekday() != 0 or now < moment(today, time(8)):
        return
    for board_id, waiting in decisions_queries.over_promise(today).items():
        event = ClaimsOverPromise(board_id=board_id, waiting=waiting)
        yield Occasion(f"over-promise:{board_id}:{today}", f"{waiting} claims wait over the promise", event)


def deadlines_near(now: datetime) -> Iterator[Occasion]:
    """At 8am, 14 and 3 days before a claim that is not sent would be late."""
    today = london_day(now)
    if now < moment(today, time(8)):
        return
    for claim, deadline_days in claims_queries.unsent_with_deadline(today):
        left = (last_day_to_send(claim.happened_on, deadline_days) - today).days
        if days := deadline_reminder(left):
            of = {"board_id": claim.board_id, "claim_id": claim.id, "person_id": claim.person_id}
            event = ClaimDeadlineSoon(**of, days=left)
            yield Occasion(f"claim-deadline:{claim.id}:{days}", f"A claim has {left} days left", event)
