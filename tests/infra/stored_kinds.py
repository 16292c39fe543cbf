"""A row of every kind that names a stored file, made from what the models say: a new kind is tried without a word."""

from __future__ import annotations

import itertools
import secrets
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, ForeignKeyConstraint, insert, select
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.infra.database import Model, db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.storage import files, named

KINDS = [named.kind_of(one) for one in named.columns()]
TRIES = 40


def column_of(kind: str) -> named.Column:
    return next(one for one in named.columns() if named.kind_of(one) == kind)


def make(kind: str, content: bytes = b"as it was written") -> tuple[Any, str]:
    """A row of this kind with a file of its own, and where that lies."""
    column, key = column_of(kind), f"tried/{uuid4().hex}"
    files.keep(key, content)
    for attempt in range(TRIES):
        values = {**_values(column.class_, attempt), column.key: key}
        try:
            with db.session.begin_nested():
                db.session.execute(insert(column.class_.__table__).values(**values))  # no row of another kind
        except IntegrityError:  # there is one of this person already
            continue
        return db.session.get_one(column.class_, values["id"]), key
    raise AssertionError(f"No row of {kind} can be made: say in tests/infra/stored_kinds.py what it needs")


def _values(model: type[Model], attempt: int) -> dict[str, Any]:
    """Plain values for every column; those that point somewhere point to a row that is there."""
    table = model.__table__
    values: dict[str, Any] = {"id": uuid4()}
    for key in sorted(table.foreign_key_constraints, key=lambda one: -len(one.columns)):
        values |= _pointing(key, values, attempt)
    for column in table.columns:
        if column.name not in values and not column.nullable:
            default = column.default.arg if column.default is not None and column.default.is_scalar else None
            values[column.name] = _plain(column) if default in (None, 1) else default
    return values


def _pointing(key: ForeignKeyConstraint, so_far: dict[str, Any], attempt: int) -> dict[str, Any]:
    there = key.referred_table
    pairs = [(one.parent.name, one.column) for one in key.elements]
    if all(name in so_far or key.columns[name].nullable for name, _ in pairs):
        return {}
    same = [column == so_far[name] for name, column in pairs if name in so_far]
    found = select(*(column for _, column in pairs)).where(*same).order_by(*there.primary_key)
    rows = db.session.execute(across_boards(found, CrossBoardReason.FILES)).all()
    row = next(itertools.islice(itertools.cycle(rows), attempt, None))
    return dict(zip((name for name, _ in pairs), row, strict=True))


def _plain(column: Column[Any]) -> Any:
    made = {
        str: secrets.token_hex(4),
        int: secrets.randbelow(10**6),
        bool: False,
        object: [],  # JSON
        UUID: uuid4(),
        datetime: clock.now(),
        date: clock.today(),
    }
    assert column.type.python_type in made, column
    return made[column.type.python_type]
