"""Which rows are over, which of them must stay, and what has been announced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, not_, or_, select, true

from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.retention.models import Hold, Removal
from portal.retention.rule import RetentionRule


def holds(board_id: UUID) -> Sequence[Hold]:
    """The holds of a board that are in force, oldest first."""
    statement = select(Hold).where(Hold.board_id == board_id, Hold.lifted_at.is_(None))
    return db.session.scalars(statement.order_by(Hold.placed_at, Hold.id)).all()


def hold(board_id: UUID, hold_id: UUID) -> Hold | None:
    return db.session.scalar(select(Hold).where(Hold.board_id == board_id, Hold.id == hold_id))


def over(rule: RetentionRule, before: datetime) -> ColumnElement[bool]:
    """The rows of a table whose time is over and that no hold keeps."""
    assert rule.is_over is not None, f"{rule.table} stays"  # noqa: S101 - a mistake of ours
    return and_(rule.is_over(before), not_(_is_held(rule)))


def points_to_people(column: ColumnElement[object]) -> bool:
    """Whether a column holds the id of a person."""
    return any(key.target_fullname == "people.id" for key in column.foreign_keys)


def _is_held(rule: RetentionRule) -> ColumnElement[bool]:
    """A hold on the row's board, on its person, or on the person that the row is."""
    model, in_force = rule.model, Hold.lifted_at.is_(None)
    ours: list[ColumnElement[bool]] = []
    people = [column for column in model.__table__.columns if points_to_people(column)]
    if hasattr(model, "board_id"):
        of_person = or_(*(column == Hold.person_id for column in people)) if people else true()
        ours.append(and_(Hold.board_id == model.board_id, or_(Hold.person_id.is_(None), of_person)))
    if rule.of_board:
        ours.append(and_(Hold.person_id.is_(None), rule.of_board(Hold.board_id)))
    if model.__tablename__ == "people":
        ours.append(Hold.person_id == model.__table__.c.id)
    return exists().where(in_force, or_(*ours)) if ours else false()


def count_over(rule: RetentionRule, before: datetime) -> dict[UUID | None, int]:
    """How many rows are over, by board; None for rows of no board."""
    board = getattr(rule.model, "board_id", None)
    columns = [func.count()] if board is None else [func.count(), board]
    statement = select(*columns).select_from(rule.model).where(over(rule, before))
    if board is not None:
        statement = statement.group_by(board).order_by(board)
    found = db.session.execute(across_boards(statement, CrossBoardReason.CLOCK)).all()
    return {(row[1] if len(row) > 1 else None): row[0] for row in found if row[0]}


def ids_over(
    rule: RetentionRule, before: datetime, boards: Sequence[UUID | None], most: int
) -> list[Any]:  # a table's key is an id or a text
    """Primary keys of some rows that are over: of one board, of none (None), or without any given, of all."""
    [key] = rule.model.__mapper__.primary_key
    statement = select(key).where(over(rule, before))
    if boards and hasattr(rule.model, "board_id"):
        statement = statement.where(rule.model.board_id == boards[0])
    return list(db.session.scalars(across_boards(statement.order_by(key).limit(most), CrossBoardReason.CLOCK)))


def to_carry_out(today: date) -> Removal | None:
    """An announced removal whose day has come."""
    statement = select(Removal).where(Removal.done_at.is_(None), Removal.goes_on <= today)
    statement = statement.order_by(Removal.goes_on, Removal.id).limit(1).with_for_update()
    return db.session.scalar(across_boards(statement, CrossBoardReason.CLOCK))


def announced(board_id: UUID) -> Sequence[Removal]:
    """What will go on a board, soonest first."""
    statement = select(Removal).where(Removal.board_id == board_id, Removal.done_at.is_(None))
    return db.session.scalars(statement.order_by(Removal.goes_on, Removal.table, Removal.id)).all()
