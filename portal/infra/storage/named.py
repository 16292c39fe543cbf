"""Which rows name a stored file, found from the models; and that a file goes when its row goes, however that is.

A column that says where a file lies is called `stored_as`, or ends with `_stored_as`. Nothing else is needed for a new
kind of file: it is removed with its row, and `flask portal files verify` looks at it.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Delete, Update, and_, event, inspect, select
from sqlalchemy.orm import InstrumentedAttribute, ORMExecuteState, Session, UOWTransaction

from portal.core import clock
from portal.infra.database import Model, db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.work import Work

ENDING = "stored_as"
LOST = "remove-lost-file"
LEAVING = "leaving"  # keys of which this transaction has said already when they go
Column = InstrumentedAttribute[str]


def columns() -> list[Column]:
    """Every column that names a file, by the names of tables."""
    models = {mapper.class_ for mapper in Model.registry.mappers}
    found = [column for model in models for column in columns_of(model)]
    return sorted(found, key=lambda one: (one.class_.__tablename__, one.key))


def columns_of(model: type[object]) -> list[Column]:
    """Those of one model."""
    return [getattr(model, one.key) for one in inspect(model).column_attrs if one.key.endswith(ENDING)]


def kind_of(column: Column) -> str:
    """'paper_versions.stored_as': where a row names a file."""
    return f"{column.class_.__tablename__}.{column.key}"


def every_key() -> dict[str, str]:
    """Each file that a row names, and where."""
    found: dict[str, str] = {}
    for column in columns():
        statement = across_boards(select(column).where(column != "").order_by(column), CrossBoardReason.FILES)
        found |= dict.fromkeys(db.session.scalars(statement), kind_of(column))
    return found


def is_named(key: str) -> bool:
    """Whether a row names this file."""
    asked = (select(column).where(column == key).order_by(column).limit(1) for column in columns())
    return any(db.session.scalar(across_boards(one, CrossBoardReason.FILES)) for one in asked)


@event.listens_for(Session, "before_flush")
def _rows_lose_files(session: Session, _transaction: UOWTransaction, _rows: object) -> None:
    """Of rows that are deleted, or name another file from now on."""
    lost = {key for row in session.deleted for key in _keys(row)}
    lost |= {key for row in session.dirty for key in _keys_before(row)}
    if lost:
        _let_go(session, lost)


def _keys(row: object) -> Iterator[str]:
    yield from filter(None, (getattr(row, column.key) for column in columns_of(type(row))))


def _keys_before(row: object) -> Iterator[str]:
    for column in columns_of(type(row)):
        yield from filter(None, inspect(row).attrs[column.key].history.deleted or ())


@event.listens_for(Session, "do_orm_execute")
def _many_rows_lose_files(state: ORMExecuteState) -> None:
    """Of all rows that one statement deletes, or has name another file."""
    if not isinstance(state.statement, Update | Delete) or state.bind_mapper is None:
        return
    statement, columns = state.statement, columns_of(state.bind_mapper.class_)
    if isinstance(statement, Update):
        changed = {getattr(one, "key", one) for one in statement._values or ()}
        columns = [one for one in columns if one.key in changed]
    for column in columns:
        named = select(column).where(and_(column != "", *statement._where_criteria)).order_by(column)
        _let_go(state.session, set(state.session.scalars(across_boards(named, CrossBoardReason.FILES))))


def _let_go(session: Session, keys: set[str]) -> None:
    """Have them removed once the transaction is through, unless another row names them by then."""
    for key in sorted(keys - session.info.get(LEAVING, set())):
        moment = clock.now()
        session.add(Work(kind=LOST, arguments={"key": key}, asked_at=moment, not_before=moment))
