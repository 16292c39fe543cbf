"""The database: base model, column types, board scope, and transactions for SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import DateTime, Engine, Executable, ForeignKey, MetaData, TypeDecorator, event, false, or_, true
from sqlalchemy.orm import DeclarativeBase, Mapped, ORMExecuteState, Session, mapped_column
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import False_

from portal.access.decide import Reach

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
will_write: ContextVar[bool] = ContextVar("will_write", default=True)


class UtcMoment(TypeDecorator[datetime]):
    """An aware UTC datetime, in databases with time zones and without."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment must be aware")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Model(DeclarativeBase):
    """The base of every table; ids are UUIDs made by the application."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcMoment()}


class Identified:
    """A row with an id of its own."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


class OfBoard(Identified):
    """A row that belongs to a board; the session refuses to read such rows without a board scope."""

    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"), index=True)


db = SQLAlchemy(session_options={"expire_on_commit": False, "autoflush": True})


class NoBoardScope(RuntimeError):
    """A query on a board's rows said neither which board, group, meeting or person, nor why it spans boards."""


SCOPES = {
    "board_id",
    "group_id",
    "meeting_id",
    "person_id",
    "paper_id",
    "version_id",
    "id",
}  # the last three: one thing


Statement = TypeVar("Statement", bound=Executable)


def across_boards(statement: Statement, why: str) -> Statement:
    """Let one statement span boards, saying why."""
    return statement.execution_options(across_boards=why)


def within(reach: Reach, model: Any) -> Any:
    """The WHERE clause of a list: the rows of a model that lie within reach."""
    if reach.everything:
        return true()
    clauses = [
        getattr(model, column).in_(ids)
        for column, ids in (("board_id", reach.boards), ("group_id", reach.groups), ("meeting_id", reach.meetings))
        if ids and hasattr(model, column)
    ]
    if reach.own and hasattr(model, "person_id"):
        clauses.append(model.person_id == reach.own)
    return or_(false(), *clauses)


@event.listens_for(Session, "do_orm_execute")
def _require_board_scope(state: ORMExecuteState) -> None:
    if not state.is_select or state.is_column_load or state.is_relationship_load:
        return
    if state.execution_options.get("across_boards") or not any(
        issubclass(mapper.class_, OfBoard) for mapper in state.all_mappers
    ):
        return
    where = getattr(state.statement, "whereclause", None)
    nodes = list(visitors.iterate(where)) if where is not None else []
    finds_nothing = any(isinstance(node, False_) for node in nodes)
    if not finds_nothing and not SCOPES & {getattr(node, "key", None) for node in nodes}:
        raise NoBoardScope(str(state.statement)[:300])


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # transactions are begun below, in words of ours
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=15000", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Any) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if will_write.get() else "BEGIN")


@contextmanager
def transaction_of_its_own() -> Iterator[Session]:
    """A short session that commits apart from the request's, for what must count even when a request fails.

    The request's session is rolled back first: on SQLite two writers would wait for each other.
    """
    db.session.rollback()
    token = will_write.set(True)
    try:
        with db.sessionmaker() as session, session.begin():
            yield session
    finally:
        will_write.reset(token)


def rows_changed(statement: Executable) -> int:
    """Run an UPDATE or DELETE in the request's session; how many rows it changed."""
    result: Any = db.session.execute(statement)
    return int(result.rowcount)
