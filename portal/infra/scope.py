"""The limits of what a query may reach: a board's rows are never read or changed without saying which.

A forgotten filter is an error here and never a leak. Every table of a board in a statement must be pinned: its own
id, or the id of a board, group, meeting, person or other thing it belongs to, is compared with a value, or with a
column of a table that is pinned already. Deliberate exceptions are the few of `CrossBoardReason`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from functools import partial
from typing import Any, TypeVar
from weakref import WeakSet

from sqlalchemy import ColumnElement, Delete, Executable, Update, and_, event, false, or_, true
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import AsBoolean, BindParameter, BooleanClauseList, ColumnClause, False_, Grouping
from sqlalchemy.sql.elements import BinaryExpression as Comparison
from sqlalchemy.sql.selectable import CompoundSelect, Join, ScalarSelect, Select

from portal.access.decide import Reach
from portal.infra.database import MaybeOfBoard, Model

Statement = TypeVar("Statement", bound=Executable)
Pinned = frozenset[str]
Clause = Any  # a piece of SQLAlchemy's tree of a statement: what is asked of it here has no type of its own
PartOfReach = Callable[[str], Any]  # by its name: some ids, one, or a parameter for them
MOST_REMEMBERED = 2000
PARTS = (("board_id", "boards"), ("group_id", "groups"), ("meeting_id", "meetings"), ("minutes_id", "minutes"))


class CrossBoardReason(Enum):
    """Why a statement may span boards: the whole list."""

    CLOCK = "the scheduler looks for what is due, to send or to remove, on every board"
    ASKING = "the roles of whoever is asking, on whichever boards"
    COORDINATOR = "totals of all boards, for the national coordinator"
    PUBLISHED = "what boards have published for everyone"
    OWN_DATA = "someone downloads what is held about them, on whichever boards"
    KEYS = "everything is sealed again under a new key"
    FILES = "which rows name a stored file, and whether it is as it was written"


class NoBoardScope(RuntimeError):
    """A query on a board's rows said neither which board, group, meeting or person, nor why it spans boards."""


def across_boards(statement: Statement, why: CrossBoardReason) -> Statement:
    """Let one statement span boards, saying why."""
    return statement.execution_options(across_boards=why)


def within(reach: Reach, model: type[Model], put: PartOfReach | None = None) -> ColumnElement[bool]:
    """The WHERE clause of a list: the rows of a model that lie within reach.

    A statement that is kept (portal/infra/kept.py) puts parameters in the place of the ids of each part of the reach.
    """
    put = put or partial(getattr, reach)
    if reach.everything:
        return true()
    clauses = [
        getattr(model, column).in_(put(part))
        for column, part in PARTS
        if getattr(reach, part) and hasattr(model, column)
    ]
    if reach.own and hasattr(model, "person_id"):
        clauses.append(model.person_id == put("own"))
    found = or_(*clauses) if clauses else false()
    if reach.never_of is not None and clauses and hasattr(model, "person_id"):
        return and_(found, model.person_id != put("never_of"))
    return found


@event.listens_for(Session, "do_orm_execute")
def _require_board_scope(state: ORMExecuteState) -> None:
    if state.is_column_load or state.is_relationship_load or state.execution_options.get("across_boards"):
        return
    if state.statement not in _kept:
        _refuse(state.statement, _remembered(state.statement))


def keep(statement: Statement) -> Statement:
    """Look at a statement that will run many times once, now.

    The answer holds for this very object. Whatever is made of it is another one, and is looked at when it runs.
    """
    _refuse(statement, unpinned(statement))
    _kept.add(statement)
    return statement


def _refuse(statement: Executable, loose: Pinned) -> None:
    if loose:
        raise NoBoardScope(f"{', '.join(sorted(loose))}: {str(statement)[:300]}")


_kept: WeakSet[Executable] = WeakSet()
_answers: dict[object, Pinned] = {}


