"""What tests/order.py refuses with ORDER=strict, and what it lets pass, on both kinds of database."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Connection, inspect, text

from config import ROOT
from portal.infra.database import db
from tests import order
from tests.order import Unordered, refusing


@pytest.fixture(autouse=True)
def _order() -> None:
    """In place of the one in conftest.py: here statements without an order run on purpose."""


@pytest.fixture
def numbers(app: Flask, dialect: str) -> Iterator[Connection]:
    """A connection that sees a table of the numbers 1, 2 and 3."""
    with app.app_context(), db.engine.connect() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE numbers (number INTEGER)"))
        connection.execute(text("INSERT INTO numbers VALUES (1), (2), (3)"))
        yield connection
        connection.rollback()


def run(connection: Connection, statement: str) -> None:
    with refusing():
        connection.execute(text(statement)).all()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT number FROM numbers",
        "select number\n  from numbers;",
        "SELECT number FROM numbers WHERE number > 1",
        "SELECT number FROM numbers GROUP BY number",
        "SELECT DISTINCT number FROM numbers",
        "SELECT number FROM numbers UNION ALL SELECT number FROM numbers",
        "WITH few AS (SELECT number FROM numbers) SELECT number FROM few",
        "SELECT number FROM numbers LIMIT 2",
    ],
)
def test_several_rows_in_no_order_are_refused(numbers: Connection, statement: str) -> None:
    with pytest.raises(Unordered, match=r"test_order.py:\d+ run: (SELECT|select|WITH)"):
        run(numbers, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT number FROM (SELECT number FROM numbers ORDER BY number) AS few",
        "WITH few AS (SELECT number FROM numbers ORDER BY number) SELECT number FROM few",
        "SELECT number FROM numbers WHERE number IN (SELECT max(abs(number)) OVER (ORDER BY number) FROM numbers)",
        "SELECT row_number() OVER (ORDER BY number) FROM numbers",
        "SELECT number, ' ORDER BY ' FROM numbers",
        "SELECT number, 'it''s ORDER BY ' FROM numbers",
        'SELECT number AS "order by" FROM numbers',
        "SELECT number FROM numbers -- ORDER BY number",
        "SELECT number /* ORDER BY number */ FROM numbers",
    ],
)
def test_an_order_inside_or_in_mere_words_does_not_count(numbers: Connection, statement: str) -> None:
    with pytest.raises(Unordered):
        run(numbers, statement)


def test_one_row_that_is_taken_of_several_is_refused(numbers: Connection) -> None:
    with pytest.raises(Unordered):
        run(numbers, "SELECT number FROM numbers LIMIT 1")


def test_reading_only_the_first_of_several_rows_is_refused(numbers: Connection) -> None:
    with pytest.raises(Unordered), refusing():
        numbers.scalar(text("SELECT number FROM numbers"))


def test_each_place_is_named_once(numbers: Connection) -> None:
    with pytest.raises(Unordered) as refused, refusing():
        [numbers.execute(text(one)) for one in ("SELECT number FROM numbers", "SELECT -number FROM numbers")]
    assert str(refused.value).count("test_order.py") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT number FROM numbers ORDER BY number",
        "select number from numbers order\n by number limit 1",
        "SELECT number FROM numbers UNION ALL SELECT number FROM numbers ORDER BY number",
        "WITH few AS (SELECT number FROM numbers) SELECT number FROM few ORDER BY number",
        "SELECT '(' AS mark FROM numbers ORDER BY number, length(')')",
        "SELECT number FROM numbers /* ( */ ORDER BY number -- )",
    ],
)
def test_several_rows_in_an_order_pass(numbers: Connection, statement: str) -> None:
    run(numbers, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT number FROM numbers WHERE number = 2",
        "SELECT number FROM numbers WHERE number = 4",
        "SELECT count(*), max(number) FROM numbers",
        "SELECT EXISTS (SELECT number FROM numbers)",
        "SELECT 1",
    ],
)
def test_one_row_or_none_passes(numbers: Connection, statement: str) -> None:
    run(numbers, statement)


def test_what_changes_rows_passes(numbers: Connection) -> None:
    with refusing():
        numbers.execute(text("INSERT INTO numbers SELECT number FROM numbers"))
        numbers.execute(text("WITH few AS (SELECT 4 AS four) INSERT INTO numbers SELECT four FROM few"))
        numbers.execute(text("UPDATE numbers SET number = number + 1"))
        numbers.execute(text("DELETE FROM numbers WHERE number IN (SELECT number FROM numbers)"))


OF_ITSELF = {
    "sqlite": ("SELECT name FROM sqlite_master", "PRAGMA table_info(people)"),
    "postgresql": ("SELECT relname FROM pg_catalog.pg_class", "SELECT table_name FROM information_schema.tables"),
}


def test_what_a_database_keeps_of_itself_passes(numbers: Connection, dialect: str) -> None:
    with refusing():
        assert [len(numbers.execute(text(one)).all()) > 1 for one in OF_ITSELF[dialect]] == [True, True]
        assert inspect(numbers).get_columns("people")


@pytest.mark.parametrize(
    ("statement", "is_loose"),
    [
        ("(SELECT 1 LIMIT 1) UNION ALL (SELECT 2 ORDER BY 1)", True),
        ("(SELECT 1) UNION ALL (SELECT 2) ORDER BY 1", False),
        ("SELECT id FROM works WHERE open LIMIT 1 FOR UPDATE SKIP LOCKED", True),
        ("SELECT id FROM works WHERE name = %(name)s ORDER BY id FOR UPDATE", False),
        ("WITH gone AS (DELETE FROM works RETURNING id) SELECT id FROM gone", True),
        ("DELETE FROM works RETURNING id", False),
        ("PRAGMA foreign_key_list(works)", False),
    ],
)
def test_what_only_one_database_understands_is_told_apart(statement: str, is_loose: bool) -> None:
    assert order.is_loose(statement) == is_loose


BACKWARDS = """
import sys
from sqlalchemy import create_engine, text
from tests import order
with create_engine("sqlite://").connect() as connection:
    connection.execute(text("CREATE TABLE numbers (number INTEGER)"))
    connection.execute(text("INSERT INTO numbers VALUES (1), (2), (3)"))
    for statement in ("SELECT number FROM numbers", "SELECT number FROM numbers ORDER BY number"):
        print(*connection.execute(text(statement)).scalars())
"""


def test_sqlite_gives_rows_in_no_order_backwards_when_strict() -> None:
    variables = {**os.environ, "ORDER": "strict"}
    done = subprocess.run(
        [sys.executable, "-c", BACKWARDS], cwd=ROOT, env=variables, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["3 2 1", "1 2 3"]
