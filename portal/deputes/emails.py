"""Who hears by email of a nomination."""

from __future__ import annotations

from portal.boards import queries as board_queries
from portal.boards.emails import name_of, of_board, officers
from portal.core.text import short_day_words
from portal.deputes import queries
from portal.deputes.events import (
    DeputeAgreed,
    DeputeConfirmed,
    DeputeDeclined,
    DeputeNominated,
    NominationEvent,
    NominationWithdrawn,
)
from portal.deputes.rules import asked_words
from portal.infra.notification import Facts, Notification, Recipient, the_person
from portal.meetings import queries as meetings
from portal.meetings.emails import the_rep


def nomination(event: NominationEvent) -> Facts:
    nominated = queries.nomination(event.board_id, event.nomination_id)
    facts = {"nomination_id": nominated.id.hex, "depute": nominated.name, "group": nominated.group.name}
    return {**of_board(event), **facts, "rep": name_of(nominated.on_behalf_of_id)}


def confirmed(event: DeputeConfirmed) -> Facts:
    """With whether the depute can answer already, or has to join first."""
    facts = nomination(event)
    is_invited = bool(board_queries.not_joined([event.person_id]))
    return {**facts, "to_agree": asked_words(str(facts["depute"]), is_invited)}


def withdrawn(event: NominationWithdrawn) -> Facts:
    """To which meetings the depute still goes, by their days."""
    days = meetings.days_of(event.still_at)
    return {**nomination(event), "still": [short_day_words(day) for day in sorted(days.values())]}


def officers_if_confirmed(event: NominationWithdrawn) -> list[Recipient]:
    """Whoever confirmed a depute hears that they are one no more; a nomination that nobody decided on just ends."""
    return officers(event) if event.person_id else []


EMAILS = (
    Notification(DeputeNominated, officers, "depute-nominated", nomination, always=True),
    Notification(DeputeConfirmed, the_rep, "depute-confirmed", confirmed, always=True),
    Notification(DeputeConfirmed, the_person, "depute-asked", nomination, always=True),
    Notification(DeputeAgreed, the_rep, "depute-agreed", nomination, always=True),
    Notification(DeputeDeclined, the_rep, "depute-declined", nomination, always=True),
    Notification(NominationWithdrawn, the_person, "nomination-withdrawn", withdrawn, always=True),
    Notification(NominationWithdrawn, officers_if_confirmed, "depute-removed", withdrawn, always=True),
)
