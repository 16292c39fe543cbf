"""The database: base model, column types, and transactions for SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from uuid import UUID, uuid4

from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import (
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    ForeignKey,
    MetaData,
    TypeDecorator,
    event,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

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

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment must be aware")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


class Model(DeclarativeBase):
    """The base of every table; ids are UUIDs made by the application."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcMoment()}


class Identified:
    """A row with an id of its own from the moment it is made: events name it, and sealed words are bound to it."""

    __tablename__: str
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


@event.listens_for(Identified, "init", propagate=True)
def _give_id(_row: object, _positional: tuple[object, ...], given: dict[str, object]) -> None:
    """Before anything else that is given, as sealed words need it."""
    values = {"id": uuid4(), **given}
    given.clear()
    given.update(values)


class MaybeOfBoard:
    """A row that belongs to a board or to none; see portal/infra/scope.py for what a query on it must say."""


class OfBoard(Identified, MaybeOfBoard):
    """A row that belongs to a board; the session refuses to read or change such rows without a board scope."""

    board_id: Mapped[UUID] = mapped_column(ForeignKey("boards.id"), index=True)


db = SQLAlchemy(session_options={"expire_on_commit": False, "autoflush": True})


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.isolation_level = None  # transactions are begun below, in words of ours
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=15000", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
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
    result = db.session.execute(statement)
    assert isinstance(result, CursorResult)  # noqa: S101 - what an UPDATE or DELETE gives
    return result.rowcount
