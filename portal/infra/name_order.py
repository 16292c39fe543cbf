"""ORDER BY for names, on SQLite and PostgreSQL the same: see portal/core/names.py for what that order is."""

from __future__ import annotations

import sqlite3
from functools import reduce
from typing import Any

from sqlalchemy import Engine, String, event
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from portal.core.names import LEFT_OUT, LETTERS, name_key


class by_name(FunctionElement[str]):  # noqa: N801 - written like the functions of SQL beside it
    """The names of a column as they are sorted: `order_by(by_name(Person.name), Person.id)`."""

    type = String()
    inherit_cache = True
    name = "by_name"


@compiles(by_name)
def _anywhere(element: by_name, compiler: SQLCompiler, **how: Any) -> str:  # what SQLAlchemy hands on
    return f"by_name({compiler.process(element.clauses, **how)})"


@compiles(by_name, "postgresql")
def _on_postgresql(element: by_name, compiler: SQLCompiler, **how: Any) -> str:  # likewise
    """Byte by byte, as the rules of a database's own language are not everywhere the same."""
    column = compiler.process(element.clauses, **how)
    plain = f"regexp_replace(normalize({column}, NFKD), {_quoted(f'[{LEFT_OUT}]')}, '', 'g')"
    replaced = reduce(
        lambda sql, pair: f"replace({sql}, {_quoted(pair[0])}, {_quoted(pair[1])})", LETTERS.items(), plain
    )
    return f'lower({replaced}) COLLATE "C"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@event.listens_for(Engine, "connect")
def _give_sqlite_the_function(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.create_function("by_name", 1, lambda name: name and name_key(name), deterministic=True)
