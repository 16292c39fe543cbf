"""What can have happened to policies, claims and payment runs. No event holds an amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PolicyDrafted(Event):
    policy_id: UUID


@dataclass(frozen=True, kw_only=True)
class PolicyPublished(Event):
    policy_id: UUID
    from_on: date


@dataclass(frozen=True, kw_only=True)
class ClaimEvent(Event):
    """Something about one claim; person_id is whose it is."""

    claim_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimBegun(ClaimEvent):
    meeting_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimOffered(ClaimEvent):
    """The morning after: did it cost you anything?"""

    meeting_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimToConfirm(ClaimEvent):
    """An officer wrote it for the person, who confirms it by sending it."""


@dataclass(frozen=True, kw_only=True)
class ClaimChanged(ClaimEvent):
    """A line or receipt was added, changed or taken away."""


@dataclass(frozen=True, kw_only=True)
class ClaimSent(ClaimEvent):
    """Sent, perhaps once more after a question: the version tells one time from another."""

    version: int


@dataclass(frozen=True, kw_only=True)
class ClaimWithdrawn(ClaimEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class ClaimQueried(ClaimEvent):
    version: int


@dataclass(frozen=True, kw_only=True)
class ClaimDecided(ClaimEvent):
    status: str


@dataclass(frozen=True, kw_only=True)
class ClaimInPayment(ClaimEvent):
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimPaid(ClaimEvent):
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class RunMade(Event):
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class RunPaid(Event):
    run_id: UUID
    paid_on: date


@dataclass(frozen=True, kw_only=True)
class RunReopened(Event):
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class PayeesChanged(Event):
    """By what finance knows people; the trail holds no reference."""


@dataclass(frozen=True, kw_only=True)
class ClaimsToDecide(Event):
    """An occasion of the calendar: once a day, while claims wait for a decision."""

    waiting: int


@dataclass(frozen=True, kw_only=True)
class ClaimsOverPromise(Event):
    """An occasion of the calendar: once a week, while claims wait longer for payment than was promised."""

    waiting: int


@dataclass(frozen=True, kw_only=True)
class ClaimDeadlineSoon(ClaimEvent):
    """An occasion of the calendar: a claim that is not sent has so many days left."""

    days: int


@dataclass(frozen=True, kw_only=True)
class PeriodClosed(Event):
    """No payment is dated on this day or before it any more."""

    until_on: date


@dataclass(frozen=True, kw_only=True)
class CareReceiptChecked(ClaimEvent):
    """An officer looked at a receipt that may tell of care."""

    receipt_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReceiptOpened(ClaimEvent):
    receipt_id: UUID
