"""What paying wants of approvers: to make runs, and to say when finance has paid them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Function, Integer, Label, cast, exists, func, or_, select

from portal.access.permissions import BOARDS_MANAGE, CLAIMS_DECIDE
from portal.accounts.models import Person
from portal.boards.models import Board
from portal.core.clock import london_day
from portal.core.money import pounds
from portal.core.text import count_words, together
from portal.expenses.claims.queries import not_of
from portal.expenses.claims.rules import TO_PAY
from portal.expenses.models import Claim, ClaimLine
from portal.expenses.payments.eyes import has_one, has_two, may_pay
from portal.expenses.payments.models import PaymentRun, SupplierLine
from portal.expenses.payments.queries import in_no_run
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import SINCE, UNSAID, Line
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import owed_to_provider

Counted = TypeVar("Counted")


@dataclass(frozen=True)
class Unpaid:
    """What Payments lists of a board and no payment run holds: how much, and since when the oldest of each waits."""

    board_id: UUID
    claims: int
    invoices: int  # of providers of care
    claims_since: datetime | None
    invoices_since: datetime | None


def _unpaid(who: Whoever) -> Rows:
    reached = (Claim.board_id == Board.id, who.within(CLAIMS_DECIDE, Claim))
    claims = (*reached, Claim.status.in_(TO_PAY), not_of(who.id), may_pay(Claim, who.id, who.today, who.now))
    reached = (CareRequest.board_id == Board.id, who.within(CLAIMS_DECIDE, CareRequest))
    invoices = (*reached, owed_to_provider(), in_no_run(), may_pay(CareRequest, who.id, who.today, who.now))
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
    pence: int
    made_by: str
    created_at: datetime


def _with_finance(who: Whoever) -> Rows:
    """Whoever has a claim of their own in it, or looked at something in it first, leaves it to another approver."""
    at = (who.id, who.today, who.now)
    others = (~not_of(who.id) | ~may_pay(Claim, *at), ~may_pay(SupplierLine, *at))
    mine = or_(
        exists().where(Claim.board_id == PaymentRun.board_id, Claim.run_id == PaymentRun.id, others[0]),
        exists().where(SupplierLine.board_id == PaymentRun.board_id, SupplierLine.run_id == PaymentRun.id, others[1]),
    )
    made_by = select(Person.name).where(Person.id == PaymentRun.made_by_id).scalar_subquery().label("made_by")
    of_run = (PaymentRun.board_id, PaymentRun.id.label("run_id"), PaymentRun.number)
    more = (_total(), made_by, PaymentRun.created_at)
    is_open = (PaymentRun.paid_on.is_(None), PaymentRun.reopened_at.is_(None), ~mine)
    return select(*of_run, *more).where(who.within(CLAIMS_DECIDE, PaymentRun), *is_open)


def _total() -> Label[int]:
    """What a payment run comes to, in pence."""
    claims = select(func.sum(ClaimLine.approved)).join(Claim, Claim.id == ClaimLine.claim_id)
    claims = claims.where(Claim.board_id == PaymentRun.board_id, Claim.run_id == PaymentRun.id)
    care = select(func.sum(SupplierLine.pence))
    care = care.where(SupplierLine.board_id == PaymentRun.board_id, SupplierLine.run_id == PaymentRun.id)
    both = [func.coalesce(one.correlate(PaymentRun).scalar_subquery(), 0) for one in (claims, care)]
    return cast(both[0] + both[1], Integer).label("pence")


def _mark_paid(found: Sequence[WithFinance], _today: date) -> Iterator[Line]:
    for run in found:
        title, since = f"Record when finance paid run {run.number}", london_day(run.created_at)
        words = f"{pounds(run.pence)}. Made by {run.made_by}"
        yield Line(since, title, words, {"run_id": run.run_id}, day_is=SINCE)


@dataclass(frozen=True)
class WithoutFinance:
    """A board without two approvers who are independent, of whose runs nobody else hears."""

    board_id: UUID
    board: str
    board_name: str


def _without_finance(who: Whoever) -> Rows:
    of_board = (Board.id.label("board_id"), Board.key.label("board"), Board.short_name.label("board_name"))
    is_alone = has_one(who.today) & ~has_two(who.today, who.now)
    return select(*of_board).where(who.within(BOARDS_MANAGE, Board), Board.finance_email == "", is_alone)


def _name_finance(found: Sequence[WithoutFinance], today: date) -> Iterator[Line]:
    for one in found:
        title = f"Name a finance address for {one.board_name}"
        words = "One person decides and pays its claims. Someone in finance should hear of each payment run"
        yield Line(today, title, words, {"board": one.board}, day_is=UNSAID)


FINANCE_ADDRESS = ToDo(
    "finance address to name",
    Whom.STAFF,
    WithoutFinance,
    _without_finance,
    Says("boards.settings", _name_finance, names_board=True),
)
TO_MAKE_RUN = ToDo(
    "claims to pay", Whom.STAFF, Unpaid, _unpaid, first_page=Says("expenses.payments", _pay, all_boards=True)
)
WITH_FINANCE = ToDo(
    "run with finance", Whom.STAFF, WithFinance, _with_finance, first_page=Says("expenses.run", _mark_paid)
)
