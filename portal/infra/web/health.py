"""Whether the portal can serve: its database answers."""

from __future__ import annotations

from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from portal.infra.database import db


def answer_ready() -> ResponseReturnValue:
    """200 when the database answers, 503 when it does not."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return {"ready": False}, 503
    return {"ready": True}
