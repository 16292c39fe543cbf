"""Announcing a week ahead what will go, removing what was announced, and tidying what needs no announcement."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from portal.accounts.events import DataDownloaded
from portal.capability import gathered
from portal.core import clock
from portal.infra.unit_of_work import record, records_nothing
from portal.retention import actions, queries
from portal.retention.events import AccountGoesSoon
from portal.retention.rule import RetentionRule

NOTICE = timedelta(days=7)


def announce_removals() -> None:
    """Say what will go in a week: to each board's administrators, and to each person whose account ends."""
    now = clock.now()
    goes_on = clock.london_day(now + NOTICE)
    planned: dict[UUID | None, list[tuple[RetentionRule, int]]] = defaultdict(list)
    for rule in gathered().retention:
        if rule.told:
            for board_id, rows in queries.count_over(rule, now + NOTICE - timedelta(days=rule.days or 0)).items():
                planned[board_id].append((rule, rows))
    for board_id, found in planned.items():
        actions.plan_removals(board_id, found, now, goes_on)
    people = gathered().rule_of["people"]
    for person_id in queries.ids_over(people, now + NOTICE - timedelta(days=people.days or 0), (), 10_000):
        record(AccountGoesSoon(person_id=person_id, goes_on=goes_on))


@records_nothing("each removal is recorded")
def carry_out_removals() -> int:
    """Remove some of what was announced and whose day has come; how many rows."""
    return actions.carry_out(gathered().rule_of)


@records_nothing("what only served the machinery goes unannounced")
def tidy() -> None:
    """Remove what only served the machinery and has ended."""
    for rule in gathered().retention:
        if rule.days and not rule.told:
            while actions.delete_due(rule, clock.now() - timedelta(days=rule.days)):
                pass


def note_download(person_id: UUID) -> None:
    """Somebody takes away everything held about them."""
    record(DataDownloaded(person_id=person_id))
