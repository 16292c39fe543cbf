"""Finding what waits for a decision or for payment, payment runs, payees, and what an approver may look at twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.access.decide import reach
from portal.access.permissions import CLAIMS_DECIDE
from portal.access.roles import Asker
from portal.accounts.models import Person
from portal.core import clock
from portal.expenses.models import (
    Claim,
    ClaimLine,
    ClosedPeriod,
    ExpensePolicy,
    Payee,
    PaymentRun,
    Receipt,
    SupplierLine,
)
from portal.expenses.queries import not_of, policies, with_person
from portal.expenses.rules import IN_PAYMENT, SEEN_BY_BOARD, SENT, TO_PAY
from portal.infra.database import db
from portal.infra.scope import Across, across_boards, within
from portal.replacement_care import queries as care
from portal.replacement_care.models import CareRequest


def to_decide(person: Asker) -> Sequence[Claim]:
    """Claims that wait for this approver, the oldest first; never their own."""
    statement = select(Claim).where(
        within(reach(person, CLAIMS_DECIDE), Claim), Claim.status == SENT, not_of(person.id)
    )
    return db.session.scalars(with_person(statement.order_by(Claim.sent_at, Claim.id).limit(200))).all()


def oldest(person: Asker) -> tuple[int, datetime] | None:
    """How many claims wait for this approver, and since when the oldest does."""
    if not reach(person, CLAIMS_DECIDE):
        return None
    statement = select(func.count(Claim.id), func.min(Claim.sent_at)).where(
        within(reach(person, CLAIMS_DECIDE), Claim), Claim.status == SENT, not_of(person.id)
    )
    number, since = db.session.execute(statement).one()
    return (number, since) if number and since else None


def waiting_by_board() -> dict[UUID, int]:
    """How many claims wait for a decision, on every board: for the clock."""
    statement = select(Claim.board_id, func.count(Claim.id)).where(Claim.status == SENT).group_by(Claim.board_id)
    rows = db.session.execute(across_boards(statement.order_by(Claim.board_id), Across.CLOCK))
    return {board: number for board, number in rows}  # noqa: C416 - rows are not pairs to mypy


def over_promise(today: date) -> dict[UUID, int]:
    """How many claims wait for payment longer than the policy of their day promises, by board: for the clock."""
    statement = select(Claim.board_id, Claim.happened_on, Claim.sent_at).where(
        Claim.status.in_((SENT, *TO_PAY, IN_PAYMENT))
    )
    found: dict[UUID, int] = defaultdict(int)
    said: dict[UUID, Sequence[ExpensePolicy]] = {}
    rows: Any = db.session.execute(across_boards(statement.order_by(Claim.id), Across.CLOCK))
    for board_id, day, sent_at in rows:
        if board_id not in said:
            said[board_id] = policies(board_id)
        promise = next((one.pay_days for one in said[board_id] if one.from_on <= day), None)
        found[board_id] += promise is not None and (today - clock.london_day(sent_at)).days > promise
    return {board_id: number for board_id, number in found.items() if number}


def closed_until(board_id: UUID) -> date | None:
    """The last day of the newest closed period."""
    return db.session.scalar(select(func.max(ClosedPeriod.until_on)).where(ClosedPeriod.board_id == board_id))


def sent_before(board_id: UUID, moment: datetime, first: date) -> Sequence[Claim]:
    """Claims that were sent before a policy was published and tell of days on which it holds."""
    statement = select(Claim).where(
        Claim.board_id == board_id, Claim.status.in_(SEEN_BY_BOARD), Claim.sent_at < moment, Claim.happened_on >= first
    )
    return db.session.scalars(with_person(statement.order_by(Claim.happened_on, Claim.id).limit(500))).all()


def to_pay(person: Asker) -> Sequence[Claim]:
    """Approved claims that no payment run holds."""
    statement = select(Claim).where(
        within(reach(person, CLAIMS_DECIDE), Claim), Claim.status.in_(TO_PAY), not_of(person.id)
    )
    return db.session.scalars(with_person(statement.order_by(Claim.decided_at, Claim.id).limit(500))).all()


def runs(person: Asker) -> Sequence[PaymentRun]:
    """The payment runs of this approver's boards, the newest first; those opened again are empty and left out."""
    statement = select(PaymentRun).where(
        within(reach(person, CLAIMS_DECIDE), PaymentRun), PaymentRun.reopened_at.is_(None)
    )
    return db.session.scalars(statement.order_by(PaymentRun.made_at.desc(), PaymentRun.id).limit(100)).all()


