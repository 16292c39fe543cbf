"""Every change to boards: settings and groups."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID

from portal.boards import data_protection, queries
from portal.boards.events import (
    BoardCreated,
    GroupChanged,
    GroupClosed,
    GroupCreated,
    PaperTargetSet,
    SettingsChanged,
)
from portal.boards.models import Board, Group, PaperTarget
from portal.boards.rules import BEGINNING, COMPLAINTS, USUAL_TARGET_DAYS, NewTarget, new_target
from portal.boards.seats import queries as seats_queries
from portal.boards.seats.actions import SeatTaken
from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import assign, save_unless_changed

# These may name somebody: they are kept where they can be erased.
ABOUT_PEOPLE = ("contact", "finance_email", "data_protection_contact", *data_protection.NAMES, *COMPLAINTS)
DAYS = ("clear_notice_days", "public_access_days", "reminder_days", "check_in_days", "withdrawn_days")
SETTINGS = (*DAYS, "privacy_notice", "health_condition", *ABOUT_PEOPLE)


def create_board(key: str, name: str, short_name: str, **facts: object) -> Board:
    board = Board(key=key, name=name, short_name=short_name, **facts)
    db.session.add(board)
    db.session.flush()
    beginning = {"from_on": BEGINNING, "meetings_from": BEGINNING}
    db.session.add(PaperTarget(board_id=board.id, days=USUAL_TARGET_DAYS, **beginning))
    db.session.flush()
    record(BoardCreated(board_id=board.id))
    return board


def change_settings(board: Board, version: int, settings: Typed) -> None:
    """Raises EditConflict when the version is not the one the page was opened with."""
    was = {name: getattr(board, name) for name in SETTINGS if name in settings}
    changed = tuple(name for name in was if was[name] != settings[name])
    values = tuple(
        (name, _shown(name, was[name]), _shown(name, settings[name])) for name in changed if name not in ABOUT_PEOPLE
    )
    about_people = {
        name: value
        for of in changed
        if of in ABOUT_PEOPLE
        for name, value in ((f"was_{of}", was[of]), (of, settings[of]))
    }
    if save_unless_changed(board, version, **{name: settings[name] for name in was}):
        record(SettingsChanged(board_id=board.id, changed=changed, values=values, **about_people))


def _shown(name: str, value: object) -> str:
    if name == "health_condition":
        return data_protection.condition_words(str(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def set_paper_target(board: Board, days: int, from_on: date | None) -> NewTarget | None:
    """A target for papers from a day on, today or later. What was set for that day or a later one makes room for it.

    Without a day, the newest target stays where it is the same. The new target, or None where there is none.
    """
    targets, day = queries.paper_targets(board.id), from_on or clock.today()
    if from_on is None and targets[-1].days == days:
        return None
    earlier, replaced = [one for one in targets if one.from_on < day], [one for one in targets if one.from_on >= day]
    for one in replaced:
        db.session.delete(one)
    db.session.flush()
    target = new_target(days, day, earlier[-1])
    if days != earlier[-1].days:
        db.session.add(PaperTarget(board_id=board.id, **asdict(target)))
        db.session.flush()
    if replaced or days != earlier[-1].days:
        record(PaperTargetSet(board_id=board.id, was_days=targets[-1].days, **asdict(target)))
    return target if days != earlier[-1].days else None


@records_nothing("the correction is recorded")
def correct_target(target: PaperTarget, days: int) -> None:
    """The days of a target were wrong on record; the meetings that it measures stay the same."""
    target.days = days
    db.session.flush()


def create_group(board: Board, name: str, kind: str, parent_id: UUID | None = None) -> Group:
    group = Group(board_id=board.id, name=name, kind=kind, parent_id=parent_id)
    db.session.add(group)
    db.session.flush()
    record(GroupCreated(board_id=board.id, group_id=group.id))
    return group


def change_group(group: Group, name: str, kind: str, parent_id: UUID | None) -> None:
    was = group.name
    if changed := assign(group, name=name, kind=kind, parent_id=parent_id):
        says = GroupChanged.says(changed)
        record(GroupChanged(board_id=group.board_id, group_id=group.id, was_name=was, now_name=name, **says))


def close_group(group: Group) -> None:
    """The group meets no more; what it did stays on record. Raises SeatTaken while it has open seats."""
    if seats_queries.seats_by_group(group.board_id, clock.today()).get(group.id):
        raise SeatTaken
    group.closed_on = clock.today()
    record(GroupClosed(board_id=group.board_id, group_id=group.id))
