"""Rows come in the order that was asked for, or in any: a SELECT of several rows that names no order is refused.

With ORDER=strict (make test-all), each test during which such a SELECT ran fails and says where it stands. SQLite
also gives unordered rows backwards then, so that a test that relies on the order in which rows came is found out.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from config import ROOT

OURS = (str(ROOT / "portal"), str(ROOT / "tests"))
IS_STRICT = os.environ.get("ORDER") == "strict"


class Unordered(AssertionError):
    """One or more statements read several rows and said nothing of their order."""


def asks_for_an_order(statement: str) -> bool:
    """Whether a SELECT orders its own rows; what stands in brackets, like a subquery or a window, does not count."""
    outer, shorter = statement, ""
    while outer != shorter:
        shorter, outer = outer, re.sub(r"\([^()]*\)", " ", outer)
    return "ORDER BY" in outer.upper()


def reads(statement: str) -> bool:
    return re.match(r"\s*(SELECT|WITH)\b", statement, re.IGNORECASE) is not None and "pg_catalog" not in statement


def gives_several(connection: Any, cursor: Any, statement: str, parameters: Any) -> bool:
    """Whether more than one row came. SQLite is asked again, as it does not know before it is read to the end."""
    if connection.dialect.name != "sqlite":
        return bool(cursor.rowcount > 1)
    again = connection.connection.cursor()
    try:
        rows = again.execute(f"SELECT 1 FROM ({statement}) LIMIT 2", parameters).fetchall()  # noqa: S608 - asked already
    finally:
        again.close()
    return len(rows) > 1


def place() -> str:
    """The innermost line of ours that led here."""
    frame = sys._getframe(1)
    while frame:
        path = frame.f_code.co_filename
        if path.startswith(OURS) and path != __file__:
            return f"{Path(path).relative_to(ROOT)}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back
    return "outside the portal"


@contextmanager
def refusing() -> Iterator[None]:
    """Raises Unordered at the end when a SELECT of several rows ran inside that asked for no order."""
    found: dict[str, str] = {}

    def look(connection: Any, cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        is_loose = reads(statement) and not many and not asks_for_an_order(statement)
        if is_loose and gives_several(connection, cursor, statement, parameters):
            found.setdefault(place(), " ".join(statement.split()))

    event.listen(Engine, "after_cursor_execute", look)
    try:
        yield
    finally:
        event.remove(Engine, "after_cursor_execute", look)
    if found:
        raise Unordered("\n".join(f"{where}: {statement}" for where, statement in found.items()))


def backwards(connection: Any, _record: Any) -> None:
    """Let SQLite give the rows of a SELECT without an order backwards."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects = ON")


if IS_STRICT:
    event.listen(Engine, "connect", backwards)
