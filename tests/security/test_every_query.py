"""Every query without its filter is refused, so that a forgotten one is an error and never a leak."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, Select, select

from portal.infra.scope import unpinned
from portal.infra.sight import Loader
from tests.cast import Cast
from tests.security.every_query import Query, ask_everything, is_part, name_of, queries

Statements = dict[str, list[Select[Any]]]


@pytest.fixture
def selected(app: Flask, cast: Cast, rolled_back: Connection) -> Statements:
    """What every query selects, by the function that selects."""
    with app.test_request_context():
        return ask_everything(app, cast)


@pytest.mark.postgresql
def test_every_query_without_its_filter_is_refused(selected: Statements) -> None:
    tried = 0
    for where, statements in selected.items():
        for statement in different(statements):
            if reads_boards_tables(statement):
                tried += 1
                assert unpinned(without_filter(statement)), f"{where} would leak without its filter: {statement}"
    assert tried > 200
    assert never_tried(selected) == [], "their arguments cannot be made: let tests/security/every_query.py make them"


def different(statements: list[Select[Any]]) -> Iterable[Select[Any]]:
    """One of each that SQLAlchemy itself would compile once: cheaper than to compile them all."""
    return {key.key if (key := one._generate_cache_key()) else str(one): one for one in statements}.values()


def without_filter(statement: Select[Any]) -> Select[Any]:
    bare = statement._generate()
    bare._where_criteria = ()
    return bare


def reads_boards_tables(statement: Select[Any]) -> bool:
    return bool(unpinned(select(*statement.selected_columns).select_from(*statement.get_final_froms())))


def never_tried(selected: Statements) -> list[str]:
    """The queries that select and were not seen to; of a part of a statement, whoever runs it is seen."""
    return sorted(
        name_of(query)
        for query in queries()
        if "select(" in source_of(query) and not is_part(query) and name_of(query) not in selected
    )


def source_of(query: Query) -> str:
    return inspect.getsource(query.find if isinstance(query, Loader) else query)
