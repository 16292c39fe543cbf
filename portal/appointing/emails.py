"""Who hears by email of a proposed appointment."""

from __future__ import annotations

from portal.access.roles import OFFICER
from portal.appointing import queries
from portal.appointing.events import AppointmentProposed, OfProposal, ProposalConfirmed, ProposalDeclined
from portal.boards import queries as boards
from portal.boards.emails import administrators, of_board
from portal.infra.notification import Facts, Notification, Recipient, each


def whoever_proposed(event: OfProposal) -> list[Recipient]:
    """As long as they are an officer of the board."""
    by = queries.by_id(event.proposal_id).proposed_by_id
    return each([by] if boards.has_role(event.board_id, by, OFFICER) else [])


def of_proposal(event: OfProposal) -> Facts:
    one = queries.by_id(event.proposal_id)
    group = boards.group_by_id(event.board_id, event.group_id).name
    named = {"who": one.name, "group": group}
    return {**of_board(event), **named, "proposal_id": event.proposal_id.hex}


def still_open(facts: Facts, _pace: int) -> Facts | str:
    """It may be held until the day after, and be answered or withdrawn by then."""
    return facts if queries.is_open(facts["proposal_id"]) else "the proposal was answered or withdrawn"


EMAILS = (
    Notification(AppointmentProposed, administrators, "appointment-proposed", of_proposal, when_sent=still_open),
    Notification(ProposalConfirmed, whoever_proposed, "proposal-confirmed", of_proposal),
    Notification(ProposalDeclined, whoever_proposed, "proposal-declined", of_proposal),
)
