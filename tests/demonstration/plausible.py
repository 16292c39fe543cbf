"""What cannot be so of claims, payments and care: days in the wrong order, sums that do not add up, roles to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from portal.boards.models import StaffRole
from portal.check_in.models import CheckIn
from portal.check_in.rules import DEPUTE, NO
from portal.core.clock import london_day
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import DECIDED, PAID
from portal.expenses.models import Claim, ClaimQuestion, Receipt
from portal.expenses.payments.models import Payee, PaymentRun
from portal.expenses.policies.queries import policy_on
from portal.infra.database import db
from portal.meetings.models import Meeting, StandIn
from portal.meetings.rules import PLANNED
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.rules import OPEN, TOLD
from tests.cast import anywhere


def every(model: Any) -> Any:
    return db.session.scalars(anywhere(select(model).order_by(model.id))).unique().all()


def _day(moment: datetime | date | None) -> date | None:
    return london_day(moment) if isinstance(moment, datetime) else moment


def out_of_order(*days: datetime | date | None) -> bool:
    """Whether one of them, of those that are there, comes before an earlier one."""
    there = [day for day in map(_day, days) if day]
    return there != sorted(there)


def oddities(today: date) -> Iterator[str]:
    """Everything that is not plausible, in words."""
    runs = {one.id: one for one in every(PaymentRun)}
    for claim in every(Claim):
        about = f"{claim.reference or 'unsent'} {claim.title}"
        yield from (f"{about}: {problem}" for problem in _of_claim(claim, runs.get(claim.run_id), today))
    for asked in every(ClaimQuestion):
        claim = db.session.get_one(Claim, asked.claim_id)
        if out_of_order(claim.happened_on, claim.created_at, asked.asked_at, asked.closed_at, today):
            yield f"question about {claim.title}"
    yield from (f"care {care.title}" for care in every(CareRequest) if _is_odd_care(care))
    yield from (
        f"care {care.title}: nobody goes" for care in every(CareRequest) if care.status in OPEN and _stays(care)
    )


def _stays(care: CareRequest) -> bool:
    """Whether the person of a request does not go to its meeting: a depute does, or they said that they cannot."""
    theirs = (CheckIn.meeting_id == care.meeting_id, CheckIn.person_id == care.person_id)
    said = db.session.scalars(anywhere(select(CheckIn).where(*theirs))).first()
    instead = (StandIn.meeting_id == care.meeting_id, StandIn.on_behalf_of_id == care.person_id)
    is_called_off = care.meeting_id and db.session.get_one(Meeting, care.meeting_id).status != PLANNED
    goes_instead = db.session.scalars(anywhere(select(StandIn).where(*instead))).first()
    return bool(is_called_off or goes_instead or (said and said.coming in (NO, DEPUTE)))


def _of_claim(claim: Claim, run: PaymentRun | None, today: date) -> Iterator[str]:
    made = run.created_at if run else None
    if out_of_order(claim.happened_on, claim.created_at, claim.sent_at, claim.decided_at, made, claim.paid_on, today):
        yield "its days are not in order"
    if out_of_order(*(one.spent_on for one in claims_queries.lines(claim.id)), claim.created_at):
        yield "an expense is of a day after it was claimed"
    policy = policy_on(claim.board_id, claim.happened_on)
    if policy is None or out_of_order(policy.published_at, claim.created_at):
        yield "no policy was published for its day when it was begun"
    elif claim.sent_at and london_day(claim.sent_at) > claim.happened_on + timedelta(days=policy.deadline_days):
        yield "it was sent late"
    began = claims_queries.role_began(claim.person_id, claim.board_id)
    if began is None or claim.happened_on < began:
        yield "the role began later"
    yield from _of_decision(claim)
    yield from _of_payment(claim, run)
    receipts = [one for one in every(Receipt) if one.claim_id == claim.id]
    if any(out_of_order(claim.happened_on, one.created_at, claim.sent_at) for one in receipts):
        yield "a receipt came before its day, or after sending"


def _of_decision(claim: Claim) -> Iterator[str]:
    if (claim.status in DECIDED) != (claim.decided_at is not None):
        yield "decided, or not"
    if claim.decided_at is None or claim.sent_at is None:
        return
    days = claim.days_with_board(london_day(claim.decided_at)) or 0
    if claim.days_to_decide != days or days < 1:
        yield f"{claim.days_to_decide} days to decide"
    roles = select(StaffRole.from_on).where(StaffRole.person_id == claim.decided_by_id, StaffRole.role == "approver")
    if out_of_order(min(db.session.scalars(anywhere(roles)).all()), claim.decided_at):
        yield "decided by somebody who was no approver yet"


def _of_payment(claim: Claim, run: PaymentRun | None) -> Iterator[str]:
    if (claim.status == PAID) != (claim.paid_on is not None) or (run and run.paid_on != claim.paid_on):
        yield "paid, or not"
    if claim.paid_on and claim.sent_at and claim.days_to_pay != claim.days_with_board(claim.paid_on):
        yield f"{claim.days_to_pay} days to pay"
    if run and not claim.payee_reference and any(one.person_id == claim.person_id for one in every(Payee)):
        yield "finance was given no reference"


def _is_odd_care(care: CareRequest) -> bool:
    over = care.status in TOLD
    return (
        out_of_order(care.asked_at, care.arranged_at, care.starts_at)
        or out_of_order(care.asked_at, care.ended_at)
        or bool(over and out_of_order(care.starts_at, care.ended_at))
    )
