"""Two people changing one thing: the second is refused, and may look at both."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from portal.infra.database import db, rows_changed
from portal.infra.web.interrupted_form import not_taken


class EditConflict(Exception):
    """Somebody else saved a change after this person opened the page."""

    def __init__(self) -> None:
        super().__init__()
        not_taken()


def save_unless_changed(row: Any, version: int, **values: object) -> None:  # of any model with a version
    """Save values and the next version, in one UPDATE that two at once cannot both win. Raises EditConflict."""
    model = type(row)
    statement = update(model).where(model.id == row.id, model.version == version)
    if rows_changed(statement.values(version=version + 1, **values)) != 1:
        raise EditConflict
    db.session.refresh(row, [*values, "version"])
