"""What expenses come to: a rep's own year, and a board's days and totals, which tell of no fewer than five people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from portal.core.calendar import moment
from portal.core.disclosure import LEAST_PEOPLE, shown
from portal.expenses.categories import CATEGORIES
from portal.expenses.models import Claim, ClaimLine
from portal.expenses.rules import (
    APPROVED,
    DECLINED,
    IN_PAYMENT,
    NOTHING,
    PAID,
    PARTLY,
    QUERIED,
    SENT,
    last_months,
    tax_year,
)
from portal.infra.database import db

DEFINITION = (
    "Days run from the day on which a claim was last sent. Money and shares are shown only where they tell of "
    "five people or more, and where nobody can work out the rest; of money, up to the end of last month."
)
DECIDED = (APPROVED, PARTLY, DECLINED, IN_PAYMENT, PAID)
COUNTED = timedelta(days=365)


@dataclass(frozen=True)
class OwnYear:
    """One category of somebody's own tax year, in pence: what it cost, was claimed, approved and paid."""

    words: str
    cost: int
    claimed: int
    approved: int
    paid: int

    @property
    def not_covered(self) -> int:
        return self.cost - self.claimed


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


def _days(board_ids: Collection[UUID], taken: Any, lately: ColumnElement[bool]) -> dict[UUID, Days]:
    """The database counts how often each number of days came; there are few of them, however many claims there are."""
    statement = select(Claim.board_id, taken, func.count()).where(
        Claim.board_id.in_(list(board_ids)), lately, taken.is_not(None)
    )
    found: dict[UUID, list[int]] = defaultdict(list)
    for board_id, days, claims in db.session.execute(
        statement.group_by(Claim.board_id, taken).order_by(Claim.board_id, taken)
    ):
        found[board_id] += [days] * claims
    return {board_id: Days(median(days), max(days), len(days)) for board_id, days in found.items()}


@dataclass(frozen=True)
class Total:
    """Approved pence under a name; None where it would tell of fewer than five people."""

    name: str
    pence: int | None


def totals_by_category(board_id: UUID, today: date) -> list[Total]:
    """What was approved in the twelve months up to the end of last month, by kind of expense."""
    people = func.count(func.distinct(ClaimLine.person_id))
    statement = _approved(board_id, today).with_only_columns(ClaimLine.category, func.sum(ClaimLine.approved), people)
    grouped: Any = db.session.execute(statement.group_by(ClaimLine.category).order_by(ClaimLine.category))
    rows = {key: (int(pence or 0), int(many)) for key, pence, many in grouped}
    return _told([(one.words, rows[one.key]) for one in CATEGORIES if one.key in rows])


def totals_by_month(board_id: UUID, today: date) -> list[Total]:
    """The same by the month in which it was decided, the latest first."""
    months = last_months(today)
    month = case(*((_decided_between(*one), number) for number, one in enumerate(months)))
    people = func.count(func.distinct(ClaimLine.person_id))
    statement = _approved(board_id, today).with_only_columns(month, func.sum(ClaimLine.approved), people)
    rows: Any = db.session.execute(statement.group_by(month).order_by(month))
    return _told([(f"{months[number][0]:%B %Y}", (int(pence), int(many))) for number, pence, many in rows])


def _decided_between(first: date, following: date) -> ColumnElement[bool]:
    return and_(Claim.decided_at >= moment(first, time(0)), Claim.decided_at < moment(following, time(0)))


def _approved(board_id: UUID, today: date) -> Select[Any]:
    """Lines approved in the twelve months up to the end of last month.

    The month that runs is left out: whoever looks before and after one decision could tell whose it was.
    """
    months = last_months(today)
    return (
        select(ClaimLine.category)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(Claim.board_id == board_id, ClaimLine.board_id == board_id, ClaimLine.approved > 0)
        .where(Claim.status.in_(DECIDED), _decided_between(months[-1][0], months[0][1]))
    )


def _told(rows: Sequence[tuple[str, tuple[int, int]]]) -> list[Total]:
    """Sums where the people behind them may be counted: see core/disclosure.py."""
    told = shown({name: people for name, (_, people) in rows})
    return [Total(name, pence if told[name] is not None else None) for name, (pence, _) in rows]


@dataclass(frozen=True)
class Asked:
    """After how many of the times somebody was asked they claimed, had nothing to claim, or did not answer."""

    claimed: int | None
    nothing: int | None
    no_answer: int | None


def after_meetings(board_id: UUID, today: date) -> Asked | None:
    """Of the last twelve months; None where fewer than five people were asked."""
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
    row: Any = db.session.execute(select(people, claimed, said_nothing, no_answer).where(*asked)).one()
    if row[0] < LEAST_PEOPLE:
        return None
    return Asked(**shown(dict(zip(("claimed", "nothing", "no_answer"), row[1:], strict=True))))
