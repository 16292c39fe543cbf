"""Finding what waits for payment, payment runs and payees."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from portal.access.decide import reach
from portal.access.permissions import CLAIMS_DECIDE
from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.core.calendar import moment
from portal.core.money import pounds
from portal.core.names import name_key
from portal.expenses.claims.queries import not_of, with_person
from portal.expenses.claims.rules import SEEN_BY_BOARD, TO_PAY
from portal.expenses.models import Claim, ClaimLine
from portal.expenses.payments.models import ClosedPeriod, Payee, PaymentRun, SupplierLine
from portal.expenses.payments.rules import counted
from portal.infra.database import db
from portal.infra.name_order import by_name
from portal.infra.scope import within
from portal.infra.sight import Sight, seen_with
from portal.replacement_care.models import CareProvider, CareRequest
from portal.replacement_care.requests import queries as requests_queries
from portal.replacement_care.requests.rules import OPEN


def closed_until(board_id: UUID) -> date | None:
    """The last day of the newest closed period."""
    return db.session.scalar(select(func.max(ClosedPeriod.until_on)).where(ClosedPeriod.board_id == board_id))


def sent_before(board_id: UUID, moment: datetime, first: date) -> Sequence[Claim]:
    """Claims that were sent before a policy was published and tell of days on which it holds."""
    statement = select(Claim).where(
        Claim.board_id == board_id, Claim.status.in_(SEEN_BY_BOARD), Claim.sent_at < moment, Claim.happened_on >= first
    )
    return db.session.scalars(with_person(statement.order_by(Claim.happened_on, Claim.id).limit(500))).all()


def to_pay(person: Viewer, *mine: ColumnElement[bool]) -> Sequence[Claim]:
    """Approved claims that no payment run holds, of those that somebody may pay."""
    statement = select(Claim).where(
        within(reach(person, CLAIMS_DECIDE), Claim), Claim.status.in_(TO_PAY), not_of(person.id), *mine
    )
    return db.session.scalars(with_person(statement.order_by(Claim.decided_at, Claim.id).limit(500))).all()


def runs(person: Viewer) -> Sequence[PaymentRun]:
    """The payment runs of this approver's boards, the newest first; those that were cancelled are empty."""
    statement = select(PaymentRun).where(within(reach(person, CLAIMS_DECIDE), PaymentRun))
    return db.session.scalars(statement.order_by(PaymentRun.created_at.desc(), PaymentRun.id).limit(100)).all()


@dataclass(frozen=True)
class RunSum:
    """What is in a payment run, to how many it goes, and what it comes to: what its file for finance adds up to."""

    claims: int = 0
    people: int = 0
    invoices: int = 0
    providers: int = 0  # 0 where one of them is not known
    pence: int = 0

    @property
    def counted(self) -> str:
        return counted(self.claims, self.people, self.invoices, self.providers)


def run_sums(runs: Iterable[PaymentRun]) -> dict[UUID, RunSum]:
    """The sum of each run."""
    ids = [one.id for one in runs]
    approved = func.sum(func.coalesce(ClaimLine.approved, 0))
    of_claims = (
        literal(False).label("is_care"),
        func.count(Claim.id.distinct()),
        func.count(Claim.person_id.distinct()),
    )
    claims = select(Claim.run_id, *of_claims, approved, literal(0)).where(Claim.run_id.in_(ids))
    claims = claims.outerjoin(ClaimLine, ClaimLine.claim_id == Claim.id).group_by(Claim.run_id)
    of_care = (literal(True).label("is_care"), func.count(SupplierLine.id), func.count(SupplierLine.name.distinct()))
    unnamed = func.sum(case((SupplierLine.name == "", 1), else_=0))
    care = select(SupplierLine.run_id, *of_care, func.sum(SupplierLine.pence), unnamed)
    care = care.where(SupplierLine.run_id.in_(ids)).group_by(SupplierLine.run_id)
    found = dict.fromkeys(ids, RunSum())
    for run_id, is_care, many, payees, pence, without in db.session.execute(claims.union_all(care).order_by("run_id")):
        if run_id:
            names = ("invoices", "providers") if is_care else ("claims", "people")
            of = dict(zip(names, (many, 0 if without else payees), strict=True))
            found[run_id] = replace(found[run_id], pence=found[run_id].pence + int(pence or 0), **of)
    return found


