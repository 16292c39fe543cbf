"""What claims want of people: reps send and answer, approvers decide, officers look at receipts for care."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from portal.access.permissions import CARE_RECEIPTS_CHECK, CLAIMS_DECIDE, CLAIMS_OWN, DESK_READ
from portal.boards.models import Board
from portal.core.clock import london_day
from portal.core.text import count_words, short_day_words
from portal.expenses.claims.queries import not_of
from portal.expenses.claims.rules import DRAFT, MOST_TOLD, OFFER_STANDS, QUERIED, SENT, TO_PAY, reference
from portal.expenses.models import Claim, ClaimLine, PaymentRun, Receipt
from portal.infra.kept import Whoever
from portal.infra.todo import Line, Rows, Says, ToDo, Whom


@dataclass(frozen=True)
class Own:
    """A claim of somebody's with a question to answer, that an officer wrote for them, or that is offered to them."""

    board_id: UUID
    claim_id: UUID
    status: str
    prefix: str
    year: int | None
    number: int | None
    title: str
    happened_on: date
    begun_at: datetime
    handed_over_at: datetime | None
    lines: int

    @property
    def reference(self) -> str:
        return reference(self.prefix, self.year, self.number)


def _own(who: Whoever) -> Rows:
    asked_for = or_(Claim.offered_at > who.now - OFFER_STANDS, Claim.to_confirm_at.is_not(None))
    of_claim = (Claim.board_id, Claim.id.label("claim_id"), Claim.status, Claim.prefix, Claim.year, Claim.number)
    moments = (Claim.created_at.label("begun_at"), Claim.to_confirm_at.label("handed_over_at"))
    lines = select(func.count(ClaimLine.id)).where(ClaimLine.claim_id == Claim.id, ClaimLine.cost > 0)
    has = lines.correlate(Claim).scalar_subquery().label("lines")
    return select(*of_claim, Claim.title, Claim.happened_on, *moments, has).where(
        who.within(CLAIMS_OWN, Claim), or_(Claim.status == QUERIED, and_(Claim.status == DRAFT, asked_for))
    )


def _finish(found: Sequence[Own], _today: date) -> Iterator[Line]:
    for claim in sorted(found, key=lambda claim: claim.begun_at)[:MOST_TOLD]:
        where, day = {"claim_id": claim.claim_id}, short_day_words(claim.happened_on)
        since = london_day(claim.begun_at)
        if claim.status == QUERIED:
            yield Line(since, f"Answer a question about {claim.reference}", claim.title, where)
        elif claim.handed_over_at:
            words = f"{claim.title}, {day}. Your officer wrote it for you"
            yield Line(london_day(claim.handed_over_at), "Look at a claim, and send it", words, where)
        else:
            title = f"Did it cost you anything? {claim.title}"
            usual = "We’ve started a claim with your usual expenses. Check it and send it"
            nothing = "Add what you spent, or say that you have no expenses for this"
            yield Line(since, title, f"{day}. {usual if claim.lines else nothing}", where)


@dataclass(frozen=True)
class Unchecked:
    """How many locked receipts for care wait on a board for an officer."""

    board_id: UUID
    board: str
    receipts: int


def _unchecked(who: Whoever) -> Rows:
    of_board = (Receipt.board_id, Board.key.label("board"))
    return (
        select(*of_board, func.count(Receipt.id).label("receipts"))
        .join(Claim, Claim.id == Receipt.claim_id)
        .join(Board, Board.id == Receipt.board_id)
        .where(who.within(CARE_RECEIPTS_CHECK, Receipt), Receipt.sealed_key != "", Receipt.checked_at.is_(None))
        .where(Claim.status.in_((SENT, QUERIED)))
        .group_by(*of_board)
    )


def _look_at_receipts(found: Sequence[Unchecked], today: date) -> Iterator[Line]:
    for unchecked in found:
        title = f"Look at {count_words(unchecked.receipts, 'receipt')} for care"
        yield Line(today, title, "Approvers cannot", {"board": unchecked.board})


@dataclass(frozen=True)
class Undecided:
    """How many claims wait on a board for an approver, and since when the oldest does."""

    board_id: UUID
    claims: int
    oldest_at: datetime


def _undecided(who: Whoever) -> Rows:
    claims, oldest_at = func.count(Claim.id).label("claims"), func.min(Claim.sent_at).label("oldest_at")
    rows = select(Claim.board_id, claims, oldest_at).where(who.within(CLAIMS_DECIDE, Claim), Claim.status == SENT)
    return rows.where(not_of(who.id)).group_by(Claim.board_id)


