"""Who brought whom in on a board within a year: as people, and as part of statements."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    SQLColumnExpression,
    Uuid,
    and_,
    exists,
    or_,
    select,
    type_coerce,
    union,
)

from portal.boards.independence.rules import CLOSE
from portal.boards.models import Appointment, StaffRole
from portal.core import clock
from portal.infra.database import db
from portal.infra.kept import Counted

Moment = datetime | Counted
Someone = UUID | BindParameter[UUID] | SQLColumnExpression[UUID] | SQLColumnExpression[UUID | None]


def made_by(board_id: UUID) -> dict[UUID, dict[UUID, datetime]]:
    """Of everybody on a board, who appointed, invited or gave them a role within a year, and when the last time."""
    found: dict[UUID, dict[UUID, datetime]] = defaultdict(dict)
    for model in (StaffRole, Appointment):
        made = (model.board_id == board_id, *_lately(model, clock.now()))
        statement = select(model.person_id, model.made_by_id, model.made_at).where(*made)
        for person_id, by, at in db.session.execute(statement.order_by(model.made_at, model.id)):
            if by and at:
                found[person_id][by] = at
    return dict(found)


def _lately(model: type[StaffRole | Appointment], now: Moment) -> tuple[ColumnElement[bool], ...]:
    return model.made_by_id.is_not(None), model.made_by_id != model.person_id, model.made_at > now - CLOSE


def brought_in(board_id: Someone, first: Someone, second: Someone, now: Moment) -> ColumnElement[bool]:
    """`rules.brought_in`, said to the database."""
    return _linked(board_id, ((first, second),), now)


def independent(board_id: Someone, first: Someone, second: Someone, now: Moment) -> ColumnElement[bool]:
    """`rules.independent`, said to the database: of an unknown first it is neither true nor false."""
    return and_(type_coerce(second, Uuid()) != first, ~_linked(board_id, ((first, second), (second, first)), now))


def _linked(board_id: Someone, pairs: tuple[tuple[Someone, Someone], ...], now: Moment) -> ColumnElement[bool]:
    models = (StaffRole, Appointment)
    each = (select(one.board_id, one.made_by_id, one.person_id).where(*_lately(one, now)) for one in models)
    made = union(*each).cte()
    chain = select(made.c.board_id, made.c.made_by_id, made.c.person_id).cte(recursive=True)
    further = select(chain.c.board_id, chain.c.made_by_id, made.c.person_id).join(
        made, and_(made.c.board_id == chain.c.board_id, made.c.made_by_id == chain.c.person_id)
    )
    chain = chain.union(further)
    either = or_(*(and_(chain.c.made_by_id == first, chain.c.person_id == second) for first, second in pairs))
    return exists().where(chain.c.board_id == board_id, either).correlate_except(chain)