def run(person: Asker, run_id: UUID) -> PaymentRun | None:
    statement = select(PaymentRun).where(PaymentRun.id == run_id, within(reach(person, CLAIMS_DECIDE), PaymentRun))
    return db.session.scalar(statement.where(PaymentRun.reopened_at.is_(None)))


def claims_in(run: PaymentRun) -> Sequence[Claim]:
    statement = select(Claim).where(Claim.board_id == run.board_id, Claim.run_id == run.id)
    return db.session.scalars(with_person(statement.order_by(Claim.year, Claim.number, Claim.id))).all()


def is_in_run(run: PaymentRun, person_id: UUID) -> bool:
    """Whether a run holds a claim of somebody's own, or one they made."""
    mine = or_(Claim.person_id == person_id, Claim.helped_by_id == person_id)
    statement = select(Claim.id).where(Claim.board_id == run.board_id, Claim.run_id == run.id, mine)
    return db.session.scalar(statement.order_by(Claim.id).limit(1)) is not None


def supplier_lines(run: PaymentRun) -> Sequence[SupplierLine]:
    statement = select(SupplierLine).where(SupplierLine.board_id == run.board_id, SupplierLine.run_id == run.id)
    return db.session.scalars(statement.order_by(SupplierLine.on_day, SupplierLine.id)).all()


def invoices(person: Asker) -> Sequence[CareRequest]:
    """What the board pays providers of care for, on an approver's boards, and no run holds; never for their own."""
    in_run = exists().where(SupplierLine.request_id == CareRequest.id, SupplierLine.board_id == CareRequest.board_id)
    statement = care.to_pay(reach(person, CLAIMS_DECIDE)).where(~in_run)
    return db.session.scalars(statement.limit(200)).all()


def payees(board_id: UUID) -> dict[UUID, Payee]:
    """By what finance knows each person of a board."""
    statement = select(Payee).where(Payee.board_id == board_id).order_by(Payee.person_id)
    return {one.person_id: one for one in db.session.scalars(statement)}


def claimants(board_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of everyone whose claim to a board was ever sent, by name."""
    sent = select(Claim.person_id).where(Claim.board_id == board_id, Claim.sent_at.is_not(None))
    statement = select(Person.id, Person.name).where(Person.id.in_(sent))
    return [(key, name) for key, name in db.session.execute(statement.order_by(func.lower(Person.name), Person.id))]


def next_run_number(board_id: UUID) -> int:
    return (db.session.scalar(select(func.max(PaymentRun.number)).where(PaymentRun.board_id == board_id)) or 0) + 1


def same_receipts(claim: Claim) -> set[UUID]:
    """The lines of a claim with a receipt whose very bytes were sent before, with another line."""
    earlier = aliased(Receipt)
    seen = exists().where(
        earlier.board_id == claim.board_id, earlier.sha256 == Receipt.sha256, earlier.line_id != Receipt.line_id
    )
    statement = select(Receipt.line_id).where(Receipt.claim_id == claim.id, seen)
    return set(db.session.scalars(statement.order_by(Receipt.line_id)))


def same_lines(claim: Claim) -> set[UUID]:
    """The lines of a claim for which another claim of the same person has one of the same day, kind and cost."""
    mine, other = aliased(ClaimLine), aliased(ClaimLine)
    statement = (
        select(mine.id)
        .join(other, and_(other.person_id == mine.person_id, other.claim_id != mine.claim_id))
        .join(Claim, Claim.id == other.claim_id)
        .where(mine.claim_id == claim.id, Claim.status.in_(SEEN_BY_BOARD), other.category == mine.category)
        .where(other.spent_on == mine.spent_on, other.cost == mine.cost)
    )
    return set(db.session.scalars(statement.order_by(mine.id)))
