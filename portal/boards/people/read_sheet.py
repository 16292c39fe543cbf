"""Reads the rows of one XLSX file, in a child process with little memory and time; see portal/infra/sandbox.py."""

from __future__ import annotations

from itertools import islice
from typing import Any

from portal.boards.people.import_rules import MOST_ROWS
from portal.infra.sandbox import Answer, answer


def read(path: str) -> Answer:
    """{"rows": lists of cells, the first row included}, days as text; or {"rows": None} for what is no sheet."""
    from openpyxl import load_workbook  # heavy

    try:
        with open(path, "rb") as file:  # by its content: the name of a file given to us says nothing
            book = load_workbook(file, read_only=True, data_only=True)
            sheet: Any = book.active  # a sheet that is only read has a type of its own
            rows = [[_plain(cell) for cell in row] for row in islice(sheet.iter_rows(values_only=True), MOST_ROWS + 2)]
    except MemoryError:
        raise
    except Exception:  # the library raises many kinds for damaged files
        return {"rows": None}
    return {"rows": rows}


def _plain(cell: object) -> object:
    if hasattr(cell, "isoformat"):
        return cell.isoformat()[:10]
    return cell if cell is None or isinstance(cell, str | int | float | bool) else str(cell)


if __name__ == "__main__":
    answer(read)
