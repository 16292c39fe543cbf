"""Who hears by email of a nomination."""

from __future__ import annotations

from portal.boards.emails import name_of, of_board, officers
from portal.deputes import queries
from portal.deputes.events import (
    DeputeConfirmed,
    DeputeDeclined,
    DeputeNominated,
    NominationEvent,
    NominationWithdrawn,
)
from portal.infra.notification import Facts, Notification, the_person
from portal.meetings.emails import the_rep


def nomination(event: NominationEvent) -> Facts:
    nominated = queries.nomination(event.board_id, event.nomination_id)
    facts = {"nomination_id": nominated.id.hex, "depute": nominated.name, "group": nominated.group.name}
    return {**of_board(event), **facts, "rep": name_of(nominated.on_behalf_of_id)}


EMAILS = (
    Notification(DeputeNominated, officers, "depute-nominated", nomination, always=True),
    Notification(DeputeConfirmed, the_rep, "depute-confirmed", nomination, always=True),
    Notification(DeputeConfirmed, the_person, "depute-asked", nomination, always=True, after_joining=True),
    Notification(DeputeDeclined, the_rep, "depute-declined", nomination, always=True),
    Notification(NominationWithdrawn, the_person, "nomination-withdrawn", nomination, always=True),
)
