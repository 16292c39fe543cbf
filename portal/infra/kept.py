"""Statements that are made once and run many times, for whoever is like the person for whom they were made.

Making a large statement takes longer than running it. Whoever holds the same roles gets the same one; whose ids, what
day and what moment it is are put in each time it runs. None of these stands in what is kept: a parameter that is
given no value is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, lru_cache, partial
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, Executable, Uuid, bindparam, false, true
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import AsBoolean, BooleanClauseList, False_, Grouping
from sqlalchemy.types import TypeEngine

from portal.access.decide import Reach, reach
from portal.access.roles import COORDINATOR, Viewer
from portal.core import clock
from portal.infra.database import Model, OfBoard, UtcMoment
from portal.infra.scope import keep, within

Statement = TypeVar("Statement", bound=Executable)
MOST_KEPT = 200  # statements of one kind, for people who are not alike


@dataclass(frozen=True)
class Asking:
    """Who asks when, and about which board: what is put into a statement that is kept."""

    person: Viewer
    today: date
    now: datetime
    board_id: UUID | None = None
    _reaches: dict[str, Reach] = field(default_factory=dict)

    def reach(self, permission: str) -> Reach:
        """What they reach, worked out once for each permission."""
        if permission not in self._reaches:
            self._reaches[permission] = reach(self.person, permission)
        return self._reaches[permission]


PutIn = Callable[[Asking], object]  # what a parameter is given


@dataclass(frozen=True)
class Counted:
    """Today, or this moment, and what is counted from it: it is added to, and compared with columns, as a day is."""

    parameter: Callable[[timedelta], ColumnElement[Any]]  # of a day or a moment
    distance: timedelta = timedelta()

    def __add__(self, more: timedelta) -> Counted:
        return replace(self, distance=self.distance + more)

    def __sub__(self, less: timedelta) -> Counted:
        return self + -less

    def __clause_element__(self) -> ColumnElement[Any]:  # likewise
        return self.parameter(self.distance)


AnyDay = date | Counted


class Whoever:
    """Whoever asks, in a statement that is kept: their id, their reach and the time are parameters of it.

    What nobody like them could reach is `false()`, so that a statement can be seen to find nothing for them.
    """

    def __init__(self, like: Viewer) -> None:
        self._like = like
        self.values: dict[str, PutIn] = {}  # of each parameter that was asked for

    @property
    def id(self) -> BindParameter[UUID]:
        return self._parameter("who_id", Uuid(), lambda asking: asking.person.id)

    @property
    def board_id(self) -> BindParameter[UUID]:
        """The board that is asked about, where it is only one."""
        return self._parameter("one_board_id", Uuid(), lambda asking: asking.board_id)

    @property
    def today(self) -> Counted:
        return Counted(self._day)

    @property
    def now(self) -> Counted:
        return Counted(self._moment)

    def may(self, permission: str) -> ColumnElement[bool]:
        """Whether they may do something at all, to anything."""
        return true() if reach(self._like, permission) else false()

    @property
    def is_coordinator(self) -> ColumnElement[bool]:
        """Whether their work is of all boards: for whose work something is, never for what they may do."""
        return true() if self._like.holds(COORDINATOR) else false()

    def within(self, permission: str, model: type[Model]) -> ColumnElement[bool]:
        """The rows of a model to which a permission of theirs reaches."""
        return within(reach(self._like, permission), model, partial(self._reached, permission))

    def holds(self, role: str, on: type[OfBoard]) -> ColumnElement[bool]:
        """The rows of a model on boards where they hold a role: for whose work it is, never for what they may do."""
        if not self._like.boards_with(role):
            return false()
        boards = self._parameter(f"boards_with_{role}", Uuid(), lambda asking: list(asking.person.boards_with(role)))
        return on.board_id.in_(boards)

    def _reached(self, permission: str, part: str) -> BindParameter[UUID]:
        """The ids in one part of the reach of a permission."""
        name = f"{permission.replace(':', '__')}__{part}"
        return self._parameter(name, Uuid(), lambda asking: _listed(getattr(asking.reach(permission), part)))

    def _day(self, distance: timedelta) -> BindParameter[date]:
        return self._parameter(_name("today", distance), Date(), lambda asking: asking.today + distance)

    def _moment(self, distance: timedelta) -> BindParameter[datetime]:
        return self._parameter(_name("now", distance), UtcMoment(), lambda asking: asking.now + distance)

    def _parameter(self, name: str, held: TypeEngine[Any], value: PutIn) -> BindParameter[Any]:  # of whichever type
        self.values[name] = value
        return bindparam(name, type_=held)


def made_once(make: Callable[..., Statement]) -> Callable[..., Statement]:
    """Mark what makes a statement with parameters, `bindparam("meeting_id")`, that is the same whoever asks.

    It is made when it is first asked for, as only then every table is known. What else it depends on has few values,
    for each of which one is kept.
    """

    @cache
    def made(*more: Hashable) -> Statement:
        return keep(make(*more))

    return made


def made_for_whoever(make: Callable[..., Statement]) -> Callable[..., tuple[Statement, dict[str, object]]]:
    """Likewise of `Whoever` asks: a person gets the statement of all like them, and their values to put into it."""

    @lru_cache(maxsize=MOST_KEPT)
    def made(like: Viewer, *more: Hashable) -> tuple[Statement, dict[str, PutIn]]:
        who = Whoever(like)
        return keep(make(who, *more)), who.values

    def for_person(person: Viewer, *more: Hashable) -> tuple[Statement, dict[str, object]]:
        statement, values = made(person.without_ids(), *more)
        asking = Asking(person, clock.today(), clock.now())
        return statement, {name: value(asking) for name, value in values.items()}

    return for_person


def within_reach(person: Viewer | Whoever, permission: str, model: type[Model]) -> ColumnElement[bool]:
    """The same clause for somebody, or for whoever is like them: for what statements of both kinds have in common."""
    return person.within(permission, model) if isinstance(person, Whoever) else within(reach(person, permission), model)


def finds_nothing(where: Any) -> bool:  # a clause, as SQLAlchemy holds it
    """Whether a WHERE clause is false whatever the tables hold."""
    if isinstance(where, Grouping) or (isinstance(where, AsBoolean) and where.operator is operators.is_true):
        return finds_nothing(where.element)
    if isinstance(where, BooleanClauseList):
        found = [finds_nothing(one) for one in where.clauses]
        return any(found) if where.operator is operators.and_ else all(found)
    return isinstance(where, False_)


def _listed(part: object) -> object:
    return list(part) if isinstance(part, frozenset) else part


def _name(start: str, distance: timedelta) -> str:
    """What a parameter is called: 'today', 'today_plus_14_days_0_00_00'."""
    sign = "minus" if distance < timedelta() else "plus"
    return re.sub(r"\W+", "_", f"{start} {sign} {abs(distance)}") if distance else start
