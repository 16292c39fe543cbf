"""A list of people as a file: every person of it is found, or it is said what was not read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from portal.boards.people.headings import NEEDED, DoubleHeading, Headings, best_headings, has_words
from portal.boards.people.import_rules import MOST_ROWS
from portal.boards.people.template import HELP_SHEET
from portal.core.text import clean_line, count_words
from portal.core.values import Typed
from portal.infra.documents.sandbox import TooBusy, run_limited
from portal.infra.documents.text_files import SEPARATORS, NumberedRow, UnclosedQuotation, rows_of, text_of

UNREADABLE = "We could not read this file. Save it as CSV or XLSX and choose it again"
FAULTS = {
    "merged": "Some cells of this file are merged over several rows. Undo that, so that each row says all of itself",
    "order": "The rows of this file are out of order. Open it in a spreadsheet program, save it, and choose it again",
}
ODS = b"application/vnd.oasis.opendocument.spreadsheet"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # also what Excel puts around a workbook with a password


class UnreadableList(ValueError):
    """The file is not a list of people; the message says what to do."""


@dataclass(frozen=True)
class Sheet:
    """The rows of a CSV file, or of one sheet of a workbook, with their numbers in it."""

    rows: Sequence[NumberedRow]
    name: str = ""
    is_hidden: bool = False


@dataclass
class ListOfPeople:
    """The rows of a file by column, each with where it is, and what of the file was not read."""

    rows: list[Typed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def people_in_file(content: bytes) -> ListOfPeople:
    """Everyone in a CSV or XLSX file. Raises UnreadableList."""
    found = ListOfPeople()
    sheets = _xlsx(content) if content[:2] == b"PK" else [_csv(content, found.notes)]
    headed = [(sheet, _headings(sheet)) for sheet in sheets]
    if not any(headings and not headings.missing for _, headings in headed):
        raise UnreadableList(_why_no_headings(sheets, [headings for _, headings in headed if headings]))
    for sheet, headings in headed:
        if headings and not headings.missing:
            _take_sheet(sheet, headings, len(sheets) > 1, found)
        else:
            _leave_sheet(sheet, found.notes)
    return _some_but_not_too_many(found)


def _some_but_not_too_many(found: ListOfPeople) -> ListOfPeople:
    if not found.rows:
        raise UnreadableList("There are no people in this file, only the names of columns")
    if len(found.rows) > MOST_ROWS:
        raise UnreadableList(
            f"This file has more than {MOST_ROWS} rows ({len(found.rows):,}). Split it and import the parts"
        )
    return found


def _headings(sheet: Sheet) -> Headings | None:
    try:
        return best_headings(sheet.rows)
    except DoubleHeading as problem:
        raise UnreadableList(str(problem)) from None


def _why_no_headings(sheets: Sequence[Sheet], headings: Sequence[Headings]) -> str:
    if not any(sheet.rows for sheet in sheets):
        return "There are no people in this file. The first row holds the column names"
    missing = min((one.missing for one in headings), key=len, default=list(NEEDED))
    return "The first row must name the columns. Missing: " + ", ".join(missing)


def _take_sheet(sheet: Sheet, headings: Headings, is_one_of_many: bool, found: ListOfPeople) -> None:
    before = f"Sheet “{sheet.name[:40]}”, row" if is_one_of_many else "Row"
    above = [number for number, _ in sheet.rows if number < headings.number]
    if above:
        found.notes.append(f"{before} {' and '.join(map(str, above))}: above the headings, so not read")
    if headings.unknown:
        names = ", ".join(f"“{name[:40]}”" for name in headings.unknown.values())
        found.notes.append(f"Not used: {count_words(len(headings.unknown), 'column')} called {names}")
    if sheet.is_hidden:
        found.notes.append(f"The sheet “{sheet.name[:40]}” is hidden in the file. Its people are below too")
    for number, cells in sheet.rows:
        if number > headings.number:
            found.rows.append({**headings.cells(cells), "where": f"{before} {number}"})


def _leave_sheet(sheet: Sheet, notes: list[str]) -> None:
    if not sheet.rows or sheet.name == HELP_SHEET:
        return
    named = f"the sheet “{sheet.name[:40]}”"
    if any("@" in str(cell) for _, cells in sheet.rows for cell in cells):
        raise UnreadableList(
            f"There are email addresses on {named}, and no row that names its columns: {', '.join(NEEDED)}."
            " Add one, or remove the sheet"
        )
    notes.append(f"Not read: {named}. It has no columns called {', '.join(NEEDED)}")


def _csv(content: bytes, notes: list[str]) -> Sheet:
    if content.startswith(OLD_EXCEL):
        raise UnreadableList(
            "This is an older Excel file (XLS), or has a password. Save it as XLSX, without one, and choose that"
        )
    try:
        text, is_likely = text_of(content)
    except UnicodeError as error:
        raise UnreadableList(UNREADABLE) from error
    if is_likely:
        notes.append("This file is not saved as UTF-8. Check that every name with an accent is right")
    return Sheet(_split(text))


def _split(text: str) -> list[NumberedRow]:
    """The rows with anything in them, at the separator that gives most headings: a comma, if none gives any."""
    first_line, _, rest = text.partition("\n")
    if first_line.strip().lower() in [f"sep={separator}".strip() for separator in SEPARATORS]:
        return [(number + 1, cells) for number, cells in _filled(rest, first_line.strip("\r\n")[-1])]
    found: list[list[NumberedRow]] = []
    problems: list[UnclosedQuotation] = []
    for separator in SEPARATORS:
        try:
            found.append(_filled(text, separator))
        except UnclosedQuotation as problem:
            problems.append(problem)
    best = max(found, key=_headings_named, default=[])
    if problems and not _headings_named(best):
        raise UnreadableList(
            f'Row {problems[0].row} has a quotation mark (") that is not closed. Correct it and choose the list again'
        )
    return best


def _filled(text: str, separator: str) -> list[NumberedRow]:
    return [(number, cells) for number, cells in rows_of(text, separator) if any(map(has_words, cells))]


def _headings_named(rows: Sequence[NumberedRow]) -> int:
    try:
        headings = best_headings(rows)
    except DoubleHeading:
        return len(NEEDED)
    return len(headings.columns) if headings else 0


def _xlsx(content: bytes) -> list[Sheet]:
    if ODS in content[:200]:
        raise UnreadableList("This is an OpenDocument file (ODS). Save it as XLSX or CSV and choose that")
    try:
        answer = run_limited("portal.boards.people.read_sheet", content)
    except TooBusy as error:
        raise UnreadableList("We are busy at the moment. Try again in a few minutes") from error
    if answer is None:
        raise UnreadableList("This file takes too long to open safely. Save it as CSV and choose that")
    if answer["sheets"] is None:
        raise UnreadableList(FAULTS.get(answer.get("fault", ""), UNREADABLE))
    clean: Callable[[str], str] = clean_line
    return [
        Sheet([(number, cells) for number, cells in one["rows"]], clean(one["name"]), one["hidden"])
        for one in answer["sheets"]
    ]
