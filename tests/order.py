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
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from config import ROOT

OURS = tuple(str(ROOT / name) for name in ("portal", "migrations", "tests"))
IS_STRICT = os.environ.get("ORDER") == "strict"
QUOTED = re.compile(r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | --[^\n]* | /\*.*?\*/""", re.VERBOSE | re.DOTALL)
BRACKETS = re.compile(r"\([^()]*\)")
CHANGING = r"\b(INSERT|UPDATE|DELETE)\b"
READING = re.compile(rf"\s*(WITH\b((?!{CHANGING}).)*)?\b(SELECT|UNION|INTERSECT|EXCEPT)\b", re.IGNORECASE | re.DOTALL)
LIMITED = re.compile(r"\b(LIMIT|FETCH\s+FIRST)\b", re.IGNORECASE)
ORDERED = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
CATALOGUES = re.compile(r"\b(pg_catalog|information_schema|sqlite_\w+|pragma_\w+)\b", re.IGNORECASE)


class Unordered(AssertionError):
    """One or more statements read several rows and said nothing of their order."""


@cache
def outermost(statement: str) -> str:
    """A statement without what it quotes, and without what stands in brackets, like a subquery or a window."""
    outer, before = QUOTED.sub(" ", statement), ""
    while outer != before:
        before, outer = outer, BRACKETS.sub(" ", outer)
    return outer


@cache
def is_loose(statement: str) -> bool:
    """Whether a statement reads rows, other than what the database keeps of itself, and does not order them."""
    outer = outermost(statement)
    is_of_catalogue = CATALOGUES.search(QUOTED.sub(" ", statement))
    return bool(READING.match(outer)) and not ORDERED.search(outer) and not is_of_catalogue


def chooses(statement: str) -> bool:
    """Whether a statement takes some of the rows that it found; without an order any of them."""
    return LIMITED.search(outermost(statement)) is not None


def gives_several(connection: Any, cursor: Any, statement: str, parameters: Any) -> bool:
    """Whether more than one row came. SQLite is asked again, as it does not know before it is read to the end."""
    if connection.dialect.name != "sqlite":
        return cursor.rowcount not in (0, 1)  # -1 where rows come a few at a time
    again = connection.connection.cursor()
    try:
        few = again.execute(f"SELECT 1 FROM (\n{statement.rstrip('; ')}\n) LIMIT 2", parameters)  # noqa: S608
        return len(few.fetchall()) > 1
    finally:
        again.close()


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
        if many or not is_loose(statement):
            return
        if chooses(statement) or gives_several(connection, cursor, statement, parameters):
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
