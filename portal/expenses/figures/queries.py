"""What expenses come to: a rep's own year, and a board's days and totals, which tell of no fewer than five people."""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.disclosure import LEAST_PEOPLE, NOT_SHOWN, shown, shown_of_sums
from portal.expenses.categories import CATEGORIES
from portal.expenses.claims.rules import APPROVED, DECLINED, IN_PAYMENT, NOTHING, PAID, PARTLY, QUERIED, SENT
from portal.expenses.figures.rules import last_months
from portal.expenses.models import Claim, ClaimLine
from portal.expenses.payments.models import PaymentRun, SupplierLine
from portal.expenses.pricing import tax_year
from portal.infra.database import db

OF_DAYS = (
    "Days count from the day a claim was first sent; days when it was back with the rep, to answer a question, do not "
    "count."
)
DEFINITION = f"{OF_DAYS} Amounts cover the months up to the end of last month."
NOT_SHOWN_HERE = (
    "To protect privacy, amounts of money are shown only for five people or more, and only where nobody could work out "
    f"the rest. After meetings, we do not show {NOT_SHOWN}."
)


BY_ONE = (
    "Decided and paid by one person: whoever decided a claim, or entered or approved an invoice, also handled its "
    "payment. The portal allows this only where no other approver of the board could do it. Two people count as one if "
    "either brought the other to the board within a year."
)


DECIDED = (APPROVED, PARTLY, DECLINED, IN_PAYMENT, PAID)


COUNTED = timedelta(days=365)


@dataclass(frozen=True)
class OwnYear:
    """One category of somebody's own tax year, in pence. What is approved, not approved, waiting and not covered adds
    up to the cost; what is paid is a part of what is approved."""

    words: str
    cost: int
    covered: int
    approved: int
    paid: int
    waiting: int

    @property
    def declined(self) -> int:
        return self.covered - self.waiting - self.approved

    @property
    def not_covered(self) -> int:
        return self.cost - self.covered


def own_year(person_id: UUID, today: date) -> list[OwnYear]:
    """Somebody's own claims of this tax year that were sent, by category; only they see this."""
    first = date(tax_year(today), 4, 6)
    statement = (
        select(
            ClaimLine.category,
            func.sum(ClaimLine.cost),
            func.sum(ClaimLine.covered),
            func.sum(func.coalesce(ClaimLine.approved, 0)),
            func.sum(func.coalesce(ClaimLine.approved, 0)).filter(Claim.status == PAID),
            func.sum(ClaimLine.covered).filter(Claim.status.in_((SENT, QUERIED))),
        )
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(Claim.person_id == person_id, Claim.status.in_((SENT, QUERIED, *DECIDED)), ClaimLine.spent_on >= first)
        .group_by(ClaimLine.category)
        .order_by(ClaimLine.category)
    )
    sums = {category: tuple(int(one or 0) for one in rest) for category, *rest in db.session.execute(statement)}
    return [OwnYear(one.words, *sums[one.key]) for one in CATEGORIES if one.key in sums]


@dataclass(frozen=True)
class Days:
    """How many days something took: the median, the slowest, and of how many claims."""

    median: float | None
    slowest: int | None
    claims: int


NO_DAYS = Days(None, None, 0)


def days_by_board(board_ids: Collection[UUID], today: date) -> dict[UUID, tuple[Days, Days]]:
    """Of the last twelve months: days to decision and to payment, by board. A board's own work, so always shown."""
    first = today - COUNTED
    decided = _days(board_ids, Claim.days_to_decide, Claim.decided_at >= moment(first, time(0)))
    paid = _days(board_ids, Claim.days_to_pay, Claim.paid_on >= first)
    return {key: (decided.get(key, NO_DAYS), paid.get(key, NO_DAYS)) for key in {*decided, *paid}}


def paid_by_one(board_ids: Collection[UUID], today: date) -> dict[UUID, int]:
    """How many claims and invoices of the last twelve months were decided and paid by one person alone, by board."""
    invoices = _invoices_paid(board_ids, today).where(SupplierLine.is_by_one)
    return _added_up(_claims_of_one(board_ids, today), invoices)


def _claims_of_one(board_ids: Collection[UUID], today: date) -> Select[UUID, int]:
    alone = (Claim.paid_on >= today - COUNTED, Claim.status == PAID, Claim.is_by_one, Claim.seconded_by_id.is_(None))
    statement = select(Claim.board_id, func.count()).where(Claim.board_id.in_(list(board_ids)), *alone)
    return statement.group_by(Claim.board_id)


def invoices_paid(board_ids: Collection[UUID], today: date) -> dict[UUID, int]:
    """How many invoices of care providers boards paid in the last twelve months, by board."""
    return _added_up(_invoices_paid(board_ids, today))


def _invoices_paid(board_ids: Collection[UUID], today: date) -> Select[UUID, int]:
    statement = select(SupplierLine.board_id, func.count()).join(PaymentRun, PaymentRun.id == SupplierLine.run_id)
    of_boards = (SupplierLine.board_id.in_(list(board_ids)), PaymentRun.board_id.in_(list(board_ids)))
    return statement.where(*of_boards, PaymentRun.paid_on >= today - COUNTED).group_by(SupplierLine.board_id)


def _added_up(*counted: Select[UUID, int]) -> dict[UUID, int]:
    found: Counter[UUID] = Counter()
    for statement in counted:
        for board_id, number in db.session.execute(statement.order_by(statement.selected_columns[0])):
            found[board_id] += number
    return dict(found)