def _remembered(statement: Clause) -> Pinned:
    """What `unpinned` says, worked out once for each shape of statement: it takes longer than the query."""
    key = statement._generate_cache_key()  # what SQLAlchemy itself keeps compiled statements by
    if key is None:
        return unpinned(statement)
    answer = _answers.get(key.key)  # once, as these keys are long
    if answer is None:
        if len(_answers) >= MOST_REMEMBERED:
            _answers.clear()
        answer = _answers[key.key] = unpinned(statement)
    return answer


def unpinned(statement: Clause) -> Pinned:
    """The tables of boards that a statement reads or changes without a limit."""
    if isinstance(statement, CompoundSelect):
        return frozenset[str]().union(*(unpinned(one) for one in statement.selects))
    if isinstance(statement, Select):
        sources: list[Clause] = list(statement.get_final_froms())
    elif isinstance(statement, Update | Delete):
        sources = [statement.table]
    else:  # an INSERT names its own rows
        return frozenset()
    tables: list[Clause] = [leaf for source in sources for leaf in _leaves(source)]
    loose = frozenset(_name(one) for one in tables if _table_name(one) in _tables_of_boards())
    if not loose:
        return loose
    joins = [join for source in sources for join in _joins(source)]
    return loose - _pinned(statement.whereclause, joins, frozenset(map(_name, tables)))


def _tables_of_boards() -> set[str]:
    return {str(m.local_table) for m in Model.registry.mappers if issubclass(m.class_, MaybeOfBoard)}


def _leaves(source: Clause) -> Iterable[Clause]:
    if isinstance(source, Join):
        yield from _leaves(source.left)
        yield from _leaves(source.right)
    else:
        yield source


def _name(source: Clause) -> str:
    return str(getattr(source, "name", ""))


def _table_name(source: Clause) -> str:
    return _name(getattr(source, "element", source))


def _pinned(where: Clause, joins: list[Join], names: Pinned) -> Pinned:
    """The tables that the WHERE clause and the joins pin, worked out until nothing more follows."""
    pinned: Pinned = frozenset()
    while True:
        more = pinned | _pins(where, pinned, names)
        for join in joins:
            found = _pins(join.onclause, more, names)
            more |= found & {_name(one) for one in _leaves(join.right)} if join.isouter else found
        if more == pinned:
            return pinned
        pinned = more


def _joins(source: Clause) -> Iterable[Join]:
    if isinstance(source, Join):
        yield from _joins(source.left)
        yield from _joins(source.right)
        yield source


def _pins(clause: Clause, pinned: Pinned, names: Pinned) -> Pinned:
    """The tables that one clause pins, given those that are pinned already."""
    if isinstance(clause, Grouping) or (isinstance(clause, AsBoolean) and clause.operator is operators.is_true):
        return _pins(clause.element, pinned, names)
    if isinstance(clause, False_):
        return names
    if isinstance(clause, BooleanClauseList):
        each = [_pins(one, pinned, names) for one in clause.clauses]
        return frozenset.union(*each) if clause.operator is operators.and_ else frozenset.intersection(*each)
    if isinstance(clause, Comparison) and clause.operator in (operators.eq, operators.in_op):
        sides = ((clause.left, clause.right), (clause.right, clause.left))
        return frozenset(_name(one.table) for one, other in sides if _is_tied(one, other, pinned, names))
    return frozenset()


def _is_tied(column: Clause, other: Clause, pinned: Pinned, names: Pinned) -> bool:
    """Whether a column that says where its row belongs is compared with something that is settled."""
    if not isinstance(column, ColumnClause) or column.table is None or not _says_where(column.key):
        return False
    if isinstance(other, BindParameter):
        return True
    if isinstance(other, ColumnClause):  # a table outside this statement is pinned there
        return other.table is not None and (_name(other.table) in pinned or _name(other.table) not in names)
    return isinstance(other, Select | ScalarSelect) and not unpinned(getattr(other, "element", other))


def _says_where(key: str) -> bool:
    return key in ("id", "key") or key.endswith("_id")
