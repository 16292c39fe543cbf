"""Importing integration authorities and lists of people from CSV and XLSX files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from portal.accounts.actions import invite
from portal.boards import actions as board_actions
from portal.boards import queries as board_queries
from portal.boards.events import PeopleImported
from portal.boards.models import Board
from portal.boards.people import actions, queries
from portal.boards.people.import_rules import COLUMNS, MOST_ROWS, GroupToFill, Row, read_rows
from portal.boards.seats import actions as seats_actions
from portal.boards.seats import days as seats_days
from portal.core import clock
from portal.core.values import Typed
from portal.infra.sandbox import run_limited
from portal.infra.unit_of_work import record

UNREADABLE = "We could not read this file. Save it as CSV or XLSX and choose it again"


class UnreadableList(ValueError):
    """The file is not a list of people; the message says what to do."""


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


def people_in_file(name: str, content: bytes) -> list[Typed]:
    """The rows of a CSV or XLSX file by lower-case column name. Raises UnreadableList."""
    try:
        rows = _xlsx_rows(content) if content[:2] == b"PK" else _csv_rows(content)
    except UnreadableList:
        raise
    except Exception as error:  # the libraries raise many kinds for damaged files
        raise UnreadableList(UNREADABLE) from error
    if not rows:
        raise UnreadableList("There are no people in this file. The first row holds the column names")
    if len(rows) > MOST_ROWS:
        raise UnreadableList(f"This file has more than {MOST_ROWS} rows. Split it and import the parts")
    if missing := {"name", "email", "role"} - rows[0].keys():
        raise UnreadableList("The first row must name the columns. Missing: " + ", ".join(sorted(missing)))
    return [row for row in rows if any(str(cell or "").strip() for cell in row.values())]


def _csv_rows(content: bytes) -> list[Typed]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    first, *rest = list(csv.reader(io.StringIO(text))) or [[]]
    return _by_column(first, rest)


def _xlsx_rows(content: bytes) -> list[Typed]:
    answer = run_limited("portal.boards.people.read_sheet", content)
    if answer is None:
        raise UnreadableList("This file takes too long to open safely. Save it as CSV and choose that")
    if answer["rows"] is None:
        raise UnreadableList(UNREADABLE)
    first, *rest = answer["rows"] or [[]]
    return _by_column(first, rest)


def _by_column(first: Sequence[object], rest: Sequence[Sequence[object]]) -> list[Typed]:
    names = [str(cell or "").strip().lower() for cell in first]
    return [dict(zip(names, row, strict=False)) for row in rest if any(row)]


def check_people(board: Board, rows: Sequence[Typed]) -> list[Row]:
    """The rows with every problem and each rep's seat, judged against the board as it is now."""
    today = clock.today()
    held = frozenset((role.person.email, role.role) for role in queries.staff(board.id, today))
    return read_rows(rows, _groups_to_fill(board.id), held, today)


def _groups_to_fill(board_id: UUID) -> dict[str, GroupToFill]:
    seats, terms = seats_days.days_of_seats(board_id), seats_days.terms_of_reps(board_id)
    return {
        group.name.lower(): GroupToFill(
            group.name,
            [one for one in seats if one.group_id == group.id],
            {email: theirs for (group_id, email), theirs in terms.items() if group_id == group.id},
        )
        for group in board_queries.groups(board_id)
    }


def import_people(board: Board, rows: Sequence[Typed]) -> list[Row]:
    """Invite and give roles to everyone of a list, or to nobody if any row has a problem; the rows as judged.

    They are judged again in the transaction that saves them, while nobody else can give out a seat of this board.
    """
    seats_days.hold_seats(board.id)
    checked = check_people(board, rows)
    if not any(row.problems for row in checked):
        for row in checked:
            _add(board, row)
        record(PeopleImported(board_id=board.id, people=len(checked)))
    return checked


def _add(board: Board, row: Row) -> None:
    if row.seat_id is None:
        actions.invite_to_role(board, row.name, row.email, row.role)
        return
    seat = seats_days.seat(board.id, row.seat_id)
    term = date.fromisoformat(row.from_on), date.fromisoformat(row.until_on)
    seats_actions.appoint(seat, invite(row.email, row.name, board.id), row.capacity, *term)


__all__ = ["COLUMNS", "UnreadableList", "check_people", "import_authorities", "import_people", "people_in_file"]
