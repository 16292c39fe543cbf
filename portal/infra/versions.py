"""Two people changing one thing: the second is refused, and may look at both."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import abort, request
from sqlalchemy import inspect, update
from sqlalchemy.exc import InvalidRequestError

from portal.core.changes import Changes
from portal.infra.database import db, rows_changed
from portal.infra.web.interrupted_form import not_taken

Row = TypeVar("Row")


class EditConflict(Exception):
    """Somebody else saved a change after this person opened the page."""

    def __init__(self) -> None:
        super().__init__()
        not_taken()


def changes(row: Any, **values: object) -> Changes:  # of any model
    """Those of the values that are not what the row holds already: what each was, and is to be."""
    held = {name: getattr(row, name) for name in values}
    return {name: (held[name], value) for name, value in values.items() if held[name] != value}


def assign(row: Any, **values: object) -> Changes:  # likewise
    """Give a row values; what of it is new. A form that is saved unchanged changes nothing."""
    found = changes(row, **values)
    for name, (_, value) in found.items():
        setattr(row, name, value)
    return found


def held(row: Row) -> Row:
    """A row for which a form was sent, as it is now: whoever else changes it waits until this request is over.

    So that nothing changes between what a form is compared with and what it saves.
    """
    if row is not None and request.method == "POST":
        mapper = inspect(type(row))
        columns = [mapper.get_property_by_column(one).key for one in mapper.local_table.columns]
        try:
            db.session.refresh(row, columns, with_for_update=True)
        except InvalidRequestError:  # it was removed in this moment
            abort(404)
    return row


def save_unless_changed(row: Any, version: int, **values: object) -> Changes:  # of any model with a version
    """Save values and the next version, in one UPDATE that two at once cannot both win; what of them is new.

    Raises EditConflict. Without values it takes the next version alone.
    """
    found = changes(row, **values)
    if values and row.version == version and not found:
        return found
    model = type(row)
    statement = update(model).where(model.id == row.id, model.version == version)
    if rows_changed(statement.values(version=version + 1, **values)) != 1:
        raise EditConflict
    db.session.refresh(row, [*values, "version"])
    return found
