"""Whom finance is about to pay for the first time, or by a reference that was changed since it last paid them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from portal.boards.queries import people_named
from portal.core.clock import london_day
from portal.core.text import short_day_words, together
from portal.expenses.claims.rules import PAID
from portal.expenses.models import Claim
from portal.expenses.payments import queries
from portal.expenses.payments.models import Payee, PaymentRun, SupplierLine
from portal.infra.database import db
from portal.replacement_care.models import CareRequest

SaidOf = Callable[[UUID | None], str]
InRun = tuple[int, str]  # the number of a run, and what is in it: a claim by its reference, an invoice by its number


def said_of(board_id: UUID, payees: Mapping[UUID, Payee] | None = None, run_id: UUID | None = None) -> SaidOf:
    """What an approver of a board is told of somebody whom it pays, as a sentence; '' where there is nothing to tell.

    Only what was paid counts as a payment. Whoever is in another run than `run_id` is said to be in it.
    A reference that was changed on the day of a payment counts as changed since: which came first is not on record.
    """
    known = queries.payees(board_id) if payees is None else payees
    people, providers = _people_paid(board_id), _providers_paid(board_id)
    of_board = {key for key, _ in queries.providers(board_id)}
    unpaid = _in_unpaid_runs(board_id)
    names = people_named(one.changed_by_id for one in known.values() if one.changed_by_id)

    def said(whose: UUID | None) -> str:
        if whose is None:
            return ""
        paid_on, changed_at = (people | providers).get(whose), known[whose].changed_at if whose in known else None
        others = [one for run, one in unpaid.get(whose, []) if run != run_id]
        added = _reference_words("added" if paid_on is None else "changed", known.get(whose), names)
        if paid_on is None:
            first = f"First payment to this {'care provider' if whose in of_board else 'person'}"
            return f"{first}{'. ' if added else ''}{added}{_also_in(others)}"
        return added if changed_at and london_day(changed_at) >= paid_on else ""

    return said


def _reference_words(was: str, payee: Payee | None, names: Mapping[UUID, str]) -> str:
    """'Payee reference changed on Tuesday 3 March by Ann Fraser'; '' where it is not known."""
    if payee is None or payee.changed_at is None or not payee.reference:
        return ""
    by = f" by {names[payee.changed_by_id]}" if payee.changed_by_id else ""
    return f"Payee reference {was} on {short_day_words(london_day(payee.changed_at))}{by}"


def to_check(run: PaymentRun) -> int:
    """How many people and providers a run pays by a reference that was added or changed since they were last paid."""
    known, providers = queries.payees(run.board_id), queries.providers_of(run)
    paid = _people_paid(run.board_id) | _providers_paid(run.board_id)
    in_it = {one.person_id for one in queries.claims_in(run)} | set(providers.values())
    changed = {key: known[key].changed_at for key in in_it if key in known and known[key].reference}
    return sum(key not in paid or london_day(at) >= paid[key] for key, at in changed.items() if at)


def _also_in(others: Sequence[InRun]) -> str:
    """'. Also theirs, and not paid yet: NF-2026-0002 in run 2'; '' where there is none."""
    if not others:
        return ""
    which = together([f"{reference} in run {number}" for number, reference in others])
    return f". Also theirs, and not paid yet: {which}"


def _people_paid(board_id: UUID) -> dict[UUID, date]:
    """When each person's newest claim was paid."""
    paid = (Claim.board_id == board_id, Claim.status == PAID)
    statement = select(Claim.person_id, func.max(Claim.paid_on)).where(*paid).group_by(Claim.person_id)
    return {key: day for key, day in db.session.execute(statement.order_by(Claim.person_id)) if day}


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


def _providers_paid(board_id: UUID) -> dict[UUID, date]:
    """When the newest invoice of each provider of care was paid."""
    statement = select(CareRequest.provider_id, func.max(PaymentRun.paid_on))
    statement = statement.join(SupplierLine, SupplierLine.request_id == CareRequest.id)
    statement = statement.join(PaymentRun, PaymentRun.id == SupplierLine.run_id)
    of_board = (CareRequest.board_id == board_id, SupplierLine.board_id == board_id, PaymentRun.board_id == board_id)
    statement = statement.where(*of_board, PaymentRun.paid_on.is_not(None)).group_by(CareRequest.provider_id)
    rows = db.session.execute(statement.order_by(CareRequest.provider_id))
    return {key: day for key, day in rows if key and day}


def in_run(run: PaymentRun) -> list[str]:
    """What whoever is to mark a run as paid is told of those in it: 'NF-2026-0004, Morag Sinclair: First payment …'."""
    if run.paid_on:
        return []
    said, providers = said_of(run.board_id, run_id=run.id), queries.providers_of(run)
    claims = [(f"{one.reference}, {one.person.name}", said(one.person_id)) for one in queries.claims_in(run)]
    care = [(one.name, said(providers.get(one.id))) for one in queries.supplier_lines(run)]
    return [f"{who}: {words}" for who, words in [*claims, *care] if words]
