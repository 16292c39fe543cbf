"""Paying is not deciding: who may pay what, and who could instead, as parts of statements and as names.

Whoever decided a claim, or entered an invoice, neither puts it into a payment run nor marks it as paid while somebody
else on the board could. Putting an invoice into a run approves it, so whoever did that does not mark it as paid either.
It is `rules.may_pay`, said to the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, SQLColumnExpression, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.access.decide import reach
from portal.access.permissions import CLAIMS_DECIDE
from portal.access.roles import APPROVER, Viewer
from portal.boards import queries as boards
from portal.boards.models import Board, StaffRole
from portal.core.text import count_words, together
from portal.expenses.claims.queries import not_of
from portal.expenses.claims.rules import TO_PAY
from portal.expenses.models import Claim
from portal.expenses.payments import queries, rules
from portal.expenses.payments.models import SupplierLine
from portal.infra.database import db
from portal.infra.kept import AnyDay
from portal.infra.scope import within
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import owed_to_provider

if TYPE_CHECKING:
    from portal.expenses.payments.models import PaymentRun

Who = UUID | BindParameter[UUID]
Signed = type[Claim] | type[SupplierLine]
Looked = Signed | type[CareRequest]
KeptOut = set[UUID | None]
Person = SQLColumnExpression[UUID] | SQLColumnExpression[UUID | None]
_WHOSE_CARE = select(CareRequest.person_id).where(CareRequest.id == SupplierLine.request_id).correlate(SupplierLine)
LOOKED: dict[Looked, InstrumentedAttribute[UUID | None]] = {  # who looked at it first
    Claim: Claim.decided_by_id,
    CareRequest: CareRequest.invoiced_by_id,
    SupplierLine: SupplierLine.recorded_by_id,
}
KEPT_OUT: dict[Looked, tuple[Person, ...]] = {  # whose it is, and who made it for them
    Claim: (Claim.person_id, Claim.helped_by_id),
    CareRequest: (CareRequest.person_id,),
    SupplierLine: (_WHOSE_CARE.scalar_subquery(),),
}


def approvers(board_id: UUID) -> dict[UUID, str]:
    """Who can decide and pay on a board today, names by id."""
    return boards.able(board_id, APPROVER)


def number_of_approvers(today: AnyDay) -> ScalarSelect[int]:
    """How many they are, of each board of a statement."""
    able = (StaffRole.board_id == Board.id, boards.is_able(APPROVER, today))
    return select(func.count(StaffRole.person_id.distinct())).where(*able).correlate(Board).scalar_subquery()


def another_could(of: Looked, who: Who, today: AnyDay, *but: Person) -> ColumnElement[bool]:
    """Whether somebody else on the board could pay it today."""
    others = [or_(column.is_(None), StaffRole.person_id != column) for column in (*KEPT_OUT[of], *but)]
    able = (StaffRole.board_id == of.board_id, boards.is_able(APPROVER, today), StaffRole.person_id != who)
    return exists().where(*able, *others).correlate(of)


def may_pay(of: Looked, who: Who, today: AnyDay) -> ColumnElement[bool]:
    """What somebody may pay of what is not their own."""
    if of is not SupplierLine:
        return _unless(LOOKED[of], who, another_could(of, who, today))
    put_in = SupplierLine.run_by_id
    entered = _unless(LOOKED[of], who, another_could(of, who, today, put_in))
    return and_(entered, _unless(put_in, who, another_could(of, who, today)))


def _unless(looked: InstrumentedAttribute[UUID | None], who: Who, another: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(looked.is_(None), looked != who, ~another)


def has_looked(of: Signed, who: UUID) -> ColumnElement[bool]:
    """Whether somebody decided it, entered it, or approved it by putting it into a run."""
    columns = (Claim.decided_by_id,) if of is Claim else (SupplierLine.recorded_by_id, SupplierLine.run_by_id)
    return or_(*(column == who for column in columns))


@dataclass(frozen=True)
class LeftToOthers:
    """How much on a board somebody looked at themselves, so that others pay it: by name."""

    claims: int = 0
    invoices: int = 0
    names: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """'2 approved claims are not listed, because you decided them. Someone else must pay them: Ann and Bo can.'"""
        did = ((self.claims, "approved claim", "decided"), (self.invoices, "care invoice", "entered"))
        said = [
            f"{count_words(number, what)} {'is' if number == 1 else 'are'} not listed, because you {done} "
            f"{'it' if number == 1 else 'them'}"
            for number, what, done in did
            if number
        ]
        return f"{'. '.join(said)}. Someone else must pay {self._it}: {together(self.names)} can."

    @property
    def _it(self) -> str:
        return "it" if self.claims + self.invoices == 1 else "them"


def left_to_others(person: Viewer, today: date) -> dict[UUID, LeftToOthers]:
    """What the list of payments does not show to an approver because they decided or entered it, by board."""
    reached, mine = reach(person, CLAIMS_DECIDE), (Claim.status.in_(TO_PAY), not_of(person.id))
    claims = select(Claim.board_id, Claim.person_id, Claim.helped_by_id).where(within(reached, Claim), *mine)
    claims = claims.where(~may_pay(Claim, person.id, today)).order_by(Claim.id)
    care = select(CareRequest.board_id, CareRequest.person_id).where(within(reached, CareRequest), owed_to_provider())
    care = care.where(queries.in_no_run(), ~may_pay(CareRequest, person.id, today)).order_by(CareRequest.id)
    found: dict[UUID, tuple[list[KeptOut], list[KeptOut]]] = defaultdict(lambda: ([], []))
    for board_id, whose, helper in db.session.execute(claims):
        found[board_id][0].append({person.id, whose, helper})
    for board_id, whose in db.session.execute(care):
        found[board_id][1].append({person.id, whose})
    return {board_id: _left(board_id, *both) for board_id, both in found.items()}


def _left(board_id: UUID, claims: Sequence[KeptOut], invoices: Sequence[KeptOut]) -> LeftToOthers:
    able = approvers(board_id)
    names = tuple(name for key, name in able.items() if any(key not in one for one in (*claims, *invoices)))
    return LeftToOthers(len(claims), len(invoices), names)


@dataclass(frozen=True)
class WhyNot:
    """Why somebody cannot mark a run as paid, and the names of those who can."""

    because: str
    names: list[str]

    @property
    def words(self) -> str:
        if self.names:
            return f"{self.because}, so another approver must mark it as paid. Who can: {together(self.names)}."
        return f"{self.because}, and no other approver can mark all of it as paid. Cancel it and make smaller runs."

    @property
    def to_correct(self) -> str:
        """The same of the day on which it was paid."""
        return f"{self.because}, so another approver or an administrator must correct the payment day."


OWN, DECIDED, ENTERED, PUT_IN = (
    "One of your claims is in this run",
    "You decided a claim in this run",
    "You entered an invoice in this run",
    "You approved an invoice by putting it into this run",
)


def in_run(run: PaymentRun) -> list[rules.ToPay]:
    """Everything in a run, for `rules.may_pay`."""
    claims = [rules.ToPay(x.decided_by_id, frozenset((x.person_id, x.helped_by_id))) for x in queries.claims_in(run)]
    whose = queries.whose_care(run)
    lines = queries.supplier_lines(run)
    care = [rules.ToPay(x.recorded_by_id, frozenset((whose.get(x.id),)), x.run_by_id or run.made_by_id) for x in lines]
    return [*claims, *care]


def invoices_of_one(run: PaymentRun) -> int:
    """How many invoices in a run nobody can pay but whoever approved them by putting them into it."""
    able = approvers(run.board_id)
    return sum(one.put_in is not None and rules.may_pay(one.put_in, one, able) for one in in_run(run))


def payers(things: Sequence[rules.ToPay], able: Mapping[UUID, str]) -> dict[UUID, str]:
    """Who can mark all of it as paid, of those who can pay on the board: names by id."""
    return {key: name for key, name in able.items() if all(rules.may_pay(key, one, able) for one in things)}


def why_not_paid(run: PaymentRun, who: UUID) -> WhyNot | None:
    """None where this person may mark the run as paid, or correct the day on which it was."""
    things, able = in_run(run), approvers(run.board_id)
    refused = [one for one in things if not rules.may_pay(who, one, able)]
    if not refused:
        return None
    names = [name for key, name in payers(things, able).items() if key != who]
    return WhyNot(min(((_because(who, one)) for one in refused), key=REASONS.index), names)


REASONS = (OWN, DECIDED, PUT_IN, ENTERED)  # the one that is said, where there are several


def _because(who: UUID, thing: rules.ToPay) -> str:
    if who in thing.kept_out:
        return OWN
    if who == thing.put_in:
        return PUT_IN
    return DECIDED if thing.put_in is None else ENTERED
