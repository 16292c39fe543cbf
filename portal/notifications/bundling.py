"""What was held goes: together in the daily email, or alone."""

from __future__ import annotations

from uuid import UUID

from portal.accounts.rules import USUAL
from portal.core import clock
from portal.infra.unit_of_work import record
from portal.notifications import queries, still_true
from portal.notifications.events import DailyEmailDue
from portal.notifications.models import Email


def send_what_waited(person_id: UUID) -> None:
    """Somebody has joined: what was held until then goes, in one email."""
    if held := queries.held_of(person_id):
        bundle(person_id, held)


def bundle(person_id: UUID, found: list[Email]) -> None:
    """Put held emails into the daily one; one alone goes as it is, where it was only held to be gathered.

    They were found a moment ago: what was ended since stays so, and what is no longer true is ended now.
    """
    emails = still_true.those_still_true(queries.still_held(found))
    if len(emails) == 1 and emails[0].reader.emails_wanted == USUAL:
        emails[0].status, emails[0].not_before = "waiting", clock.now()
        return
    for one in emails:
        one.status = "bundled"
    if emails:
        record(DailyEmailDue(person_id=person_id, emails=tuple(one.id for one in emails)))
