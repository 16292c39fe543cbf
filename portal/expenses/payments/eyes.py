"""Paying is not deciding: who may pay what, and who could instead, as parts of statements and as names.

Whoever decided a claim, or entered an invoice, neither puts it into a payment run nor marks it as paid while somebody
independent of them could; nor does anybody who is not independent of them. It is `rules.may_pay`, said to the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, SQLColumnExpression, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.access.decide import reach
from portal.access.permissions import CLAIMS_DECIDE
from portal.access.roles import APPROVER, Viewer
from portal.boards import queries as boards
from portal.boards.independence import queries as independence
from portal.boards.independence.queries import Moment, Someone, independent
from portal.boards.independence.rules import independent as are_independent
from portal.boards.independence.rules import why_not
from portal.boards.models import Board, StaffRole
from portal.core import clock
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
    from portal.boards.independence.rules import MadeBy
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


def are_two(board_id: UUID) -> bool:
    """Whether two of them are independent of each other."""
    made_by = independence.made_by(board_id)
    return any(are_independent(one, other, made_by) for one, other in combinations(approvers(board_id), 2))


def has_two(today: AnyDay, now: Moment) -> ColumnElement[bool]:
    """The same, of each board of a statement."""
    one, other = aliased(StaffRole), aliased(StaffRole)
    able = select(StaffRole.id).where(StaffRole.board_id == Board.id, boards.is_able(APPROVER, today)).correlate(Board)
    each = (role.board_id == Board.id for role in (one, other))
    both = (one.id.in_(able), other.id.in_(able), independent(Board.id, one.person_id, other.person_id, now))
    return exists().where(*each, *both).correlate(Board)


def has_one(today: AnyDay) -> ColumnElement[bool]:
    return exists().where(StaffRole.board_id == Board.id, boards.is_able(APPROVER, today)).correlate(Board)


def another_could(of: Looked, first: Someone, today: AnyDay, now: Moment) -> ColumnElement[bool]:
    """Whether somebody on the board who is independent of the first could decide or pay it today."""
    others = [or_(column.is_(None), StaffRole.person_id != column) for column in KEPT_OUT[of]]
    able = (StaffRole.board_id == of.board_id, boards.is_able(APPROVER, today))
    return exists().where(*able, *others, independent(of.board_id, first, StaffRole.person_id, now)).correlate(of)


def is_second(of: Looked, who: Who, now: Moment) -> ColumnElement[bool]:
    """What nobody looked at first of whom they are not independent."""
    looked = LOOKED[of]
    return or_(looked.is_(None), independent(of.board_id, looked, who, now))


def may_pay(of: Looked, who: Who, today: AnyDay, now: Moment) -> ColumnElement[bool]:
    """What somebody may pay of what is not their own."""
    return or_(is_second(of, who, now), ~another_could(of, LOOKED[of], today, now))


@dataclass(frozen=True)
class LeftToOthers:
    """How much on a board somebody looked at themselves, or is not independent of who did: others pay it, by name."""

    claims: int = 0
    invoices: int = 0
    of_others: int = 0
    names: tuple[str, ...] = ()
    why: tuple[str, ...] = ()  # of each person who looked and is no stranger to whoever asks, as a sentence

    @property
    def words(self) -> str:
        """'2 approved claims are not listed, because you decided them. Someone else must pay them: Ann and Bo can.'"""
        did = (
            (self.claims, "approved claim", "because you decided {it}"),
            (self.invoices, "care invoice", "because you entered {it}"),
            (self.of_others, "payment", "because of who decided or entered {it}"),
        )
        said = [
            f"{count_words(number, what)} {'is' if number == 1 else 'are'} not listed, "
            f"{done.format(it='it' if number == 1 else 'them')}"
            for number, what, done in did
            if number
        ]
        return " ".join([*(f"{one}." for one in (*said, *self.why)), f"{self._who}: {together(self.names)} can."])

    @property
    def _who(self) -> str:
        return f"Someone else must pay {'it' if self.claims + self.invoices + self.of_others == 1 else 'them'}"


Waiting = tuple[UUID, KeptOut]  # who looked at it, and whose it is


def left_to_others(person: Viewer, today: date) -> dict[UUID, LeftToOthers]:
    """What the list of payments does not show to an approver as it is for an independent person, by board."""
    reached, mine, now = reach(person, CLAIMS_DECIDE), (Claim.status.in_(TO_PAY), not_of(person.id)), clock.now()
    claims = select(Claim.board_id, Claim.decided_by_id, Claim.person_id, Claim.helped_by_id)
    claims = claims.where(within(reached, Claim), *mine, ~may_pay(Claim, person.id, today, now)).order_by(Claim.id)
    care = select(CareRequest.board_id, CareRequest.invoiced_by_id, CareRequest.person_id)
    care = care.where(within(reached, CareRequest), owed_to_provider(), queries.in_no_run())
    care = care.where(~may_pay(CareRequest, person.id, today, now)).order_by(CareRequest.id)
    found: dict[UUID, tuple[list[Waiting], list[Waiting]]] = defaultdict(lambda: ([], []))
    for number, statement in enumerate((claims, care)):
        for row in db.session.execute(statement):
            board_id, looked, *whose = row.tuple()
            if board_id and looked:  # as all that waits has
                found[board_id][number].append((looked, set(whose)))
    return {board_id: _left(board_id, person.id, *both) for board_id, both in found.items()}


def _left(board_id: UUID, who: UUID, claims: Sequence[Waiting], invoices: Sequence[Waiting]) -> LeftToOthers:
    able, made_by, both = approvers(board_id), independence.made_by(board_id), (*claims, *invoices)
    names = tuple(
        name
        for key, name in able.items()
        if any(key not in whose and are_independent(looked, key, made_by) for looked, whose in both)
    )
    others = {looked for looked, _ in both if looked != who}
    named = boards.people_named(others) if others else {}
    why = tuple(f"{name}: {why_not(who, key, made_by)}" for key, name in named.items())
    mine = [sum(looked == who for looked, _ in some) for some in (claims, invoices)]
    return LeftToOthers(mine[0], mine[1], len(both) - sum(mine), names, why)


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
    able, made_by = approvers(run.board_id), independence.made_by(run.board_id)

    def left(who: UUID) -> list[Looks]:
        return [one for one in (*claims, *lines) if not rules.may_pay(who, one[0], able, one[1], made_by)]

    if not (mine := left(who)):
        return None
    return WhyNot(_because(who, mine, claims, made_by), [name for key, name in able.items() if not left(key)])


Looks = tuple[UUID | None, set[UUID | None]]


def _because(who: UUID, mine: Sequence[Looks], claims: Sequence[Looks], made_by: MadeBy) -> str:
    if any(who in kept_out for _, kept_out in mine):
        return OWN
    if own := [one for one in mine if one[0] == who]:
        return DECIDED if any(one in claims for one in own) else ENTERED
    looked = next(one for one, _ in mine if one)
    did = "decided a claim" if any(one in claims for one in mine) else "entered an invoice"
    return f"{boards.people_named([looked])[looked]} {did} in this run and {why_not(who, looked, made_by)}"