def paid_in(runs: Sequence[PaymentRun]) -> dict[UUID, list[str]]:
    """Whom each run pays, people and providers of care, each once by name."""
    ids = [one.id for one in runs]
    people = select(Claim.run_id, Person.name).join(Person, Person.id == Claim.person_id).where(Claim.run_id.in_(ids))
    care = select(SupplierLine.run_id, SupplierLine.name).where(SupplierLine.run_id.in_(ids))
    found: dict[UUID, set[str]] = {key: set() for key in ids}
    for run_id, name in db.session.execute(people.union(care).order_by("run_id")):
        if run_id and name:
            found[run_id].add(name)
    return {key: sorted(names, key=name_key) for key, names in found.items()}


@seen_with(CLAIMS_DECIDE)
def run_or_cancelled(sight: Sight, run_id: UUID) -> PaymentRun | None:
    return db.session.scalar(select(PaymentRun).where(PaymentRun.id == run_id, sight.of(PaymentRun)))


def run_by_id(board_id: UUID, run_id: UUID) -> PaymentRun:
    """One of a board, for emails."""
    return db.session.scalars(select(PaymentRun).where(PaymentRun.board_id == board_id, PaymentRun.id == run_id)).one()


def claims_in(run: PaymentRun) -> Sequence[Claim]:
    statement = select(Claim).where(Claim.board_id == run.board_id, Claim.run_id == run.id)
    return db.session.scalars(with_person(statement.order_by(Claim.year, Claim.number, Claim.id))).all()


def maker(run: PaymentRun) -> str:
    """The name of the approver who made a run."""
    return db.session.get_one(Person, run.made_by_id).name


def deciders(run: PaymentRun) -> dict[UUID, str]:
    """Who decided each claim of a run, and who agreed, by the claim's id."""
    second = aliased(Person)
    statement = select(Claim.id, Person.name, second.name).join(Person, Person.id == Claim.decided_by_id)
    statement = statement.outerjoin(second, second.id == Claim.seconded_by_id)
    of_run = statement.where(Claim.board_id == run.board_id, Claim.run_id == run.id).order_by(Claim.id)
    rows = db.session.execute(of_run)
    return {claim_id: f"{name}, {agreed}" if agreed else name for claim_id, name, agreed in rows}


def whose_care(run: PaymentRun) -> dict[UUID, UUID]:
    """Whose care each invoice of a run is for, by the invoice's id: only to keep them from paying it."""
    statement = select(SupplierLine.id, CareRequest.person_id).join(
        CareRequest, CareRequest.id == SupplierLine.request_id
    )
    mine = (SupplierLine.board_id == run.board_id, SupplierLine.run_id == run.id)
    rows = db.session.execute(statement.where(*mine, CareRequest.board_id == run.board_id).order_by(SupplierLine.id))
    return {line_id: person_id for line_id, person_id in rows}  # noqa: C416 - rows are not pairs to mypy


def is_in_run(run: PaymentRun, person_id: UUID) -> bool:
    """Whether a run holds a claim of somebody's own, or one they made."""
    mine = or_(Claim.person_id == person_id, Claim.helped_by_id == person_id)
    statement = select(Claim.id).where(Claim.board_id == run.board_id, Claim.run_id == run.id, mine)
    return db.session.scalar(statement.order_by(Claim.id).limit(1)) is not None


def supplier_lines(run: PaymentRun) -> Sequence[SupplierLine]:
    statement = select(SupplierLine).where(SupplierLine.board_id == run.board_id, SupplierLine.run_id == run.id)
    return db.session.scalars(statement.order_by(SupplierLine.on_day, SupplierLine.id)).all()


def care_paid_on(board_id: UUID, request_id: UUID) -> date | None:
    """The day on which the run that holds the invoice for some care was paid."""
    statement = select(PaymentRun.paid_on).join(SupplierLine, SupplierLine.run_id == PaymentRun.id)
    of_care = (
        SupplierLine.board_id == board_id,
        SupplierLine.request_id == request_id,
        PaymentRun.board_id == board_id,
    )
    return db.session.scalar(statement.where(*of_care, PaymentRun.paid_on.is_not(None)))


