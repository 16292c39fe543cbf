"""Who hears by email what will be removed, a week ahead."""

from __future__ import annotations

from portal.boards.emails import administrators, of_board
from portal.core.text import day_words
from portal.infra.notification import Facts, Notification, the_person
from portal.retention.events import AccountGoesSoon, RemovalsPlanned


def removals_planned(event: RemovalsPlanned) -> Facts:
    return {**of_board(event), "day": day_words(event.goes_on), "what": list(event.what)}


def account_goes_soon(event: AccountGoesSoon) -> Facts:
    return {"day": day_words(event.goes_on)}


EMAILS = (
    Notification(RemovalsPlanned, administrators, "removals-planned", removals_planned, always=True),
    Notification(AccountGoesSoon, the_person, "account-goes-soon", account_goes_soon, always=True, at_once=True),
)
