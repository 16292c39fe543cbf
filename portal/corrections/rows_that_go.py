"""What corrections said of a row about somebody goes when the row does, however that is; that there was one is counted.

A kind of correction names the models of its rows (`Correctable.rows`). Nothing else is needed for a new one.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Delete, and_, event, select, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from portal.capability import gathered
from portal.corrections.models import Correction
from portal.infra.database import Model
from portal.infra.scope import CrossBoardReason, across_boards

WORDS = ("about", "was_value", "now_value", "was", "now", "sealed_line")
FORGOTTEN = {"about_id": None, **dict.fromkeys(WORDS, "")}


def _have_corrections() -> set[type[Model]]:
    return {model for kind in gathered().correctable.values() for model in kind.rows}


@event.listens_for(Session, "before_flush")
def _rows_go(session: Session, _transaction: UOWTransaction, _rows: object) -> None:
    """Each that is deleted on its own."""
    if session.deleted:
        models = _have_corrections()
        _forget(session, [row.id for row in session.deleted if type(row) in models])


@event.listens_for(Session, "do_orm_execute")
def _many_rows_go(state: ORMExecuteState) -> None:
    """All that one statement deletes."""
    statement = state.statement
    if not isinstance(statement, Delete) or state.bind_mapper is None:
        return
    model: type[Model] = state.bind_mapper.class_
    if model in _have_corrections():
        [key] = model.__mapper__.primary_key
        gone = select(key).where(and_(True, *statement._where_criteria)).order_by(key)
        _forget(state.session, state.session.scalars(across_boards(gone, CrossBoardReason.CLOCK)).all())


def _forget(session: Session, ids: Collection[UUID]) -> None:
    if ids:
        of_rows = (Correction.thing_id.in_(ids), Correction.is_of_board.is_(False))
        session.execute(update(Correction).where(*of_rows).values(FORGOTTEN))
