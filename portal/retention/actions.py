"""Placing and lifting holds, announcing what will go, and letting it go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select

from portal.core import clock
from portal.infra.database import db, rows_changed
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.storage import files
from portal.infra.unit_of_work import record, records_nothing
from portal.retention import queries
from portal.retention.events import HoldLifted, HoldPlaced, RemovalsPlanned, RowsRemoved
from portal.retention.models import Hold, Removal
from portal.retention.rule import RetentionRule

AT_ONCE = 500


def place_hold(board_id: UUID, person_id: UUID | None, reason: str, placed_by: UUID) -> Hold:
    """From now on nothing of the board, or nothing about one person, is removed."""
    hold = Hold(board_id=board_id, person_id=person_id, reason=reason, placed_by_id=placed_by)
    hold.placed_at = clock.now()
    db.session.add(hold)
    record(HoldPlaced(board_id=board_id, hold_id=hold.id, person_id=person_id))
    return hold


def lift_hold(hold: Hold) -> None:
    if hold.lifted_at is None:
        hold.lifted_at = clock.now()
        record(HoldLifted(board_id=hold.board_id, hold_id=hold.id, person_id=hold.person_id))


def plan_removals(
    board_id: UUID | None, planned: Sequence[tuple[RetentionRule, int]], now: datetime, goes_on: date
) -> None:
    """Announce that some rows of some tables go on a day: `planned` are tables and their counts."""
    ahead = goes_on - clock.london_day(now)
    for rule, rows in planned:
        before = now + ahead - timedelta(days=rule.days or 0)
        facts = {"board_id": board_id, "table": rule.table, "before": before, "rows": rows}
        db.session.add(Removal(goes_on=goes_on, announced_at=now, **facts))
    what = tuple(f"{rule.what}: {rows}" for rule, rows in planned)
    record(RemovalsPlanned(board_id=board_id, goes_on=goes_on, what=what))


def carry_out(register: dict[str, RetentionRule]) -> int:
    """Remove some rows of a removal whose day has come; how many. Call until it returns 0, each in a transaction."""
    removal = queries.to_carry_out(clock.today())
    if removal is None:
        return 0
    done = delete_due(register[removal.table], removal.before, removal.board_id)
    removal.removed += done
    if not done:
        removal.done_at = clock.now()
        record(RowsRemoved(board_id=removal.board_id, table=removal.table, rows=removal.removed))
    return max(done, 1)


@records_nothing("what is announced and removed is recorded")
def delete_due(rule: RetentionRule, before: datetime, *boards: UUID | None) -> int:
    """Remove, or empty, some rows whose time began before a moment; how many. Without a board, on every one."""
    ids = queries.ids_over(rule, before, boards, AT_ONCE)
    if not ids:
        return 0
    [key] = rule.model.__mapper__.primary_key
    if rule.empty:
        return rule.empty(key.in_(ids))
    if rule.before:
        rule.before(ids)
    if rule.file is not None:
        stored = select(rule.file).where(key.in_(ids)).order_by(key)
        for stored_as in db.session.scalars(across_boards(stored, CrossBoardReason.CLOCK)):
            files.delete_later(stored_as)
    gone = delete(rule.model).where(key.in_(ids)).execution_options(synchronize_session=False)
    return rows_changed(across_boards(gone, CrossBoardReason.CLOCK))
