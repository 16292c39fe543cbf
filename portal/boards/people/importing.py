"""Importing integration authorities, and lists of people once they are read."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from portal.access.roles import ROLE_NAMES
from portal.accounts import queries as accounts
from portal.boards import actions as board_actions
from portal.boards import queries as board_queries
from portal.boards.events import PeopleImported
from portal.boards.models import Board, Group
from portal.boards.offers.actions import invite_to
from portal.boards.people import actions, queries
from portal.boards.people.import_rules import BoardAsItIs, Row, read_rows
from portal.boards.people.seating import GroupToFill
from portal.boards.seats import actions as seats_actions
from portal.boards.seats import days as seats_days
from portal.core import clock
from portal.core.names import name_key
from portal.core.values import Typed
from portal.infra.unit_of_work import acting, record


def import_authorities(path: Path) -> tuple[int, int]:
    """Boards from integration_authorities.csv: (created, there already). Running it again changes nothing."""
    known = {board.authority_code for board in board_queries.boards()}
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    new = [row for row in rows if row["ia_code"] not in known]
    for row in new:
        board = _create_authority(row)
        board_actions.create_group(board, row["body_name"], "board")
    return len(new), len(rows) - len(new)


def _create_authority(row: Mapping[str, str]) -> Board:
    return board_actions.create_board(
        key=re.sub(r"[^a-z0-9]+", "-", row["short_name"].lower()).strip("-"),
        name=row["body_name"],
        short_name=row["short_name"],
        authority_code=row["ia_code"],
        model=row["model"],
        councils=row["council_names"].replace(";", ", "),
        health_board=row["health_board"],
    )


def check_people(board: Board, rows: Sequence[Typed], may_add_seats: bool = False) -> list[Row]:
    """The rows with every problem and each rep's seat, judged against the board as it is now."""
    return read_rows(rows, _board_as_it_is(board.id, clock.today()), clock.today(), may_add_seats)


def _board_as_it_is(board_id: UUID, today: date) -> BoardAsItIs:
    held: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)
    for role in queries.staff(board_id, today):
        held[role.person.email, role.role].append((role.from_on, role.until_on or date.max))
    names, by = queries.names_by_email(board_id), acting.get()
    own = accounts.person(by) if by else None
    return BoardAsItIs(_groups_to_fill(board_id), held, names, own.email if own else "")


def _groups_to_fill(board_id: UUID) -> dict[str, GroupToFill]:
    seats, terms = seats_days.days_of_seats(board_id), seats_days.terms_of_reps(board_id)
    return {
        name_key(group.name): GroupToFill(
            group.name,
            [seat for seat in seats if seat.group_id == group.id],
            {email: theirs for (group_id, email), theirs in terms.items() if group_id == group.id},
        )
        for group in board_queries.groups(board_id)
    }


def import_people(board: Board, rows: Sequence[Typed], may_add_seats: bool = False) -> list[Row]:
    """Invite and give roles to everyone of a list, or to nobody if any row has a problem; the rows as judged.

    They are judged again in the transaction that saves them, while nobody else can give out a seat of this board.
    """
    seats_days.hold_seats(board.id)
    checked = check_people(board, rows, may_add_seats)
    if not any(row.problems for row in checked):
        groups = {group.name: group for group in board_queries.groups(board.id)}
        for row in checked:
            _add(board, row, groups)
        into = Counter(f"carer rep on {row.group}" if row.group else ROLE_NAMES[row.role] for row in checked)
        counted = tuple(f"{what}: {number}" for what, number in into.items())
        record(PeopleImported(board_id=board.id, people=len(checked), into=counted))
    return checked


def _add(board: Board, row: Row, groups: Mapping[str, Group]) -> None:
    from_on, until_on = row.term or (None, None)
    if row.seat_id is None or from_on is None or until_on is None:
        actions.invite_to_role(board, row.name, row.email, row.role, from_on, until_on)
        return
    if row.is_new_seat:
        seats_actions.create_usual_seat(board, groups[row.group], from_on, row.seat_id)
    seat = seats_days.seat(board.id, row.seat_id)
    person = invite_to(board.id, row.email, row.name)
    seats_actions.appoint(seat, person, row.capacity, from_on, until_on)
