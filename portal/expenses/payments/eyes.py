"""Paying is not deciding: who may pay what, and who could instead, as parts of statements and as names.

Whoever decided a claim, or entered an invoice, neither puts it into a payment run nor marks it as paid while somebody
else on the board could. It is `rules.may_pay`, said to the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, SQLColumnExpression, exists, func, or_, select
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


def another_could(of: Looked, who: Who, today: AnyDay) -> ColumnElement[bool]:
    """Whether somebody else on the board could pay it today."""
    others = [or_(column.is_(None), StaffRole.person_id != column) for column in KEPT_OUT[of]]
    able = (StaffRole.board_id == of.board_id, boards.is_able(APPROVER, today), StaffRole.person_id != who)
    return exists().where(*able, *others).correlate(of)


def may_pay(of: Looked, who: Who, today: AnyDay) -> ColumnElement[bool]:
    """What somebody may pay of what is not their own."""
    looked = LOOKED[of]
    return or_(looked.is_(None), looked != who, ~another_could(of, who, today))


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


OWN, DECIDED, ENTERED = (
    "One of your claims is in this run",
    "You decided a claim in this run",
    "You entered an invoice in this run",
)


def why_not_paid(run: PaymentRun, who: UUID) -> WhyNot | None:
    """None where this approver may mark the run as paid."""
    claims = [(one.decided_by_id, {one.person_id, one.helped_by_id}) for one in queries.claims_in(run)]
    whose = queries.whose_care(run)
    lines = [(one.recorded_by_id, {whose.get(one.id)}) for one in queries.supplier_lines(run)]
    able = approvers(run.board_id)

    def pays(who: UUID, things: Sequence[tuple[UUID | None, set[UUID | None]]]) -> bool:
        return all(rules.may_pay(who, looked, able, kept_out) for looked, kept_out in things)

    if pays(who, [*claims, *lines]):
        return None
    is_own = any(who in kept_out for _, kept_out in (*claims, *lines))
    because = OWN if is_own else ENTERED if pays(who, claims) else DECIDED
    return WhyNot(because, [name for key, name in able.items() if key != who and pays(key, [*claims, *lines])])
