"""How often care was asked for and provided, how fast, and how often reps were left to their own means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from statistics import median
from typing import Any
from uuid import UUID

from sqlalchemy import select

from portal.core.calendar import quarter
from portal.core.clock import london_day
from portal.core.disclosure import LEAST_PEOPLE
from portal.infra.database import db
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.came_of import MEANS, Outcome, came_of
from portal.replacement_care.requests.rules import CANCELLED, Span, hours_of

COUNTED = timedelta(days=365)


NATIONALLY = timedelta(days=3 * 365)


DEFINITION = (
    "This counts requests for days that are over. Requests that the rep cancelled, or whose meeting was cancelled, are "
    f"left out. {MEANS} Days to arrange run from the request until care was arranged. Hours requested are those of "
    "every request, arranged or not."
)
NOT_SHOWN_HERE = (
    "Shares are always shown. To protect privacy, three figures are shown only where five people or more asked for "
    "care. They are how many requests there were, hours requested, and how often reps used their own care budget or "
    "had no cover. How often is not shown either where it was 1 to 4 people, or all but 1 to 4. If nobody asked for "
    "care, they are 0. A total is left out where it would give one of them away."
)


@dataclass(frozen=True)
class Care:
    """What came of the requests of a time. Minutes and own means are None where they would tell of too few people."""

    asked: int
    came_of: Mapping[Outcome, int]  # how many of each; they add up to what was asked for
    days: float | None
    own_budget: int | None
    minutes: dict[str, int] | None
    is_count_shown: bool = False  # whether enough people asked to say how often: one rule for picture, table and sheet
    ended: Sequence[tuple[date, date]] = ()  # its day, and the day on which was recorded what came of it

    @property
    def arranged(self) -> int:
        return self.came_of[Outcome.ARRANGED]

    @property
    def outcomes(self) -> list[int]:
        """In the order of the columns."""
        return [self.came_of[one] for one in Outcome]

    @property
    def shares(self) -> dict[Outcome, int]:
        """Of a hundred requests."""
        return {one: round(100 * number / self.asked) for one, number in self.came_of.items()} if self.asked else {}

    @property
    def asked_shown(self) -> int | None:
        """None where so few people asked that it is withheld."""
        return self.asked if self.is_count_shown or not self.asked else None

    @property
    def outcomes_shown(self) -> list[str]:
        """'24 (63%)'; where how many asked is withheld, '63%'."""
        if not self.asked:
            return ["0"] * len(self.came_of)
        return [
            f"{self.came_of[one]} ({self.shares[one]}%)" if self.is_count_shown else f"{self.shares[one]}%"
            for one in Outcome
        ]


Row = Any  # the columns that _rows asks for, by name


NO_CARE = Care(0, dict.fromkeys(Outcome, 0), None, 0, {})


def by_quarter(board_id: UUID, today: date) -> list[tuple[str, Care]]:
    """The last four quarters and the one that runs, the latest first."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in _rows([board_id], today, COUNTED):
        rows[quarter(row.on_day)].append(row)
    return [(name, counted(rows[name])) for name in sorted(rows, reverse=True)]


def of_boards(board_ids: Collection[UUID], today: date) -> tuple[dict[UUID, Care], Care]:
    """The last twelve months, by board and of all of them."""
    rows: dict[UUID, list[Row]] = defaultdict(list)
    for row in _rows(board_ids, today, COUNTED):
        rows[row.board_id].append(row)
    boards = {board_id: counted(found) for board_id, found in rows.items()}
    return boards, in_all(list(rows.values()))


def in_all(boards: Sequence[Sequence[Row]]) -> Care:
    """The figures of some boards together, beside those of each: what is withheld there cannot be worked out."""
    every, each = counted(chain.from_iterable(boards)), [(rows, counted(rows)) for rows in boards]
    without_budget = [row for rows, care in each if care.own_budget is None for row in rows]
    without_minutes = [row for rows, care in each if care.minutes is None for row in rows]
    without_count = {row.person_id for rows, care in each if care.asked_shown is None for row in rows}
    return replace(
        every,
        is_count_shown=every.is_count_shown and not 0 < len(without_count) < LEAST_PEOPLE,
        own_budget=every.own_budget if _own_budget(without_budget) is not None else None,
        minutes=every.minutes if _minutes(without_minutes) is not None else None,
    )


def nationally(board_ids: Collection[UUID], today: date) -> Care:
    """All boards over three years."""
    return counted(_rows(board_ids, today, NATIONALLY))


def _rows(board_ids: Collection[UUID], today: date, counts: timedelta) -> Sequence[Row]:
    """Those for days that are over."""
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
        CareRequest.on_day >= today - counts,
        CareRequest.on_day < today,
        CareRequest.status != CANCELLED,
    )
    return db.session.execute(statement.order_by(CareRequest.on_day, CareRequest.id)).all()


def counted(rows: Iterable[Row]) -> Care:
    """The figures of some requests."""
    found = list(rows)
    outcomes = [came_of(row.status, row.arranged_at is not None) for row in found]
    arranged = [row for row, outcome in zip(found, outcomes, strict=True) if outcome is Outcome.ARRANGED]
    days = [(london_day(row.arranged_at) - london_day(row.asked_at)).days for row in arranged]
    return Care(
        asked=len(found),
        came_of={one: outcomes.count(one) for one in Outcome},
        days=median(days) if days else None,
        own_budget=_own_budget(found),
        minutes=_minutes(found),
        is_count_shown=len({row.person_id for row in found}) >= LEAST_PEOPLE,
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
