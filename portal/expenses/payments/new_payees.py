"""Whom finance is about to pay for the first time, or by a reference that was changed since it last paid them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, func, select

from portal.boards.queries import people_named
from portal.core.text import together
from portal.expenses.claims.rules import PAID
from portal.expenses.models import Claim
from portal.expenses.payments import queries
from portal.expenses.payments.models import Payee, PaymentRun, SupplierLine
from portal.expenses.payments.written import PaidBy, changes, written
from portal.infra.database import db
from portal.replacement_care.models import CareRequest

SaidOf = Callable[[UUID | None], str]
InRun = tuple[int, str]  # the number of a run, and what is in it: a claim by its reference, an invoice by its number


@dataclass(frozen=True)
class LastPaid:
    """When somebody was last paid, and the payee reference that finance had for that payment."""

    on: date
    reference: str


def said_of(
    board_id: UUID,
    payees: Mapping[UUID, Payee] | None = None,
    run: PaymentRun | None = None,
    run_called: str = "this run",
) -> SaidOf:
    """What an approver of a board is told of somebody whom it pays, as sentences; '' where there is nothing to tell.

    Only what was paid counts as a payment. Whoever is in another run than `run` is said to be in it. It is told who
    wrote the reference that `run` pays, or the one of today, if it is another one than they were last paid by; and in
    any case that it was changed after the run was made.
    """
    known = queries.payees(board_id) if payees is None else payees
    people, providers = _people_paid(board_id), _providers_paid(board_id)
    of_board = {key for key, _ in queries.providers(board_id)}
    unpaid, references = _in_unpaid_runs(board_id), _references(run) if run else {}
    names = people_named(one.changed_by_id for one in known.values() if one.changed_by_id)
    made = changes(board_id)
    of_run = (run.created_at, run_called, run.paid_on is not None) if run else ()

    def said(whose: UUID | None) -> str:
        if whose is None:
            return ""
        last, payee = (people | providers).get(whose), known.get(whose)
        others = [one for run_id, one in unpaid.get(whose, []) if run is None or run_id != run.id]
        reference = references.get(whose, "") if run else payee.reference if payee else ""
        wrote = written(made.get(whose, ()), payee, PaidBy(reference, *of_run), names)
        if last is None:
            first = f"First payment to this {'care provider' if whose in of_board else 'person'}"
            return f"{_joined(first, wrote.first, wrote.since)}{_also_in(others)}"
        return _joined(wrote.first if reference != last.reference else "", wrote.since)

    return said


def _joined(*sentences: str) -> str:
    return ". ".join(one for one in sentences if one)


def _references(run: PaymentRun) -> dict[UUID, str]:
    """By what a run pays each person and provider in it."""
    providers = queries.providers_of(run)
    found = {one.person_id: one.payee_reference for one in queries.claims_in(run)}
    return found | {providers.get(one.id, one.id): one.payee_reference for one in queries.supplier_lines(run)}


def to_check(run: PaymentRun) -> tuple[int, int]:
    """How many people and providers a run pays by another reference than they were last paid by; and by none."""
    by, paid = _references(run), _people_paid(run.board_id) | _providers_paid(run.board_id)
    last = {key: paid[key].reference for key in by if key in paid}
    return sum(bool(now) and now != last.get(key) for key, now in by.items()), sum(not now for now in by.values())


def _also_in(others: Sequence[InRun]) -> str:
    """'. Also theirs, and not paid yet: NF-2026-0002 in run 2'; '' where there is none."""
    if not others:
        return ""
    which = together([f"{reference} in run {number}" for number, reference in others])
    return f". Also theirs, and not paid yet: {which}"


def _people_paid(board_id: UUID) -> dict[UUID, LastPaid]:
    """Each person's newest payment; of two on one day, that of the newer run."""
    order = (Claim.paid_on.desc(), PaymentRun.number.desc(), Claim.id)
    place = func.row_number().over(partition_by=Claim.person_id, order_by=order).label("place")
    statement = select(Claim.person_id.label("whose"), Claim.paid_on, Claim.payee_reference, place)
    statement = statement.outerjoin(PaymentRun, and_(PaymentRun.id == Claim.run_id, PaymentRun.board_id == board_id))
    return _newest(statement.where(Claim.board_id == board_id, Claim.status == PAID))


def _newest(statement: Select[tuple[UUID | None, date | None, str, int]]) -> dict[UUID, LastPaid]:
    """Whoever is in a statement, with the first of their rows."""
    rows = statement.subquery()
    first = select(rows.c.whose, rows.c.paid_on, rows.c.payee_reference).where(rows.c.place == 1)
    found = db.session.execute(first.order_by(rows.c.whose))
    return {whose: LastPaid(day, reference) for whose, day, reference in found if whose and day}


def _in_unpaid_runs(board_id: UUID) -> dict[UUID, list[tuple[UUID, InRun]]]:
    """What is in runs that are not paid yet, by the people and providers of care."""
    of_board = (PaymentRun.board_id == board_id, PaymentRun.paid_on.is_(None))
    people = select(Claim, PaymentRun).join(PaymentRun, PaymentRun.id == Claim.run_id)
    people = people.where(*of_board, Claim.board_id == board_id).order_by(PaymentRun.number, Claim.id)
    care = select(CareRequest.provider_id, PaymentRun, CareRequest.invoice)
    care = care.join(SupplierLine, SupplierLine.request_id == CareRequest.id)
    care = care.join(PaymentRun, PaymentRun.id == SupplierLine.run_id)
    care = care.where(*of_board, CareRequest.board_id == board_id, SupplierLine.board_id == board_id)
    found: dict[UUID, list[tuple[UUID, InRun]]] = defaultdict(list)
    for claim, run in db.session.execute(people):
        found[claim.person_id].append((run.id, (run.number, claim.reference or "")))
    for whose, run, invoice in db.session.execute(care.order_by(PaymentRun.number, CareRequest.id)):
        if whose:
            found[whose].append((run.id, (run.number, f"invoice {invoice}")))
    return found


def _providers_paid(board_id: UUID) -> dict[UUID, LastPaid]:
    """The same of each provider of care."""
    order = (PaymentRun.paid_on.desc(), PaymentRun.number.desc(), SupplierLine.id)
    place = func.row_number().over(partition_by=CareRequest.provider_id, order_by=order).label("place")
    whose = CareRequest.provider_id.label("whose")
    statement = select(whose, PaymentRun.paid_on, SupplierLine.payee_reference, place)
    statement = statement.join(SupplierLine, SupplierLine.request_id == CareRequest.id)
    statement = statement.join(PaymentRun, PaymentRun.id == SupplierLine.run_id)
    of_board = (CareRequest.board_id == board_id, SupplierLine.board_id == board_id, PaymentRun.board_id == board_id)
    return _newest(statement.where(*of_board, PaymentRun.paid_on.is_not(None)))


def in_run(run: PaymentRun) -> list[str]:
    """What whoever is to mark a run as paid is told of those in it: 'NF-2026-0004, Morag Sinclair: First payment …'."""
    if run.paid_on:
        return []
    said, providers = said_of(run.board_id, run=run), queries.providers_of(run)
    claims = [(f"{one.reference}, {one.person.name}", said(one.person_id)) for one in queries.claims_in(run)]
    care = [(one.name, said(providers.get(one.id))) for one in queries.supplier_lines(run)]
    return [f"{who}: {words}" for who, words in [*claims, *care] if words]
