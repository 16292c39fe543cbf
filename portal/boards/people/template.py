"""An empty list of people to fill in, as CSV and as XLSX: its columns, and what may stand in each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from portal.access.roles import REP, ROLE_NAMES, STAFF_ROLES
from portal.boards.people.headings import COLUMNS, column_letters
from portal.boards.people.import_rules import MOST_ROWS
from portal.boards.seats.rules import CAPACITIES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

PEOPLE_SHEET, HELP_SHEET = "People", "How to fill this in"
HEADINGS = {
    "name": "Name",
    "email": "Email address",
    "role": "Role",
    "group": "Group",
    "capacity": "Capacity",
    "from": "First day",
    "until": "Last day",
}
WHAT_TO_WRITE = {
    "name": "First name and surname. Always needed.",
    "email": "An address that only this person reads. Always needed.",
    "role": "One of the roles below. Always needed.",
    "group": "For a carer rep: one of the groups below. Leave blank for everyone else.",
    "capacity": "For a carer rep: one of the capacities below. Empty means unpaid carer.",
    "from": "A day like 1/4/2026. Empty means today.",
    "until": "A day like 31/3/2029. Empty means three years for a carer rep, and no last day for everyone else.",
}
ROLES = tuple(ROLE_NAMES[role].capitalize() for role in (REP, *STAFF_ROLES))
LISTS_BEGIN = len(COLUMNS) + 4  # the row of the help sheet with the first role, group and capacity


def as_csv() -> bytes:
    """With a mark at its start, so that spreadsheet programs read and save accents right."""
    out = io.StringIO()
    csv.writer(out).writerow([HEADINGS[column] for column in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(groups: Sequence[str]) -> bytes:
    """With a second sheet that explains, and the roles, groups and capacities to choose from."""
    from openpyxl import Workbook  # heavy

    book = Workbook()
    people = book.worksheets[0]
    people.title = PEOPLE_SHEET
    _explain(book.create_sheet(HELP_SHEET), groups)
    _make_ready(people, {"role": len(ROLES), "group": len(groups), "capacity": len(CAPACITIES)})
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _explain(sheet: Worksheet, groups: Sequence[str]) -> None:
    for row, column in enumerate(COLUMNS, start=1):
        _write(sheet, row, 1, HEADINGS[column])
        _write(sheet, row, 2, WHAT_TO_WRITE[column])
    lists = {"Roles": ROLES, "Groups": groups, "Capacities": [label for _, label in CAPACITIES]}
    for place, (title, words) in enumerate(lists.items(), start=1):
        for row, word in enumerate([title, *words], start=LISTS_BEGIN - 1):
            _write(sheet, row, place, word)
        sheet.column_dimensions["ABC"[place - 1]].width = 40


def _write(sheet: Worksheet, row: int, column: int, words: str) -> None:
    cell: Any = sheet.cell(row, column, words)  # its types leave the type of a cell out
    cell.data_type = "s"  # words, whatever they begin with


def _make_ready(sheet: Worksheet, choices: dict[str, int]) -> None:
    """Each column is text, so that no program makes other days or numbers of what is typed."""
    for place, column in enumerate(COLUMNS, start=1):
        _write(sheet, 1, place, HEADINGS[column])
        letter = column_letters(place - 1)
        sheet.column_dimensions[letter].width = 30
        for row in range(2, MOST_ROWS + 2):
            sheet.cell(row, place).number_format = "@"
        if choices.get(column):
            _offer(sheet, letter, list(choices).index(column), choices[column])
    sheet.freeze_panes = "A2"


def _offer(sheet: Worksheet, letter: str, place: int, number: int) -> None:
    """Choices from the list of the help sheet. They are offered, not forced: the portal says what is wrong."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = f"'{HELP_SHEET}'!${'ABC'[place]}${LISTS_BEGIN}:${'ABC'[place]}${LISTS_BEGIN + number - 1}"
    offer = DataValidation(type="list", formula1=words, allow_blank=True, showErrorMessage=False)
    offer.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    sheet.add_data_validation(offer)
