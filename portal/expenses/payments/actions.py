"""Payment runs: approved claims go to finance together, once; a run may be opened again until it is paid."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import case, delete, or_, true, update
from sqlalchemy.exc import IntegrityError

from portal.boards.independence import queries as independence
from portal.boards.independence.rules import not_independent_of
from portal.boards.models import Board
from portal.core import clock
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import IN_PAYMENT, PAID, TO_PAY
from portal.expenses.decisions.rules import decided
from portal.expenses.events import (
    ClaimInPayment,
    ClaimOutOfPayment,
    ClaimPaid,
    FinanceAddressMissing,
    PayeesChanged,
    PeriodClosed,
    PeriodReopened,
    RunCancelled,
    RunMade,
    RunPaid,
)
from portal.expenses.models import Claim, event_ids
from portal.expenses.payments import eyes, queries, references
from portal.expenses.payments.eyes import Signed
from portal.expenses.payments.models import ClosedPeriod, Payee, PaymentRun, SupplierLine
from portal.expenses.payments.rules import problem_with_payment_day
from portal.infra.database import db, rows_changed
from portal.infra.occasions import fire_once
from portal.infra.unit_of_work import acting, record
from portal.infra.versions import EditConflict
from portal.replacement_care.models import CareRequest


class WrongDay(Exception):
    """A run cannot be paid on that day; the message says why."""


class AnotherPays(Exception):
    """Whoever wants to mark the run as paid decided, entered or approved something in it that another can pay."""


class OwnClaim(Exception):
    """A claim of whoever wants to mark the run as paid is in it, or one they made for somebody."""


def make_run(
    board_id: UUID, maker_id: UUID, claim_ids: Collection[UUID], invoices: Sequence[CareRequest] = ()
) -> PaymentRun:
    """Put approved claims, and what providers of care charge, into a new run.

    Raises EditConflict, and makes none, when one is not free any more. Nobody pays their own claim: one of the
    maker's is not free to them, nor is one that they decided, or an invoice that they entered, or that somebody did of
    whom they are not independent, while an independent person could pay it.
    """
    board = db.session.get_one(Board, board_id, with_for_update=True)  # so that two at once get two numbers
    with db.session.begin_nested():  # a page that tells of the refusal commits, and must leave nothing of this behind
        run = PaymentRun(board_id=board_id, created_at=clock.now(), made_by_id=maker_id)
        run.number = queries.next_run_number(board_id)
        db.session.add(run)
        db.session.flush()
        if claim_ids or not invoices:
            _put_into(run, claim_ids)
        _add_invoices(run, invoices)
        references.keep_with(run)
    record(RunMade(board_id=board_id, run_id=run.id))
    _miss_finance(board)
    for one in queries.claims_in(run):
        record(ClaimInPayment(**event_ids(one), run_id=run.id))
    return run


def _miss_finance(board: Board) -> None:
    """Where no two approvers are independent and nobody else hears of the run, administrators do: once a month."""
    if board.finance_email or eyes.are_two(board.id):
        return
    if fire_once(f"finance-address-missing:{board.id}:{clock.today():%Y-%m}"):
        record(FinanceAddressMissing(board_id=board.id))


def _put_into(run: PaymentRun, claim_ids: Collection[UUID]) -> None:
    free = (Claim.board_id == run.board_id, Claim.status.in_(TO_PAY), Claim.run_id.is_(None))
    mine = (claims_queries.not_of(run.made_by_id), eyes.may_pay(Claim, run.made_by_id, clock.today(), clock.now()))
    taken = update(Claim).where(Claim.id.in_(list(claim_ids)), *free, *mine)
    values = {
        "status": IN_PAYMENT,
        "run_id": run.id,
        "version": Claim.version + 1,
        **_signed(Claim, run.board_id, run_by_id=run.made_by_id),
    }
    if not claim_ids or rows_changed(taken.values(values)) != len(set(claim_ids)):
        raise EditConflict


def _add_invoices(run: PaymentRun, invoices: Sequence[CareRequest]) -> None:
    """The database lets no request into two runs."""
    for one in invoices:
        line = SupplierLine(board_id=run.board_id, run_id=run.id, request_id=one.id, on_day=one.on_day)
        line.name, line.invoice, line.pence = one.provider.name if one.provider else "", one.invoice, one.cost or 0
        line.recorded_by_id = one.invoiced_by_id
        db.session.add(line)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise EditConflict from error
    if not _sign(run, SupplierLine, len(invoices), run_by_id=run.made_by_id):
        raise EditConflict


def _signed(of: Signed, board_id: UUID, **who: UUID) -> dict[str, object]:
    """Who puts something into a run or pays it; and that it is by one, where they are no second, independent person."""
    tied = not_independent_of(next(iter(who.values())), independence.made_by(board_id))
    looked = or_(*(column.in_(tied) for column in eyes.looked(of)))
    by_one = case((looked, true()), else_=of.is_by_one)
    return {**who, "is_by_one": by_one}


def _sign(run: PaymentRun, of: Signed, many: int, **who: UUID) -> bool:
    """Whether somebody may sign everything of a kind in a run; if so, they have."""
    if not many:
        return True
    in_run = update(of).where(of.board_id == run.board_id, of.run_id == run.id)
    allowed = in_run.where(eyes.may_pay(of, next(iter(who.values())), clock.today(), clock.now()))
    return rows_changed(allowed.values(**_signed(of, run.board_id, **who))) == many


def mark_paid(run: PaymentRun, paid_on: date, payer_id: UUID) -> None:
    """Finance has paid. Raises EditConflict when it was marked, or opened again, before.

    Raises WrongDay for a day before the run was made, after today, or of a month whose books are closed, and OwnClaim
    when the payer's own is in it, AnotherPays when they decided or entered something in it, or approved an invoice by
    putting it there, that another can pay. A day that turns out to be wrong is corrected, never marked again.
    """
    if queries.is_in_run(run, payer_id):
        raise OwnClaim
    made_on, closed = clock.london_day(run.created_at), queries.closed_until(run.board_id)
    if problem := problem_with_payment_day(paid_on, made_on, clock.today(), closed):
        raise WrongDay(problem)
    claims, lines = len(queries.claims_in(run)), len(queries.supplier_lines(run))
    with db.session.begin_nested():  # as in make_run
        _take(run, paid_on=paid_on)
        by_another = _sign(run, Claim, claims, paid_by_id=payer_id)
        if not by_another or not _sign(run, SupplierLine, lines, paid_by_id=payer_id):
            raise AnotherPays
        _put_payment_day(run, paid_on)
    record(RunPaid(board_id=run.board_id, run_id=run.id, paid_on=paid_on))
    for one in queries.claims_in(run):
        record(ClaimPaid(**event_ids(one), run_id=run.id))


def _put_payment_day(run: PaymentRun, paid_on: date) -> None:
    """The day of every claim of a run, with the days that each took."""
    in_run = update(Claim).where(Claim.board_id == run.board_id, Claim.run_id == run.id)
    db.session.flush()
    db.session.execute(in_run.values(status=PAID, paid_on=paid_on, version=Claim.version + 1))
    db.session.expire_all()
    for one in queries.claims_in(run):
        one.days_to_pay = one.days_with_board(paid_on)
    db.session.flush()


def _take(run: PaymentRun, **values: object) -> None:
    """Only a run that is neither paid nor opened again."""
    open_one = update(PaymentRun).where(
        PaymentRun.id == run.id, PaymentRun.paid_on.is_(None), PaymentRun.reopened_at.is_(None)
    )
    if rows_changed(open_one.values(**values)) != 1:
        raise EditConflict
    db.session.refresh(run, [*values])


def cancel(run: PaymentRun) -> None:
    """Let go of every claim and invoice of a run that is not paid. Raises EditConflict once it is."""
    claims, pence = list(queries.claims_in(run)), queries.run_sums([run])[run.id].pence
    _take(run, reopened_at=clock.now())
    for line in queries.supplier_lines(run):
        db.session.delete(line)
    for one in claims:
        status = decided((line.covered, line.approved or 0) for line in claims_queries.lines(one.id))
        out = update(Claim).where(Claim.id == one.id, Claim.run_id == run.id)
        free = {"run_id": None, "payee_reference": "", "cost_code": "", "run_by_id": None, "is_by_one": False}
        db.session.execute(out.values(status=status, version=Claim.version + 1, **free))
    db.session.expire_all()
    record(RunCancelled(board_id=run.board_id, run_id=run.id, pence=pence))
    for one in claims:
        record(ClaimOutOfPayment(**event_ids(one), run_id=run.id))


def close_period(board_id: UUID, until_on: date, closed_by_id: UUID) -> None:
    """From now on no payment is dated on this day or before it."""
    row = ClosedPeriod(board_id=board_id, until_on=until_on, closed_at=clock.now())
    row.closed_by_id = closed_by_id
    db.session.add(row)
    db.session.flush()
    record(PeriodClosed(board_id=board_id, until_on=until_on))


def reopen_period(board_id: UUID, until_on: date) -> None:
    """Open the books again that were closed last. Raises EditConflict when others were closed, or opened, since."""
    if queries.closed_until(board_id) != until_on:
        raise EditConflict
    db.session.execute(delete(ClosedPeriod).where(ClosedPeriod.board_id == board_id, ClosedPeriod.until_on == until_on))
    record(PeriodReopened(board_id=board_id, until_on=until_on))


def keep_payees(board_id: UUID, typed: Mapping[UUID, str]) -> None:
    """Keep by what finance knows each person and each provider of care, by their ids. Never an account number.

    Runs made before stay as they were, but for a reference that was missing.
    """
    known, providers = queries.payees(board_id), {key for key, _ in queries.providers(board_id)}
    changed = {key: new for key, new in typed.items() if new != references.reference_of(known, key)}
    for key, reference in changed.items():
        whose = {"provider_id": key} if key in providers else {"person_id": key}
        found = known.get(key) or Payee(board_id=board_id, **whose)
        found.reference, found.changed_at, found.changed_by_id = reference, clock.now(), acting.get()
        db.session.add(found)
    db.session.flush()
    for key, reference in changed.items():
        references.fill_in(board_id, key, reference)
    if changed:
        people, theirs = (tuple(sorted(keys)) for keys in (changed.keys() - providers, changed.keys() & providers))
        gone = tuple(sorted(key for key, new in changed.items() if not new))
        record(PayeesChanged(board_id=board_id, person_ids=people, provider_ids=theirs, removed=gone))
