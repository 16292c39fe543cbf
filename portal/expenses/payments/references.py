"""By what finance knows payees, and what is booked where: kept with a run as it was when the run was made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from portal.expenses.claims.rules import IN_PAYMENT
from portal.expenses.models import Claim
from portal.expenses.payments import queries
from portal.expenses.payments.models import Payee, PaymentRun, SupplierLine
from portal.expenses.policies import queries as policies_queries
from portal.infra.database import db
from portal.infra.unit_of_work import records_nothing
from portal.replacement_care.models import CareRequest

CodeOn = Callable[[date], str]


def reference_of(payees: Mapping[UUID, Payee], whose: UUID | None) -> str:
    """By what finance knows a person or provider; '' for whom it does not know."""
    return payees[whose].reference if whose and whose in payees else ""


def _codes(board_id: UUID) -> CodeOn:
    """The cost code of a board on a day."""
    policies = policies_queries.policies(board_id)
    return lambda day: next((one.cost_code for one in policies if one.from_on <= day), "")


@records_nothing("that the run was made is recorded")
def keep_with(run: PaymentRun) -> None:
    """What finance is given of a run stays as it is now, whatever becomes of references and policies."""
    payees, providers, code = queries.payees(run.board_id), queries.providers_of(run), _codes(run.board_id)
    for claim in queries.claims_in(run):
        claim.payee_reference, claim.cost_code = reference_of(payees, claim.person_id), code(claim.happened_on)
    for line in queries.supplier_lines(run):
        line.payee_reference, line.cost_code = reference_of(payees, providers.get(line.id)), code(line.on_day)
    db.session.flush()


@records_nothing("that the reference was added is recorded")
def fill_in(board_id: UUID, whose: UUID, reference: str) -> None:
    """A reference that was missing goes into runs that are not paid yet. None that is there is changed."""
    mine = (Claim.board_id == board_id, Claim.person_id == whose, Claim.status == IN_PAYMENT)
    missing = update(Claim).where(*mine, Claim.payee_reference == "")
    db.session.execute(missing.values(payee_reference=reference))
    unpaid = select(PaymentRun.id).where(PaymentRun.board_id == board_id, PaymentRun.paid_on.is_(None))
    of_provider = select(CareRequest.id).where(CareRequest.board_id == board_id, CareRequest.provider_id == whose)
    theirs = (SupplierLine.board_id == board_id, SupplierLine.payee_reference == "")
    lines = update(SupplierLine).where(
        *theirs, SupplierLine.run_id.in_(unpaid), SupplierLine.request_id.in_(of_provider)
    )
    db.session.execute(lines.values(payee_reference=reference))
    db.session.expire_all()
