"""One row of the register: a table, what it holds in plain words, when it ends, and what happens then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.sql.elements import SQLCoreOperations

from portal.infra.database import Model

IdColumn = SQLCoreOperations[UUID]
REMOVED = "It is removed"
EMPTIED = "Names and addresses are taken out of it"
STAYS = "It stays"


@dataclass(frozen=True)
class RetentionRule:
    """How long the rows of one table are kept.

    `is_over(before)` is the clause for rows whose time began before a moment; `days` is how long that time is, None
    for what stays. `told` says that people hear of it a week ahead; what serves only the machinery goes unannounced.
    `empty(where)` is what is done in the place of removing rows; it returns how many it changed. `secret` columns are
    never shown, not even to the person they are about. `of_board(board_id)` says which rows a hold on a whole board
    keeps, where the rows carry no board themselves. In the copy of somebody's data stand the rows of which they are one
    of `whose`, and those that `also(person_id)` finds: what they may read although it is not theirs alone;
    but none that is so `unless()`: in their name, and not about them.
    """

    model: type[Model]
    what: str
    until: str
    days: int | None = None
    is_over: Callable[[datetime], ColumnElement[bool]] | None = None
    told: bool = False
    empty: Callable[[ColumnElement[bool]], int] | None = None
    of_board: Callable[[IdColumn], ColumnElement[bool]] | None = None
    secret: tuple[str, ...] = ()
    whose: tuple[str, ...] = ("person_id",)
    also: Callable[[UUID], ColumnElement[bool]] | None = None
    unless: Callable[[], ColumnElement[bool]] | None = None
    before: Callable[[Sequence[UUID]], None] | None = None  # what is done first, with the ids of rows that go
    file: Any = None  # the column that says where a row's file is kept, which goes with its row

    @property
    def table(self) -> str:
        return str(self.model.__tablename__)

    @property
    def happens(self) -> str:
        if self.days is None:
            return STAYS
        return EMPTIED if self.empty else REMOVED
