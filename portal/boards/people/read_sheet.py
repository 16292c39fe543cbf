"""Reads the sheets of one XLSX file, in a child process with little memory and time; see documents/sandbox.py."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import IO, Any

from portal.boards.people.import_rules import MOST_ROWS
from portal.infra.documents.sandbox import Answer, answer

ROW = re.compile(rb'<(?:\w+:)?row\b[^<>]*?\sr="(\d+)"')
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^<>]*?\sref="[A-Z]+(\d+):[A-Z]+(\d+)"')
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
MOST_LETTERS = 1000  # of a cell; nothing that we take is half as long


def read(path: str) -> Answer:
    """{"sheets": [{"name", "hidden", "rows": [[number, cells]]}]}, rows with anything in them only, days as text.

    {"sheets": None} for what is no workbook; with {"fault": "merged" or "order"} for one that loses something as it
    is read.
    """
    try:
        with open(path, "rb") as file:  # by its content: the name of a file given to us says nothing
            fault, has_formulas = _look_at(file)
            return {"sheets": None, "fault": fault} if fault else {"sheets": _sheets(file, has_formulas)}
    except MemoryError:
        raise
    except Exception:  # the library raises many kinds for damaged files
        return {"sheets": None}


def _look_at(file: IO[bytes]) -> tuple[str, bool]:
    """(what the library would leave out without a word, whether there are formulas)."""
    has_formulas = False
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            content = archive.read(name) if name.endswith(".xml") else b""
            if b"sheetData" not in content:
                continue
            numbers = [int(number) for number in ROW.findall(content)]
            if any(after <= before for before, after in pairwise(numbers)):
                return "order", False
            if any(first != last for first, last in MERGED.findall(content)):
                return "merged", False
            has_formulas |= bool(FORMULA.search(content))
    return "", has_formulas


def _sheets(file: IO[bytes], has_formulas: bool) -> list[Answer]:
    from openpyxl import load_workbook  # heavy

    books = [load_workbook(file, read_only=True, data_only=True)]
    if has_formulas:
        books.append(load_workbook(file, read_only=True, data_only=False))
    pages: list[list[Any]] = [book.worksheets for book in books]  # sheets that are only read have a type of their own
    return [
        {"name": page[0].title, "hidden": page[0].sheet_state != "visible", "rows": list(_rows(*page))}
        for page in zip(*pages, strict=True)
    ]


def _rows(sheet: Any, formulas: Any = None) -> Iterator[list[object]]:  # likewise
    """Whatever the file says about its size is not believed: some programs write it wrong."""
    kept = 0
    for number, cells in enumerate(_values(sheet, formulas), start=1):
        row = [_plain(cell) for cell in cells]
        if any(cell is not None and str(cell).strip() for cell in row):
            kept += 1
            yield [number, row if kept <= MOST_ROWS + 30 else []]  # they are only counted then


def _values(sheet: Any, formulas: Any) -> Iterator[list[object]]:  # likewise
    sheet.reset_dimensions()
    if formulas is None:
        yield from sheet.iter_rows(values_only=True)
        return
    formulas.reset_dimensions()
    for values, written in zip_longest(sheet.iter_rows(values_only=True), formulas.iter_rows(values_only=True)):
        # a formula without a value says itself, so that its row is refused and not read as empty
        yield [two[1] if two[0] is None else two[0] for two in zip_longest(values or (), written or ())]


def _plain(cell: object) -> object:
    if hasattr(cell, "isoformat"):
        return cell.isoformat()[:10]
    return cell if cell is None or isinstance(cell, int | float | bool) else str(cell)[:MOST_LETTERS]


if __name__ == "__main__":
    answer(read)