def changed_invoices(run: PaymentRun) -> list[str]:
    """What officers changed of the invoices of a run since it was made, as sentences: it pays what it holds."""
    statement = select(SupplierLine, CareRequest).join(CareRequest, CareRequest.id == SupplierLine.request_id)
    mine = (SupplierLine.board_id == run.board_id, SupplierLine.run_id == run.id, CareRequest.board_id == run.board_id)
    rows = db.session.execute(statement.where(*mine).order_by(SupplierLine.on_day, SupplierLine.id))
    return [
        f"Invoice {line.invoice}, {pounds(line.pence)}: changed since to {care.invoice}, {pounds(care.cost or 0)}"
        for line, care in rows
        if (line.invoice, line.pence) != (care.invoice, care.cost)
    ]


def in_no_run() -> ColumnElement[bool]:
    """Invoices for care that no payment run holds."""
    return ~exists().where(SupplierLine.request_id == CareRequest.id, SupplierLine.board_id == CareRequest.board_id)


def invoices(person: Viewer, *mine: ColumnElement[bool]) -> Sequence[CareRequest]:
    """What the board pays providers of care for, on an approver's boards, and no run holds; never for their own."""
    statement = requests_queries.to_pay(reach(person, CLAIMS_DECIDE)).where(in_no_run(), *mine)
    return db.session.scalars(statement.limit(200)).all()


def invoices_to_come(person: Viewer) -> dict[UUID, int]:
    """By board, how many invoices are entered for care of which the rep has not said yet that it took place."""
    waits = (CareRequest.status.in_(OPEN), CareRequest.is_paid_by_board, requests_queries.has_invoice())
    others = (within(reach(person, CLAIMS_DECIDE), CareRequest), CareRequest.person_id != person.id)
    statement = select(CareRequest.board_id, func.count(CareRequest.id)).where(*others, *waits)
    rows = db.session.execute(statement.group_by(CareRequest.board_id).order_by(CareRequest.board_id))
    return {board_id: many for board_id, many in rows}  # noqa: C416 - rows are not pairs to mypy


def payees(board_id: UUID) -> dict[UUID, Payee]:
    """By what finance knows each person, and each provider of care, of a board: by their ids."""
    statement = select(Payee).where(Payee.board_id == board_id).order_by(Payee.id)
    found = [(one.person_id or one.provider_id, one) for one in db.session.scalars(statement)]
    return {key: one for key, one in found if key}


def providers(board_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of the providers of care that a board may have to pay: those it knows, and those in its runs."""
    in_runs = select(CareRequest.provider_id).join(SupplierLine, SupplierLine.request_id == CareRequest.id)
    used = CareProvider.id.in_(in_runs.where(SupplierLine.board_id == board_id, CareRequest.board_id == board_id))
    statement = select(CareProvider.id, CareProvider.name).where(
        CareProvider.board_id == board_id, or_(CareProvider.closed_at.is_(None), used)
    )
    order = (func.lower(CareProvider.name), CareProvider.id)
    return [(key, name) for key, name in db.session.execute(statement.order_by(*order))]


def providers_of(run: PaymentRun) -> dict[UUID, UUID]:
    """Which provider each invoice of a run is of, by the invoice's id."""
    statement = select(SupplierLine.id, CareRequest.provider_id).join(
        CareRequest, CareRequest.id == SupplierLine.request_id
    )
    of_run = (
        SupplierLine.board_id == run.board_id,
        SupplierLine.run_id == run.id,
        CareRequest.board_id == run.board_id,
    )
    rows = db.session.execute(statement.where(*of_run).order_by(SupplierLine.id))
    return {line_id: provider_id for line_id, provider_id in rows if provider_id}


def claimants(board_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of everyone whose claim to a board was ever sent, by name."""
    sent = select(Claim.person_id).where(Claim.board_id == board_id, Claim.sent_at.is_not(None))
    statement = select(Person.id, Person.name).where(Person.id.in_(sent))
    return [(key, name) for key, name in db.session.execute(statement.order_by(by_name(Person.name), Person.id))]


def unpaid_runs(board_id: UUID, until: date) -> int:
    """How many runs that were made up to a day wait to be marked as paid."""
    end = moment(until + timedelta(days=1), time(0))
    statement = select(func.count(PaymentRun.id)).where(
        PaymentRun.board_id == board_id, PaymentRun.paid_on.is_(None), PaymentRun.reopened_at.is_(None)
    )
    return db.session.scalar(statement.where(PaymentRun.created_at < end)) or 0


def next_run_number(board_id: UUID) -> int:
    return (db.session.scalar(select(func.max(PaymentRun.number)).where(PaymentRun.board_id == board_id)) or 0) + 1
