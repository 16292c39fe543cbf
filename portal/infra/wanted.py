"""What each capability wants of people, in the same columns, so that a page asks for all of it at once.

A capability's `wanted.py` gives selects made by `wants`; `read` runs them as one UNION ALL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Integer, Select, String, Uuid, cast, literal, null, select, union_all

from portal.infra.database import UtcMoment, db

COLUMNS: dict[str, Any] = {
    "person_id": Uuid(),
    "moment": UtcMoment(),
    "day": Date(),
    "other_day": Date(),
    "number": Integer(),
    "label": String(300),
    "name": String(200),
}


BY_NAME = ("name", "label", "day", "id")
NOTHING = {name: cast(null(), kept).label(name) for name, kept in COLUMNS.items()}


@dataclass(frozen=True)
class Wanted:
    """One row: a kind, whose and of which board, and what that kind needs beside."""

    kind: str
    id: UUID
    board_id: UUID
    person_id: UUID | None
    moment: datetime | None
    day: date | None
    other_day: date | None
    number: int | None
    label: str | None
    name: str | None


def wants(kind: str, row_id: Any, board_id: Any, **columns: Any) -> Select[Any]:
    """A select of rows of one kind; `columns` are some of those above."""
    unknown = set(columns) - set(COLUMNS)
    assert not unknown, unknown  # noqa: S101 - a mistake of ours
    more = [columns[name].label(name) if name in columns else nothing for name, nothing in NOTHING.items()]
    return select(literal(kind).label("kind"), row_id.label("id"), board_id.label("board_id"), *more)


def read(selects: Iterable[Select[Any]]) -> list[Wanted]:
    """All rows of some selects, by name; each page sorts by day what it shows by day."""
    every = list(selects)
    if not every:
        return []
    return [Wanted(*row) for row in db.session.execute(union_all(*every).order_by(*BY_NAME))]
