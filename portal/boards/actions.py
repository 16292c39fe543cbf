"""Every change to boards: settings and groups."""

from __future__ import annotations

from uuid import UUID

from portal.boards.events import (
    BoardCreated,
    GroupChanged,
    GroupClosed,
    GroupCreated,
    SettingsChanged,
)
from portal.boards.models import Board, Group
from portal.boards.seats import queries as seats_queries
from portal.boards.seats.actions import SeatTaken
from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record
from portal.infra.versions import assign, save_unless_changed

SETTINGS = ("paper_target_days", "clear_notice_days", "public_access_days", "reminder_days", "check_in_days", "contact")


def create_board(key: str, name: str, short_name: str, **facts: object) -> Board:
    board = Board(key=key, name=name, short_name=short_name, **facts)
    db.session.add(board)
    db.session.flush()
    record(BoardCreated(board_id=board.id))
    return board


def change_settings(board: Board, version: int, settings: Typed) -> None:
    """Raises EditConflict when the version is not the one the page was opened with."""
    changed = tuple(name for name in SETTINGS if name in settings and getattr(board, name) != settings[name])
    if save_unless_changed(board, version, **{name: settings[name] for name in SETTINGS if name in settings}):
        record(SettingsChanged(board_id=board.id, changed=changed))


def create_group(board: Board, name: str, kind: str, parent_id: UUID | None = None) -> Group:
    group = Group(board_id=board.id, name=name, kind=kind, parent_id=parent_id)
    db.session.add(group)
    db.session.flush()
    record(GroupCreated(board_id=board.id, group_id=group.id))
    return group


def change_group(group: Group, name: str, kind: str) -> None:
    if assign(group, name=name, kind=kind):
        record(GroupChanged(board_id=group.board_id, group_id=group.id))


def close_group(group: Group) -> None:
    """The group meets no more; what it did stays on record. Raises SeatTaken while it has open seats."""
    if seats_queries.seats_by_group(group.board_id, clock.today()).get(group.id):
        raise SeatTaken
    group.closed_on = clock.today()
    record(GroupClosed(board_id=group.board_id, group_id=group.id))
