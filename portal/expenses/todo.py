"""What claims want of people: reps send and answer, approvers decide, officers look at receipts for care."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Function, Label, and_, exists, func, or_, select

from portal.access.permissions import CARE_RECEIPTS_CHECK, CLAIMS_DECIDE, CLAIMS_OWN, DESK_READ, POLICY_WRITE
from portal.boards.models import Board
from portal.core.clock import london_day
from portal.core.text import count_words, short_day_words, together
from portal.expenses.claims.queries import not_of, unsent
from portal.expenses.claims.rules import (
    DRAFT,
    MOST_TOLD,
    OFFER_STANDS,
    QUERIED,
    SENT,
    TO_PAY,
    is_deadline_near,
    last_day_to_send,
    reference,
)
from portal.expenses.models import Claim, ClaimLine, ExpensePolicy, PaymentRun, Receipt
from portal.expenses.on_behalf.queries import unchecked
from portal.expenses.payments.queries import in_no_run
from portal.expenses.policies.queries import deadline_days
from portal.infra.kept import Whoever
from portal.infra.todo import BY, SINCE, UNSAID, Line, Rows, Says, ToDo, Whom
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import owed_to_provider

Counted = TypeVar("Counted")


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
    is_asked_for: bool  # offered to them lately, or written for them
    deadline_days: int | None

    @property
    def reference(self) -> str:
        return reference(self.prefix, self.year, self.number)

    def last_on(self, today: date) -> date | None:
        """The last day to send it, when that is near."""
        if self.status != DRAFT or not self.lines or self.deadline_days is None:
            return None
        last = last_day_to_send(self.happened_on, self.deadline_days)
        return last if is_deadline_near(last, today) else None


def _own(who: Whoever) -> Rows:
    asked_for = or_(Claim.offered_at > who.now - OFFER_STANDS, Claim.to_confirm_at.is_not(None))
    of_claim = (Claim.board_id, Claim.id.label("claim_id"), Claim.status, Claim.prefix, Claim.year, Claim.number)
    moments = (Claim.created_at.label("begun_at"), Claim.to_confirm_at.label("handed_over_at"))
    lines = select(func.count(ClaimLine.id)).where(ClaimLine.claim_id == Claim.id, ClaimLine.cost > 0)
    has = lines.correlate(Claim).scalar_subquery().label("lines")
    more = (asked_for.label("is_asked_for"), deadline_days().label("deadline_days"))
    waits = or_(Claim.status == QUERIED, and_(Claim.status == DRAFT, asked_for), unsent(who.today))
    rows = select(*of_claim, Claim.title, Claim.happened_on, *moments, has, *more)
    return rows.where(who.within(CLAIMS_OWN, Claim), waits)


def _finish(found: Sequence[Own], today: date) -> Iterator[Line]:
    """What has a last day that is near goes first, and then what has waited longest."""
    wanted = [one for one in found if one.status == QUERIED or one.is_asked_for or one.last_on(today)]
    first = sorted(wanted, key=lambda one: (one.last_on(today) or date.max, one.begun_at))
    for claim in first[:MOST_TOLD]:
        line, last = _own_line(claim), claim.last_on(today)
        yield replace(line, due_on=last, day_is=BY) if last else line


def _own_line(claim: Own) -> Line:
    where, day, since = {"claim_id": claim.claim_id}, short_day_words(claim.happened_on), london_day(claim.begun_at)
    if claim.status == QUERIED:
        title = f"Answer a question about your expenses: {claim.title}"
        return Line(since, title, claim.reference, where, day_is=UNSAID)
    if claim.handed_over_at:
        since, words = london_day(claim.handed_over_at), f"{claim.title}, {day}. Your officer wrote it for you"
        return Line(since, "Check a claim and send it", words, where, day_is=UNSAID)
    if not claim.is_asked_for:
        return Line(since, f"Send your claim: {claim.title}", day, where, day_is=UNSAID)
    usual = "We’ve started a claim with your usual expenses. Check it and send it"
    nothing = "Add what you spent, or say that you have no expenses for this"
    words = f"{day}. {usual if claim.lines else nothing}"
    return Line(since, f"Did it cost you anything? {claim.title}", words, where, day_is=UNSAID)


@dataclass(frozen=True)
class Unchecked:
    """How many locked receipts for care wait on a board for an officer."""

    board_id: UUID
    board: str
    receipts: int
    oldest_at: datetime


def _unchecked(who: Whoever) -> Rows:
    of_board = (Receipt.board_id, Board.key.label("board"))
    return (
        select(*of_board, func.count(Receipt.id).label("receipts"), func.min(Claim.sent_at).label("oldest_at"))
        .join(Claim, Claim.id == Receipt.claim_id)
        .join(Board, Board.id == Receipt.board_id)
        .where(who.within(CARE_RECEIPTS_CHECK, Receipt), unchecked())
        .group_by(*of_board)
    )


def _look_at_receipts(found: Sequence[Unchecked], _today: date) -> Iterator[Line]:
    for waiting in found:
        title, since = f"Check {count_words(waiting.receipts, 'care receipt')}", london_day(waiting.oldest_at)
        yield Line(since, title, "Approvers cannot open these", {"board": waiting.board}, day_is=SINCE)


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
    yield Line(since, title, day_is=SINCE)


@dataclass(frozen=True)
class Unpaid:
    """What Payments lists of a board and no payment run holds: how much, and since when the oldest of each waits."""

    board_id: UUID
    claims: int
    invoices: int  # of providers of care
    claims_since: datetime | None
    invoices_since: datetime | None


def _unpaid(who: Whoever) -> Rows:
    claims = (Claim.board_id == Board.id, who.within(CLAIMS_DECIDE, Claim), Claim.status.in_(TO_PAY), not_of(who.id))
    reached = (CareRequest.board_id == Board.id, who.within(CLAIMS_DECIDE, CareRequest))
    invoices = (*reached, owed_to_provider(), in_no_run())
    columns = (
        _of_board("claims", func.count(Claim.id), claims),
        _of_board("invoices", func.count(CareRequest.id), invoices),
        _of_board("claims_since", func.min(Claim.decided_at), claims),
        _of_board("invoices_since", func.min(CareRequest.ended_at), invoices),
    )
    waits = or_(exists().where(*claims), exists().where(*invoices))
    return select(Board.id.label("board_id"), *columns).where(who.within(CLAIMS_DECIDE, Board), waits)


def _of_board(name: str, counted: Function[Counted], where: Iterable[ColumnElement[bool]]) -> Label[Counted]:
    """Something counted of the rows of each board."""
    return select(counted).where(*where).correlate(Board).scalar_subquery().label(name)


def _pay(found: Sequence[Unpaid], today: date) -> Iterator[Line]:
    """It counts what the page lists."""
    claims, invoices = sum(board.claims for board in found), sum(board.invoices for board in found)
    counted = ((claims, "approved claim"), (invoices, "care invoice"))
    words = together([count_words(number, what) for number, what in counted if number])
    moments = [one for board in found for one in (board.claims_since, board.invoices_since) if one]
    since = london_day(min(moments)) if moments else today
    yield Line(since, f"Make a payment run: {words}", day_is=SINCE)


@dataclass(frozen=True)
class WithFinance:
    """A payment run that finance has, and has not said that it is paid."""

    board_id: UUID
    run_id: UUID
    number: int
    created_at: datetime


def _with_finance(who: Whoever) -> Rows:
    """Whoever has a claim of their own in it leaves it to another approver."""
    mine = exists().where(Claim.board_id == PaymentRun.board_id, Claim.run_id == PaymentRun.id, ~not_of(who.id))
    of_run = (PaymentRun.board_id, PaymentRun.id.label("run_id"), PaymentRun.number, PaymentRun.created_at)
    is_open = (PaymentRun.paid_on.is_(None), PaymentRun.reopened_at.is_(None), ~mine)
    return select(*of_run).where(who.within(CLAIMS_DECIDE, PaymentRun), *is_open)


def _mark_paid(found: Sequence[WithFinance], _today: date) -> Iterator[Line]:
    for run in found:
        title, since = f"Record when finance paid run {run.number}", london_day(run.created_at)
        yield Line(since, title, where={"run_id": run.run_id}, day_is=SINCE)


@dataclass(frozen=True)
class PolicyWanted:
    """A board that has no expenses policy in force, or a draft of the next one."""

    board_id: UUID
    board: str
    board_name: str


OF_BOARD = (Board.id.label("board_id"), Board.key.label("board"), Board.short_name.label("board_name"))


def _has_policy(who: Whoever) -> ColumnElement[bool]:
    in_force = (ExpensePolicy.published_at.is_not(None), ExpensePolicy.from_on <= who.today)
    return exists().where(ExpensePolicy.board_id == Board.id, *in_force)


def _no_policy(who: Whoever) -> Rows:
    return select(*OF_BOARD).where(who.within(POLICY_WRITE, Board), ~_has_policy(who))


def _drafted_policy(who: Whoever) -> Rows:
    """Where none is in force, the line that asks for one is enough."""
    is_drafted = exists().where(ExpensePolicy.board_id == Board.id, ExpensePolicy.published_at.is_(None))
    return select(*OF_BOARD).where(who.within(POLICY_WRITE, Board), is_drafted, _has_policy(who))


def _publish_policy(found: Sequence[PolicyWanted], today: date) -> Iterator[Line]:
    for one in found:
        title, words = f"Publish or discard the draft expenses policy of {one.board_name}", "Nobody else sees the draft"
        yield Line(today, title, words, {"board": one.board}, day_is=UNSAID)


def _write_policy(found: Sequence[PolicyWanted], today: date) -> Iterator[Line]:
    for one in found:
        title, words = f"Publish an expenses policy for {one.board_name}", "Without one, no expense is covered"
        yield Line(today, title, words, {"board": one.board}, day_is=UNSAID)


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
    "care receipts",
    Whom.STAFF,
    Unchecked,
    _unchecked,
    first_page=Says("expenses.care_receipts", _look_at_receipts),
    desk=Says("expenses.care_receipts", _look_at_receipts),
)
TO_MAKE_RUN = ToDo("claims to pay", Whom.STAFF, Unpaid, _unpaid, first_page=Says("expenses.payments", _pay))
WITH_FINANCE = ToDo(
    "run with finance", Whom.STAFF, WithFinance, _with_finance, first_page=Says("expenses.run", _mark_paid)
)
NO_POLICY = ToDo(
    "expenses policy to publish", Whom.STAFF, PolicyWanted, _no_policy, Says("expenses.policy", _write_policy)
)
DRAFTED_POLICY = ToDo(
    "expenses policy in draft",
    Whom.STAFF,
    PolicyWanted,
    _drafted_policy,
    Says("expenses.publish_policy", _publish_policy),
)
TO_DECIDE = ToDo("claims to decide", Whom.STAFF, Undecided, _undecided, first_page=Says("expenses.to_decide", _decide))
CLAIMS_OF_REPS = ToDo("claims of a rep", Whom.NOBODY, OfRep, _of_reps, in_table=True)
TODO = (OWN, TO_CHECK, TO_DECIDE, TO_MAKE_RUN, WITH_FINANCE, NO_POLICY, DRAFTED_POLICY, CLAIMS_OF_REPS)
