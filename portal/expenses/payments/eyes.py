"""Paying is not deciding: who may pay what, and who could instead, as parts of statements and as names.

Whoever decided a claim, or entered an invoice, neither puts it into a payment run nor marks it as paid while somebody
independent of them could; nor does anybody who is not independent of them. Putting an invoice into a run approves it,
so whoever did that does not mark it as paid either. It is `rules.may_pay`, said to the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, SQLColumnExpression, and_, exists, or_, select
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


def another_could(of: Looked, first: Someone, today: AnyDay, now: Moment, *but: Person) -> ColumnElement[bool]:
    """Whether somebody on the board who is independent of the first could decide or pay it today."""
    others = [or_(column.is_(None), StaffRole.person_id != column) for column in (*KEPT_OUT[of], *but)]
    able = (StaffRole.board_id == of.board_id, boards.is_able(APPROVER, today))
    return exists().where(*able, *others, independent(of.board_id, first, StaffRole.person_id, now)).correlate(of)


def looked(of: Looked) -> tuple[InstrumentedAttribute[UUID | None], ...]:
    """Who decided or entered it, and who approved an invoice by putting it into a run."""
    return (LOOKED[of], SupplierLine.run_by_id) if of is SupplierLine else (LOOKED[of],)


def _is_independent(
    of: Looked, first: InstrumentedAttribute[UUID | None], who: Who, now: Moment
) -> ColumnElement[bool]:
    return or_(first.is_(None), independent(of.board_id, first, who, now))


def may_pay(of: Looked, who: Who, today: AnyDay, now: Moment) -> ColumnElement[bool]:
    """What somebody may pay of what is not their own."""
    if of is not SupplierLine:
        return _is_left(of, LOOKED[of], who, today, now)
    put_in = SupplierLine.run_by_id
    return and_(_is_left(of, LOOKED[of], who, today, now, put_in), _is_left(of, put_in, who, today, now))


def _is_left(
    of: Looked, first: InstrumentedAttribute[UUID | None], who: Who, today: AnyDay, now: Moment, *but: Person
) -> ColumnElement[bool]:
    """They are independent of the first, or nobody else who could is."""
    return or_(_is_independent(of, first, who, now), ~another_could(of, first, today, now, *but))


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
            (self.claims, "approved claim", "because you decided …"),
            (self.invoices, "care invoice", "because you entered …"),
            (self.of_others, "payment", "because of who decided or entered …"),
        )
        said = [
            f"{count_words(number, what)} {'is' if number == 1 else 'are'} not listed, "
            f"{done.replace('…', 'it' if number == 1 else 'them')}"
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
    able, made_by = approvers(run.board_id), independence.made_by(run.board_id)
    return sum(one.put_in is not None and rules.may_pay(one.put_in, one, able, made_by) for one in in_run(run))


def payers(things: Sequence[rules.ToPay], able: Mapping[UUID, str], made_by: MadeBy) -> dict[UUID, str]:
    """Who can mark all of it as paid, of those who can pay on the board: names by id."""
    return {key: name for key, name in able.items() if all(rules.may_pay(key, one, able, made_by) for one in things)}


def why_not_paid(run: PaymentRun, who: UUID) -> WhyNot | None:
    """None where this person may mark the run as paid, or correct the day on which it was."""
    things, able, made_by = in_run(run), approvers(run.board_id), independence.made_by(run.board_id)
    refused = [one for one in things if not rules.may_pay(who, one, able, made_by)]
    if not refused:
        return None
    names = [name for key, name in payers(things, able, made_by).items() if key != who]
    because = {_because(who, one, made_by) for one in refused}
    return WhyNot(next((one for one in REASONS if one in because), min(because)), names)


REASONS = (OWN, DECIDED, PUT_IN, ENTERED)  # the one that is said, where there are several


def _because(who: UUID, thing: rules.ToPay, made_by: MadeBy) -> str:
    if who in thing.kept_out:
        return OWN
    if who == thing.put_in:
        return PUT_IN
    if who == thing.looked:
        return DECIDED if thing.put_in is None else ENTERED
    first, did = thing.looked, "decided a claim" if thing.put_in is None else "entered an invoice"
    if thing.put_in and not are_independent(thing.put_in, who, made_by):
        first, did = thing.put_in, "put an invoice"
    assert first is not None  # noqa: S101 - what nobody looked at is refused to nobody
    into = "into" if first == thing.put_in else "in"
    return f"{boards.people_named([first])[first]} {did} {into} this run and {why_not(who, first, made_by)}"
