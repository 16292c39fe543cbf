"""Tables to take away: CSV files that no spreadsheet program takes for formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from portal.core.text import csv_cell
from portal.infra.web import downloads

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """A download with one row of column names and then the rows."""
    return csv_of_rows(name, [columns, *rows])


def csv_of_rows(name: str, rows: Iterable[Sequence[object]]) -> Response:
    """A download of rows. It begins with the mark by which spreadsheet programs know UTF-8, and so Gaelic names."""
    out = io.StringIO()
    csv.writer(out).writerows([csv_cell(cell) for cell in row] for row in rows)
    return downloads.as_file(out.getvalue().encode("utf-8-sig"), "text/csv", name)
