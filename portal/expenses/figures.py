"""What expenses come to: a rep's own year, and a board's days and totals, which tell of no fewer than five people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from portal.access.decide import Reach
from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.disclosure import LEAST_PEOPLE, shown
from portal.expenses.categories import CATEGORIES
from portal.expenses.models import Claim, ClaimLine
from portal.expenses.rules import APPROVED, DECLINED, IN_PAYMENT, NOTHING, PAID, PARTLY, QUERIED, SENT, tax_year
from portal.infra.database import db
from portal.infra.scope import Across, across_boards, within

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


def _days(pairs: Iterable[tuple[date, date]]) -> Days:
    taken = [(end - start).days for start, end in pairs]
    return Days(median(taken) if taken else None, max(taken, default=None), len(taken))


def days_by_board(reach: Reach, today: date) -> dict[UUID, tuple[Days, Days]]:
    """Of the last twelve months: days to decision and to payment, by board. A board's own work, so always shown."""
    decided: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    paid: dict[UUID, list[tuple[date, date]]] = defaultdict(list)
    statement = select(Claim.board_id, Claim.sent_at, Claim.decided_at, Claim.paid_on).where(
        within(reach, Claim), Claim.status.in_(DECIDED), Claim.happened_on >= today - COUNTED * 2
    )
    statement = statement.order_by(Claim.board_id, Claim.id)
    rows = db.session.execute(across_boards(statement, Across.COORDINATOR) if reach.everything else statement).all()
    for board_id, sent_at, decided_at, paid_on in rows:
        _count(decided[board_id], sent_at, london_day(decided_at) if decided_at else None, today)
        _count(paid[board_id], sent_at, paid_on, today)
    return {board_id: (_days(decided[board_id]), _days(paid[board_id])) for board_id in {row[0] for row in rows}}


def _count(found: list[tuple[date, date]], sent_at: datetime | None, end: date | None, today: date) -> None:
    if sent_at and end and end >= today - COUNTED:
        found.append((london_day(sent_at), end))


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
    statement = _approved(board_id, today).with_only_columns(Claim.decided_at, ClaimLine.approved, ClaimLine.person_id)
    pence: dict[str, int] = defaultdict(int)
    people: dict[str, set[UUID]] = defaultdict(set)
    order: list[str] = []
    rows: Any = db.session.execute(statement.order_by(Claim.decided_at.desc()))
    for decided_at, approved, person_id in rows:
        month = f"{london_day(decided_at):%B %Y}"
        order += [month] if month not in pence else []
        pence[month] += approved
        people[month].add(person_id)
    return _told([(month, (pence[month], len(people[month]))) for month in order])


def _approved(board_id: UUID, today: date) -> Select[Any]:
    """Lines approved in the twelve months up to the end of last month.

    The month that runs is left out: whoever looks before and after one decision could tell whose it was.
    """
    month_began = moment(today.replace(day=1), time(0))
    return (
        select(ClaimLine.category)
        .join(Claim, Claim.id == ClaimLine.claim_id)
        .where(ClaimLine.board_id == board_id, ClaimLine.approved > 0, Claim.status.in_(DECIDED))
        .where(Claim.happened_on >= today - COUNTED, Claim.decided_at < month_began)
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
    statement = select(Claim.status, Claim.sent_at, Claim.person_id).where(
        Claim.board_id == board_id, Claim.offered_at.is_not(None), Claim.happened_on >= today - COUNTED
    )
    rows = db.session.execute(statement.order_by(Claim.id)).all()
    if len({person_id for *_, person_id in rows}) < LEAST_PEOPLE:
        return None
    counts = {"claimed": 0, "nothing": 0, "no_answer": 0}
    for status, sent_at, _ in rows:
        counts["claimed" if sent_at else "nothing" if status == NOTHING else "no_answer"] += 1
    return Asked(**shown(counts))
