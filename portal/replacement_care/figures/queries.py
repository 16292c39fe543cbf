"""How often care was asked for and provided, how fast, and how often reps were left to their own means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.core.calendar import quarter
from portal.core.clock import london_day
from portal.core.disclosure import LEAST_PEOPLE
from portal.infra.database import db
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.rules import CANCELLED, CANNOT, NOT_HELD, Span, hours_of

COUNTED = timedelta(days=365)


NATIONALLY = timedelta(days=3 * 365)


DEFINITION = (
    "This counts requests for days that are over. Requests that the rep cancelled, or whose meeting was cancelled, are "
    "left out. “Not answered” means that the day came before the board had recorded either. Days to arrange run from "
    "the request until care was arranged. What a board did is always shown. To protect privacy, hours, and how often "
    "reps used their own care budget or had no cover, are shown only for five people or more. If nobody asked for "
    "care, they are 0."
)


@dataclass(frozen=True)
class Care:
    """What came of the requests of a time. Minutes and own means are None where they would tell of too few people."""

    asked: int
    arranged: int
    not_provided: int
    days: float | None
    own_budget: int | None
    minutes: dict[str, int] | None
    ended: Sequence[tuple[date, date]] = ()  # its day, and the day on which was recorded what came of it

    @property
    def unanswered(self) -> int:
        """Neither arranged nor said to be impossible: the day came, and nothing had been recorded."""
        return self.asked - self.arranged - self.not_provided


Row = Any  # the columns that _rows asks for, by name


NO_CARE = Care(0, 0, 0, None, 0, {})


def by_quarter(board_id: UUID, today: date) -> list[tuple[str, Care]]:
    """The last four quarters and the one that runs, the latest first."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in _rows([board_id], today - COUNTED, today):
        rows[quarter(row.on_day)].append(row)
    return [(name, counted(rows[name])) for name in sorted(rows, reverse=True)]


def of_boards(board_ids: Collection[UUID], today: date) -> dict[UUID, Care]:
    """The last twelve months, by board."""
    rows: dict[UUID, list[Row]] = defaultdict(list)
    for row in _rows(board_ids, today - COUNTED, today):
        rows[row.board_id].append(row)
    return {board_id: counted(found) for board_id, found in rows.items()}


def nationally(board_ids: Collection[UUID], today: date) -> Care:
    """All boards over three years."""
    return counted(_rows(board_ids, today - NATIONALLY, today))


def _rows(board_ids: Collection[UUID], first: date, last: date) -> Sequence[Row]:
    columns = (
        CareRequest.board_id,
        CareRequest.on_day,
        CareRequest.status,
        CareRequest.what,
        CareRequest.starts_at,
        CareRequest.ends_at,
        CareRequest.travel_minutes,
        CareRequest.asked_at,
        CareRequest.arranged_at,
        CareRequest.was_own_budget,
        CareRequest.person_id,
        CareRequest.ended_at,
    )
    statement = select(*columns).where(
        CareRequest.board_id.in_(list(board_ids)),
        CareRequest.on_day.between(first, last),
        CareRequest.status != CANCELLED,
    )
    return db.session.execute(statement.order_by(CareRequest.on_day, CareRequest.id)).all()


def counted(rows: Iterable[Row]) -> Care:
    """The figures of some requests."""
    found = list(rows)
    arranged = [row for row in found if row.arranged_at]
    days = [(london_day(row.arranged_at) - london_day(row.asked_at)).days for row in arranged]
    return Care(
        asked=len(found),
        arranged=len(arranged),
        not_provided=sum(row.status in (CANNOT, NOT_HELD) and not row.arranged_at for row in found),
        days=median(days) if days else None,
        own_budget=_own_budget(found),
        minutes=_minutes(found),
        ended=[(row.on_day, london_day(row.ended_at)) for row in found if row.ended_at],
    )


def _own_budget(rows: Sequence[Row]) -> int | None:
    """How often; None where those who did, or those who did not, are fewer than five people and somebody did."""
    did = {row.person_id for row in rows if row.was_own_budget}
    others = {row.person_id for row in rows if not row.was_own_budget}
    if not rows:
        return 0
    if len(did | others) < LEAST_PEOPLE or 0 < len(did) < LEAST_PEOPLE or (did and 0 < len(others) < LEAST_PEOPLE):
        return None
    return sum(bool(row.was_own_budget) for row in rows)


def _minutes(rows: Sequence[Row]) -> dict[str, int] | None:
    """Minutes of meeting, travel and preparation, where five people or more asked for each that there is."""
    people: dict[str, set[UUID]] = defaultdict(set)
    total = {"meeting": 0, "travel": 0, "preparation": 0}
    for row in rows:
        for name, minutes in hours_of(row.what, Span(row.starts_at, row.ends_at, row.travel_minutes)).items():
            total[name] += minutes
            if minutes:
                people[name].add(row.person_id)
    return total if all(len(those) >= LEAST_PEOPLE for those in people.values()) else None
