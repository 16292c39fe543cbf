"""What can have happened to policies, claims and payment runs. No event holds an amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.events import BoardEvent, Event


@dataclass(frozen=True, kw_only=True)
class PolicyDrafted(Event, sentence="Wrote a draft of the expenses policy", nobody=True):
    policy_id: UUID


@dataclass(frozen=True, kw_only=True)
class PolicyDraftDiscarded(Event, sentence="Discarded the draft of the expenses policy", nobody=True):
    policy_id: UUID
    from_on: date | None = None  # an older line does not hold the day that it had


@dataclass(frozen=True, kw_only=True)
class PolicyPublished(BoardEvent, sentence="Published an expenses policy"):
    policy_id: UUID
    from_on: date
    draft_from_on: date | None = None  # the day that the draft had; an older line does not hold it


@dataclass(frozen=True, kw_only=True)
class ClaimEvent(BoardEvent, abstract=True):
    """Something about one claim; person_id is whose it is."""

    claim_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimBegun(ClaimEvent, sentence="Began a claim", nobody=True):
    meeting_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimPrompted(ClaimEvent, sentence="Someone was asked what a meeting cost them", formerly=("ClaimOffered",)):
    """The morning after: did it cost you anything?"""

    meeting_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimToConfirm(ClaimEvent, sentence="Asked someone to confirm a claim written for them"):
    """An officer wrote it for the person, who confirms it by sending it."""


@dataclass(frozen=True, kw_only=True)
class ClaimChanged(ClaimEvent, sentence="Changed a claim", nobody=True):
    """A line or receipt was added, changed or taken away."""


@dataclass(frozen=True, kw_only=True)
class ClaimDeleted(ClaimEvent, sentence="Deleted a claim that was never sent", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class ClaimSent(ClaimEvent, sentence="Sent a claim"):
    """Sent, perhaps once more after a question: the version tells one time from another."""

    version: int
    is_first: bool = False  # it has its reference from now on


@dataclass(frozen=True, kw_only=True)
class ClaimWithdrawn(ClaimEvent, sentence="Withdrew a claim", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class ClaimQueried(ClaimEvent, sentence="Asked about a claim"):
    version: int


@dataclass(frozen=True, kw_only=True)
class ClaimDecided(ClaimEvent, sentence="Decided on a claim"):
    """`first_by_id` is whoever decided it first, where a second approver agreed."""

    status: str
    first_by_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimDecidedFirst(BoardEvent, sentence="Decided on a claim that needs a second approver", nobody=True):
    """Whose claim it is stands not here: they read of no decision before there is one."""

    claim_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimInPayment(ClaimEvent, sentence="A claim went into a payment run"):
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimPaid(ClaimEvent, sentence="A claim was paid"):
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class RunMade(BoardEvent, sentence="Made a payment run"):
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class FinanceAddressMissing(BoardEvent, sentence="Administrators were told that no address of finance is set"):
    """A run was made on a board with one approver, and nobody else hears of it."""


@dataclass(frozen=True, kw_only=True)
class RunPaid(Event, sentence="Marked a payment run as paid", nobody=True):
    run_id: UUID
    paid_on: date


@dataclass(frozen=True, kw_only=True)
class RunCancelled(BoardEvent, sentence="Cancelled a payment run", formerly=("RunReopened",)):
    """What was in it waits to be paid again; `pence` is what it came to."""

    run_id: UUID
    pence: int


@dataclass(frozen=True, kw_only=True)
class ClaimOutOfPayment(ClaimEvent, sentence="A claim came out of a payment run that was cancelled"):
    run_id: UUID


@dataclass(frozen=True, kw_only=True)
class PayeesChanged(BoardEvent, sentence="Changed payee references"):
    """By what finance knows people and providers of care; the trail and the emails hold no reference."""

    person_ids: tuple[UUID, ...]
    provider_ids: tuple[UUID, ...]
    removed: tuple[UUID, ...] = ()  # of these, whose now have none; older lines do not say it


@dataclass(frozen=True, kw_only=True)
class AttendanceAsked(BoardEvent, sentence="Asked the clerks to record who came"):
    """A claim for the meeting waits for it. Whose claim that is the clerks are not told."""

    meeting_id: UUID


@dataclass(frozen=True, kw_only=True)
class ClaimsToDecide(BoardEvent, sentence="Approvers were told of claims to decide"):
    """An occasion of the calendar: once a day, while claims wait for a decision."""

    waiting: int


@dataclass(frozen=True, kw_only=True)
class ClaimsOverPromise(BoardEvent, sentence="Claims took longer than promised"):
    """An occasion of the calendar: once a week, while claims wait longer for payment than was promised."""

    waiting: int


@dataclass(frozen=True, kw_only=True)
class ClaimDeadlineSoon(ClaimEvent, sentence="Someone was told of a deadline for a claim"):
    """An occasion of the calendar: a claim that is not sent has so many days left."""

    days: int


@dataclass(frozen=True, kw_only=True)
class PeriodClosed(Event, sentence="Closed a month for payments", nobody=True):
    """No payment is dated on this day or before it any more."""

    until_on: date


@dataclass(frozen=True, kw_only=True)
class PeriodReopened(Event, sentence="Reopened a month for payments", nobody=True):
    """Payments may be dated on this day, and before it, once more."""

    until_on: date


@dataclass(frozen=True, kw_only=True)
class CareReceiptChecked(ClaimEvent, sentence="Checked a receipt for care", nobody=True, by_staff=True):
    """An officer looked at a receipt that may tell of care."""

    receipt_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReceiptMadeAgain(ClaimEvent, sentence="Made the copy of a receipt again, from what was sent", nobody=True):
    receipt_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReceiptOpened(ClaimEvent, sentence="Opened a receipt", nobody=True):
    """`checks_id` is the officer who opened a locked one to check it, `file` the copy that they saw."""

    receipt_id: UUID
    file: str = ""
    checks_id: UUID | None = None