def _decide(found: Sequence[Undecided], _today: date) -> Iterator[Line]:
    """All boards together, as they stand on one page."""
    since = london_day(min(board.oldest_at for board in found))
    title = f"Decide {count_words(sum(board.claims for board in found), 'claim')}"
    yield Line(since, title, f"The oldest since {short_day_words(since)}")


@dataclass(frozen=True)
class Unpaid:
    """How many approved claims wait on a board for a payment run, and since when the oldest does."""

    board_id: UUID
    claims: int
    oldest_at: datetime


def _unpaid(who: Whoever) -> Rows:
    claims, oldest_at = func.count(Claim.id).label("claims"), func.min(Claim.decided_at).label("oldest_at")
    rows = select(Claim.board_id, claims, oldest_at).where(who.within(CLAIMS_DECIDE, Claim), Claim.status.in_(TO_PAY))
    return rows.where(not_of(who.id)).group_by(Claim.board_id)


def _put_into_run(found: Sequence[Unpaid], _today: date) -> Iterator[Line]:
    """All boards together, as they stand on one page."""
    since = london_day(min(board.oldest_at for board in found))
    title = f"Make a payment run: {count_words(sum(board.claims for board in found), 'approved claim')}"
    yield Line(since, title, f"The oldest was decided on {short_day_words(since)}")


@dataclass(frozen=True)
class AtFinance:
    """A payment run that finance has, and nobody has marked as paid."""

    board_id: UUID
    board: str
    run_id: UUID
    number: int
    made_at: datetime


def _at_finance(who: Whoever) -> Rows:
    """Not one with a claim of their own in it, which another approver marks."""
    mine = exists().where(Claim.run_id == PaymentRun.id, Claim.board_id == PaymentRun.board_id, ~not_of(who.id))
    of_run = (PaymentRun.board_id, Board.short_name.label("board"), PaymentRun.id.label("run_id"), PaymentRun.number)
    rows = select(*of_run, PaymentRun.created_at.label("made_at")).join(Board, Board.id == PaymentRun.board_id)
    unpaid = (PaymentRun.paid_on.is_(None), PaymentRun.reopened_at.is_(None))
    return rows.where(who.within(CLAIMS_DECIDE, PaymentRun), *unpaid, ~mine)


def _mark_paid(found: Sequence[AtFinance], _today: date) -> Iterator[Line]:
    for run in sorted(found, key=lambda run: (run.made_at, run.board, run.number)):
        since = london_day(run.made_at)
        title = f"Payment run {run.number} of {run.board} is with finance"
        detail = f"Since {short_day_words(since)}. Mark it as paid when finance has paid"
        yield Line(since, title, detail, {"run_id": run.run_id})


@dataclass(frozen=True)
class OfRep:
    """How many claims of a rep wait: their number, and nothing of what is in them."""

    board_id: UUID
    person_id: UUID
    claims: int


def _of_reps(who: Whoever) -> Rows:
    of_rep = (Claim.board_id, Claim.person_id)
    rows = select(*of_rep, func.count(Claim.id).label("claims")).where(who.within(DESK_READ, Claim))
    return rows.where(Claim.status.in_((SENT, QUERIED))).group_by(*of_rep)


OWN = ToDo("own claim", Whom.THEMSELVES, Own, _own, first_page=Says("expenses.show", _finish))
TO_CHECK = ToDo(
    "care receipts", Whom.STAFF, Unchecked, _unchecked, first_page=Says("expenses.care_receipts", _look_at_receipts)
)
TO_DECIDE = ToDo("claims to decide", Whom.STAFF, Undecided, _undecided, first_page=Says("expenses.to_decide", _decide))
CLAIMS_OF_REPS = ToDo("claims of a rep", Whom.NOBODY, OfRep, _of_reps, in_table=True)
TO_PUT_INTO_RUN = ToDo(
    "claims to pay", Whom.STAFF, Unpaid, _unpaid, first_page=Says("expenses.payments", _put_into_run)
)
AT_FINANCE = ToDo("run at finance", Whom.STAFF, AtFinance, _at_finance, first_page=Says("expenses.run", _mark_paid))
TODO = (OWN, TO_CHECK, TO_DECIDE, TO_PUT_INTO_RUN, AT_FINANCE, CLAIMS_OF_REPS)