def decisions(board_id: UUID, today: date) -> list[tuple[date, date]]:
    """(sent on, decided on) of each claim decided in the last twelve months; days before a question count as well."""
    statement = select(Claim.sent_at, Claim.earlier_days, Claim.decided_at).where(
        Claim.board_id == board_id, Claim.decided_at >= moment(today - COUNTED, time(0)), Claim.sent_at.is_not(None)
    )
    rows = db.session.execute(statement.order_by(Claim.decided_at, Claim.id))
    return [
        (london_day(sent) - timedelta(days=earlier), london_day(decided))
        for sent, earlier, decided in rows
        if sent and decided
    ]


def _days(
    board_ids: Collection[UUID], taken: InstrumentedAttribute[int | None], lately: ColumnElement[bool]
) -> dict[UUID, Days]:
    """The database counts how often each number of days came; there are few of them, however many claims there are."""
    statement = select(Claim.board_id, taken, func.count()).where(
        Claim.board_id.in_(list(board_ids)), lately, taken.is_not(None)
    )
    found: dict[UUID, list[int]] = defaultdict(list)
    for board_id, days, claims in db.session.execute(
        statement.group_by(Claim.board_id, taken).order_by(Claim.board_id, taken)
    ):
        found[board_id] += [days or 0] * claims  # never NULL: the WHERE leaves those out
    return {board_id: Days(median(days), max(days), len(days)) for board_id, days in found.items()}


@dataclass(frozen=True)
class Total:
    """Approved pence under a name; None where it would tell of fewer than five people."""

    name: str
    pence: int | None


Line = Any  # decided_at, category, person_id as text (it is only told apart), approved pence


def approved_lines(board_id: UUID, today: date) -> Sequence[Line]:
    """Lines approved in the twelve months up to the end of last month: one query for both tables of totals.

    The month that runs is left out: whoever looks before and after one decision could tell whose it was.
    """
    first, end = last_months(today)[-1][0], last_months(today)[0][1]
    statement = (
        select(Claim.decided_at, ClaimLine.category, cast(ClaimLine.person_id, String), ClaimLine.approved)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(Claim.board_id == board_id, ClaimLine.board_id == board_id, ClaimLine.approved > 0)
        .where(Claim.decided_at >= moment(first, time(0)), Claim.decided_at < moment(end, time(0)))
        .where(Claim.status.in_(DECIDED))
        .order_by(Claim.decided_at.desc())
    )
    return db.session.execute(statement).all()


def approved_this_month(board_id: UUID, today: date) -> int:
    """How many lines were approved since the end of last month: they are counted when this one is over."""
    statement = (
        select(func.count(ClaimLine.id))
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(Claim.board_id == board_id, ClaimLine.board_id == board_id, ClaimLine.approved > 0)
        .where(Claim.decided_at >= moment(last_months(today)[0][1], time(0)), Claim.status.in_(DECIDED))
    )
    return db.session.scalar(statement) or 0


def totals_by_category(lines: Sequence[Line]) -> list[Total]:
    """What was approved, by kind of expense."""
    sums = _sums((category, person_id, pence) for _, category, person_id, pence in lines)
    return _told([(one.words, sums[one.key]) for one in CATEGORIES if one.key in sums])


def totals_by_month(lines: Sequence[Line], today: date) -> list[Total]:
    """The same by the month in which it was decided, the latest first."""
    months = last_months(today)[::-1]
    began, names = [moment(first, time(0)) for first, _ in months], [f"{first:%B %Y}" for first, _ in months]
    return _told(list(_sums((names[bisect(began, at) - 1], who, pence) for at, _, who, pence in lines).items()))


def _sums(rows: Iterable[tuple[str, str, int]]) -> dict[str, tuple[int, int]]:
    """(pence, people) by name, in the order in which names come."""
    pence: dict[str, int] = defaultdict(int)
    people: dict[str, set[str]] = defaultdict(set)
    for name, person_id, amount in rows:
        pence[name] += amount
        people[name].add(person_id)
    return {name: (pence[name], len(people[name])) for name in pence}


def _told(rows: Sequence[tuple[str, tuple[int, int]]]) -> list[Total]:
    """Sums where the people behind them may be counted: see core/disclosure.py."""
    told = shown_of_sums({name: people for name, (_, people) in rows})
    return [Total(name, pence if told[name] is not None else None) for name, (pence, _) in rows]


@dataclass(frozen=True)
class Asked:
    """After how many of the times somebody was asked they claimed, had nothing to claim, or did not answer."""

    claimed: int | None
    nothing: int | None
    no_answer: int | None

    @property
    def is_shown(self) -> bool:
        return any(one is not None for one in (self.claimed, self.nothing, self.no_answer))


def after_meetings(board_id: UUID, today: date) -> Asked | None:
    """Of the last twelve months, withheld where fewer than five people were asked; None where nobody was."""
    nothing = Claim.status == NOTHING
    claimed, said_nothing, no_answer = (
        func.count().filter(which)
        for which in (
            Claim.sent_at.is_not(None),
            and_(nothing, Claim.sent_at.is_(None)),
            ~nothing & Claim.sent_at.is_(None),
        )
    )
    people = func.count(func.distinct(Claim.person_id))
    asked = (Claim.board_id == board_id, Claim.offered_at.is_not(None), Claim.happened_on >= today - COUNTED)
    row = db.session.execute(select(people, claimed, said_nothing, no_answer).where(*asked)).one()
    if row[0] < LEAST_PEOPLE:
        return Asked(None, None, None) if row[0] else None
    return Asked(**shown(dict(zip(("claimed", "nothing", "no_answer"), row[1:], strict=True))))
