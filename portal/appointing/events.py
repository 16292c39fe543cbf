"""What can have happened to a proposed appointment. Who it is about, and every word, is kept with the proposal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import BoardEvent


@dataclass(frozen=True, kw_only=True)
class OfProposal(BoardEvent, abstract=True):
    """Something that happened to a proposal for a seat."""

    group_id: UUID
    seat_id: UUID
    proposal_id: UUID


class AppointmentProposed(OfProposal, sentence="Proposed an appointment"):
    """Administrators are asked to confirm it."""


class ProposalConfirmed(OfProposal, sentence="Confirmed a proposed appointment"):
    """The appointment itself is an event of its own."""


class ProposalDeclined(OfProposal, sentence="Declined a proposed appointment"):
    """With a sentence that the officer reads on the page."""


class ProposalWithdrawn(OfProposal, sentence="Withdrew a proposed appointment", nobody=True):
    """It goes from the list of the administrators."""
